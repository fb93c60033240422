// SPDX-License-Identifier: MIT
#include "core/net/program_facts_windows.h"

#include <windows.h>
#include <winternl.h>

#include <shellapi.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

namespace {

constexpr DWORD pathLettersMax = 32'768; ///< longest path of Windows
constexpr ULONG commandLineBytesMax = 64 << 10; ///< longest command line of Windows

struct HandleCloser {
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using Process = std::unique_ptr<void, HandleCloser>;

std::string toUtf8(std::wstring_view text)
{
    const int letters = static_cast<int>(text.size());
    const int bytes = WideCharToMultiByte(CP_UTF8, 0, text.data(), letters, nullptr, 0, nullptr, nullptr);
    std::string result(static_cast<std::size_t>(std::max(bytes, 0)), '\0');
    if (bytes > 0)
        WideCharToMultiByte(CP_UTF8, 0, text.data(), letters, result.data(), bytes, nullptr, nullptr);
    return result;
}

std::wstring pathOf(HANDLE process)
{
    std::wstring path(pathLettersMax, L'\0');
    DWORD letters = pathLettersMax;
    if (!QueryFullProcessImageNameW(process, 0, path.data(), &letters))
        return {};
    path.resize(letters);
    return path;
}

/// The command line by NtQueryInformationProcess, which gives it since Windows 8.1 to whoever may know the path.
std::vector<std::string> argumentsOf(HANDLE process)
{
    using Query = NTSTATUS(NTAPI*)(HANDLE, PROCESSINFOCLASS, PVOID, ULONG, PULONG);
    constexpr auto processCommandLineInformation = static_cast<PROCESSINFOCLASS>(60);
    const HMODULE library = GetModuleHandleW(L"ntdll.dll");
    if (!library)
        return {};
    const auto query =
        reinterpret_cast<Query>(reinterpret_cast<void*>(GetProcAddress(library, "NtQueryInformationProcess")));
    std::vector<std::max_align_t> buffer((commandLineBytesMax + sizeof(UNICODE_STRING)) / sizeof(std::max_align_t) + 1);
    ULONG size = 0;
    if (!query
        || query(process, processCommandLineInformation, buffer.data(),
               static_cast<ULONG>(buffer.size() * sizeof(buffer.front())), &size)
            < 0)
        return {};
    const auto* text = reinterpret_cast<const UNICODE_STRING*>(buffer.data());
    const std::wstring line(text->Buffer, text->Length / sizeof(wchar_t));
    if (line.empty())
        return {}; // CommandLineToArgvW would name our own program
    int count = 0;
    LPWSTR* words = CommandLineToArgvW(line.c_str(), &count);
    std::vector<std::string> arguments;
    for (int i = 0; words && i < count; ++i)
        arguments.push_back(toUtf8(words[i]));
    LocalFree(words);
    return arguments;
}

/// FileDescription of the version resource, in the first language that it has.
std::string descriptionOf(const std::wstring& path)
{
    const DWORD size = GetFileVersionInfoSizeW(path.c_str(), nullptr);
    if (size == 0)
        return {};
    std::vector<std::byte> resource(size);
    if (!GetFileVersionInfoW(path.c_str(), 0, size, resource.data()))
        return {};
    struct Translation {
        WORD language;
        WORD codePage;
    };
    void* found = nullptr;
    UINT length = 0;
    if (!VerQueryValueW(resource.data(), L"\\VarFileInfo\\Translation", &found, &length)
        || length < sizeof(Translation))
        return {};
    const auto* translation = static_cast<const Translation*>(found);
    wchar_t key[64];
    wsprintfW(key, L"\\StringFileInfo\\%04x%04x\\FileDescription", static_cast<unsigned>(translation->language),
        static_cast<unsigned>(translation->codePage));
    if (!VerQueryValueW(resource.data(), key, &found, &length) || length == 0)
        return {};
    const std::wstring_view text(static_cast<const wchar_t*>(found), length);
    return toUtf8(text.substr(0, text.find(L'\0')));
}

} // namespace

ProgramFacts programFacts(std::uint32_t pid)
{
    const Process process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid));
    if (!process)
        return {};
    const std::wstring path = pathOf(process.get());
    return {.path = toUtf8(path), .arguments = argumentsOf(process.get()), .description = descriptionOf(path)};
}

} // namespace drover
