# Compiles for 64-bit Windows on Linux with mingw-w64's GCC (Debian: g++-mingw-w64-x86-64-posix).
#   cmake -S . -B build/windows -G Ninja --toolchain cmake/toolchain-mingw.cmake \
#         -DDROVER_WINDOWS_PREFIX=/path/to/boost-openssl-qt-for-mingw -DQT_HOST_PATH=/usr
# Boost.JSON, OpenSSL and Qt built for mingw-w64 must be under DROVER_WINDOWS_PREFIX; Debian has no packages of them.
# Without them, scripts/check-windows still compiles every source of the core.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

# The "posix" flavour is the one with std::thread and std::mutex.
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES DROVER_WINDOWS_PREFIX)

# Programs that run here come from here; headers and libraries only from there.
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32 ${DROVER_WINDOWS_PREFIX})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# One program file that needs nothing of the compiler's on the machine where it runs.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static-libgcc -static-libstdc++ -Wl,-Bstatic,--whole-archive -lwinpthread -Wl,--no-whole-archive,-Bdynamic")
