# Builds Drover on Windows and starts it. UNTESTED: nobody has run this on Windows yet.
#
#   scripts\run.ps1             build, then start drover-tray
#   scripts\run.ps1 --demo      arguments are passed on
#
# Needs Visual Studio 2022 with C++, CMake 3.25, Ninja, Git, and vcpkg with VCPKG_ROOT set; start it from a
# "Developer PowerShell". vcpkg.json names the libraries; vcpkg builds them the first time, which takes long.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

foreach ($tool in "cmake", "ninja", "git", "cl") {
    if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) {
        Write-Error "$tool is missing. Start a Developer PowerShell for VS 2022, with CMake and Ninja installed."
    }
}
if (-not $env:VCPKG_ROOT) {
    Write-Error "VCPKG_ROOT is not set. Get vcpkg (git clone, then bootstrap-vcpkg.bat) and set VCPKG_ROOT to its folder."
}

Write-Host "Building Drover; the first time vcpkg builds its libraries too."
cmake --preset release "-DCMAKE_TOOLCHAIN_FILE=$env:VCPKG_ROOT\scripts\buildsystems\vcpkg.cmake" -DDROVER_TESTS=OFF -DDROVER_BENCHMARKS=OFF
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
cmake --build --preset release --target drover drover-tray
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

Write-Host "Starting drover-tray."
& "build\release\bin\drover-tray.exe" @args
exit $LASTEXITCODE
