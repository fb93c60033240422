// SPDX-License-Identifier: MIT
#include "core/net/process_mark.h"

#include <windows.h>

namespace drover {

std::optional<std::uint64_t> processMark(std::int64_t pid)
{
    if (pid <= 0 || pid > MAXDWORD)
        return {};
    const HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, static_cast<DWORD>(pid));
    if (process == nullptr)
        return GetLastError() == ERROR_ACCESS_DENIED ? std::optional<std::uint64_t>(0) : std::nullopt;
    FILETIME made{};
    FILETIME ended{};
    FILETIME kernel{};
    FILETIME user{};
    const bool runs = WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
    const bool known = GetProcessTimes(process, &made, &ended, &kernel, &user) != 0;
    CloseHandle(process);
    if (!runs)
        return {};
    return known ? std::uint64_t{made.dwHighDateTime} << 32 | made.dwLowDateTime : 0;
}

} // namespace drover
