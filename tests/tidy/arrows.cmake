# SPDX-License-Identifier: MIT
# The direction of includes between folders: cmake -DROOT=<sources> -P arrows.cmake. Fails with each line that breaks it.
cmake_minimum_required(VERSION 3.25)

function(forbid folder pattern why)
    file(GLOB_RECURSE files ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
    foreach(file IN LISTS files)
        file(STRINGS ${file} hits REGEX "${pattern}")
        foreach(hit IN LISTS hits)
            message(SEND_ERROR "${file}: ${hit}: ${why}")
        endforeach()
    endforeach()
endfunction()

set(include "^[ \t]*#[ \t]*include[ \t]*[<\"]")

forbid(core "${include}(app/|Q[A-Z]|Qt)" "the core knows neither Qt nor the app")
forbid(core/api "${include}(core/(dispatch|protocol|net|fronts|backends|store)/|boost/asio|boost/beast)" "api is what others include")
forbid(core/dispatch "${include}(core/(protocol|net|fronts|backends|store)/|boost/|openssl/)" "decisions need api and std only")
forbid(core/protocol "${include}(core/dispatch/[^j]|core/(net|fronts|backends|store)/)" "protocol sees dispatch/job.h and api")
forbid(core/net "${include}core/(fronts|backends|store)/" "net knows neither fronts nor backends")
forbid(core/backends "${include}core/(fronts|store)/" "backends do not know who asks")
forbid(core/fronts "${include}core/store/" "fronts do not know what is remembered")
forbid(core/store "${include}(core/(net|fronts|backends)/|boost/)" "the store sees dispatch, protocol and api only")
forbid(app "${include}core/(dispatch|net|protocol|fronts|backends|store)/" "the app sees core/api only")
forbid(app/settings "${include}app/(tray|window|desktop|command)/" "settings know no window")
forbid(app/command "${include}app/(tray|window|desktop/([^ls]|l[^o]|s[^e]))" "the command runs without a window; of desktop it sees login_item and sensors")
forbid(app/ollama "${include}app/(tray|window|desktop|command)/" "supervision knows no window and no command")
forbid(app/link "${include}app/[^l]" "the link knows core/api and itself only")
forbid(app/history "${include}app/(tray|window|desktop|command)/" "rows and exports know no window and no command")
foreach(headless app/settings app/command app/history app/link app/ollama)
    forbid(${headless} "${include}(QWidget|QApplication|QSystemTrayIcon|QtWidgets)" "runs on a server, without widgets")
endforeach()

foreach(pure core/dispatch core/protocol)
    forbid(${pure} "${include}(boost/asio|boost/beast/(websocket|ssl|core/tcp|http/(read|write))|thread|mutex|condition_variable|future|sys/|netinet/|unistd.h)"
        "pure: no sockets, no threads")
    forbid(${pure} "(steady_clock|system_clock|Clock)::now\\(" "pure: time is an argument")
endforeach()
forbid(core/api "(steady_clock|system_clock|Clock)::now\\(" "values only")

# docs/decisions.md 4
foreach(folder core tests/core tests/support)
    forbid(${folder} "co_await .* [?] " "choose first, then await: GCC 12 destroys temporaries of ?: twice")
endforeach()
