// SPDX-License-Identifier: MIT
#include "core/api/private_file.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <type_traits>

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

namespace drover {

namespace {

// Owner, the system and administrators; inherits nothing.
constexpr wchar_t ownerOnly[] = L"D:P(A;;FA;;;OW)(A;;FA;;;SY)(A;;FA;;;BA)";

struct Closer {
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};
struct Freer {
    void operator()(void* memory) const { LocalFree(memory); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<HANDLE>, Closer>;
using LocalMemory = std::unique_ptr<void, Freer>;

Error ioError(const std::string& path, DWORD number)
{
    return fail(Errc::Io, path + ": " + std::system_category().message(static_cast<int>(number)));
}

std::filesystem::path systemPath(const std::string& path)
{
    return std::filesystem::path(std::u8string(path.begin(), path.end()));
}

Handle openFile(const std::filesystem::path& path, DWORD access, DWORD how, SECURITY_ATTRIBUTES* security)
{
    HANDLE opened = CreateFileW(path.c_str(), access, access == GENERIC_WRITE ? 0 : FILE_SHARE_READ | FILE_SHARE_DELETE,
        security, how, FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    return Handle(opened == INVALID_HANDLE_VALUE ? nullptr : opened);
}

/// True when the file lets everyone, all users or the guests in.
bool isExposed(HANDLE file)
{
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (GetSecurityInfo(file, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr, &list, nullptr, &descriptor)
        != ERROR_SUCCESS)
        return true;
    const LocalMemory owner(descriptor);
    if (list == nullptr) // no list at all: everyone may do everything
        return true;
    for (const WELL_KNOWN_SID_TYPE kind :
        {WinWorldSid, WinBuiltinUsersSid, WinAuthenticatedUserSid, WinBuiltinGuestsSid}) {
        alignas(8) unsigned char sid[SECURITY_MAX_SID_SIZE];
        DWORD size = sizeof sid;
        if (!CreateWellKnownSid(kind, nullptr, sid, &size))
            return true;
        TRUSTEE_W trustee = {};
        BuildTrusteeWithSidW(&trustee, sid);
        ACCESS_MASK rights = 0;
        if (GetEffectiveRightsFromAclW(list, &trustee, &rights) != ERROR_SUCCESS || (rights & FILE_READ_DATA) != 0)
            return true;
    }
    return false;
}

Result<> writeNew(const std::string& name, const std::filesystem::path& path, const std::string& text)
{
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(ownerOnly, SDDL_REVISION_1, &descriptor, nullptr))
        return ioError(name, GetLastError());
    const LocalMemory owner(descriptor);
    SECURITY_ATTRIBUTES security = {sizeof security, descriptor, FALSE};
    const Handle file = openFile(path, GENERIC_WRITE, CREATE_NEW, &security);
    if (!file)
        return ioError(name, GetLastError());
    DWORD written = 0;
    if (!WriteFile(file.get(), text.data(), static_cast<DWORD>(text.size()), &written, nullptr)
        || written != text.size() || !FlushFileBuffers(file.get()))
        return ioError(name, GetLastError());
    return {};
}

} // namespace

Result<PrivateFile> readPrivateFile(const std::string& path)
{
    const Handle file = openFile(systemPath(path), GENERIC_READ, OPEN_EXISTING, nullptr);
    if (!file) {
        const DWORD number = GetLastError();
        if (number == ERROR_FILE_NOT_FOUND || number == ERROR_PATH_NOT_FOUND)
            return PrivateFile{};
        return ioError(path, number);
    }
    BY_HANDLE_FILE_INFORMATION about = {};
    if (!GetFileInformationByHandle(file.get(), &about))
        return ioError(path, GetLastError());
    if ((about.dwFileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT)) != 0)
        return fail(Errc::Io, path + ": not a plain file");

    char buffer[privateFileBytesMax + 1];
    DWORD size = 0;
    if (!ReadFile(file.get(), buffer, sizeof buffer, &size, nullptr))
        return ioError(path, GetLastError());
    if (size > privateFileBytesMax)
        return fail(Errc::Io, path + ": too large");
    PrivateFile found;
    found.state = isExposed(file.get()) ? PrivateFile::State::Exposed : PrivateFile::State::Private;
    found.text.assign(buffer, size);
    return found;
}

Result<> writePrivateFile(const std::string& path, const std::string& text, Existing existing)
{
    const std::filesystem::path place = systemPath(path);
    std::error_code error;
    if (place.has_parent_path())
        std::filesystem::create_directories(place.parent_path(), error);
    if (error)
        return fail(Errc::Io, path + ": " + error.message());

    static std::atomic<unsigned> writes = 0; // two threads may write the same file
    std::filesystem::path unfinished = place;
    unfinished += L"." + std::to_wstring(GetCurrentProcessId()) + L"." + std::to_wstring(++writes);
    DeleteFileW(unfinished.c_str()); // of a program that crashed and had our number
    auto result = writeNew(path, unfinished, text);
    if (!result)
        return result;
    const DWORD how = existing == Existing::Replace ? MOVEFILE_REPLACE_EXISTING : 0;
    if (MoveFileExW(unfinished.c_str(), place.c_str(), how))
        return {};
    const DWORD number = GetLastError();
    DeleteFileW(unfinished.c_str());
    if (number == ERROR_ALREADY_EXISTS || number == ERROR_FILE_EXISTS)
        return fail(Errc::Forbidden, path + " is there already");
    return ioError(path, number);
}

} // namespace drover
