# What every target of ours is compiled with. Nothing is set globally. Without keywords, because Qt's `slots` would
# swallow ours (a backend's slots): write `private Q_SLOTS:`, `Q_SIGNALS:` and `Q_EMIT`.
add_library(build_rules INTERFACE)
target_compile_features(build_rules INTERFACE cxx_std_20)
target_compile_definitions(build_rules INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    $<$<PLATFORM_ID:Windows>:WIN32_LEAN_AND_MEAN NOMINMAX _WIN32_WINNT=0x0A00>)
target_compile_options(build_rules INTERFACE
    $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor>
    $<$<CXX_COMPILER_ID:GNU>:-fcoroutines -Wno-restrict -Wno-mismatched-new-delete> # GCC 12: false alarms in std::string (PR105651) and coroutines
    $<$<CXX_COMPILER_ID:MSVC>:/W4 /utf-8 /bigobj>)
if(DROVER_WARNINGS_AS_ERRORS)
    target_compile_options(build_rules INTERFACE
        $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Werror> $<$<CXX_COMPILER_ID:MSVC>:/WX>)
endif()
find_package(Threads REQUIRED)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Precompiled headers need this much trust to be cached at all (ccache manual, "Precompiled headers").
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()
