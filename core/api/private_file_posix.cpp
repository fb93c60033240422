// SPDX-License-Identifier: MIT
#include "core/api/private_file.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace drover {

namespace {

Error ioError(const std::string& path, int number)
{
    return fail(Errc::Io, path + ": " + std::generic_category().message(number));
}

/// Closes its descriptor.
struct Descriptor {
    explicit Descriptor(int opened)
        : number(opened)
    {
    }
    ~Descriptor()
    {
        if (number >= 0)
            ::close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number;
};

Result<> writeNew(const std::string& path, const std::string& text)
{
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.number < 0)
        return ioError(path, errno);
    for (std::size_t written = 0; written < text.size();) {
        const ssize_t size = ::write(file.number, text.data() + written, text.size() - written);
        if (size < 0 && errno != EINTR)
            return ioError(path, errno);
        written += size > 0 ? static_cast<std::size_t>(size) : 0;
    }
    if (::fsync(file.number) != 0) // before it has its name: no crash of the machine leaves an empty one
        return ioError(path, errno);
    return {};
}

/// Gives a finished file its name.
Result<> nameFile(const std::string& from, const std::string& path, Existing existing)
{
    if (existing == Existing::Keep) {
        if (::link(from.c_str(), path.c_str()) == 0)
            return {};
        if (errno == EEXIST)
            return fail(Errc::Forbidden, path + " is there already");
        // some file systems have no hard links: there the last one wins
    }
    if (std::rename(from.c_str(), path.c_str()) == 0)
        return {};
    return ioError(path, errno);
}

} // namespace

Result<PrivateFile> readPrivateFile(const std::string& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.number < 0 && errno == ENOENT)
        return PrivateFile{};
    struct stat about = {};
    if (file.number < 0 || ::fstat(file.number, &about) != 0)
        return ioError(path, errno);
    if (!S_ISREG(about.st_mode))
        return fail(Errc::Io, path + ": not a plain file");

    PrivateFile found;
    const bool exposed = (about.st_mode & 077) != 0 || about.st_uid != ::geteuid();
    found.state = exposed ? PrivateFile::State::Exposed : PrivateFile::State::Private;
    char buffer[privateFileBytesMax + 1];
    for (;;) {
        const ssize_t size = ::read(file.number, buffer, sizeof buffer - found.text.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return ioError(path, errno);
        found.text.append(buffer, static_cast<std::size_t>(size));
        if (found.text.size() > privateFileBytesMax)
            return fail(Errc::Io, path + ": too large");
        if (size == 0)
            return found;
    }
}

Result<> writePrivateFile(const std::string& path, const std::string& text, Existing existing)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path folder = fs::path(path).parent_path();
    if (!folder.empty() && fs::create_directories(folder, error) && !error)
        fs::permissions(folder, fs::perms::owner_all, error);
    if (error)
        return fail(Errc::Io, folder.string() + ": " + error.message());

    static std::atomic<unsigned> writes = 0; // two threads may write the same file
    const std::string unfinished = path + "." + std::to_string(::getpid()) + "." + std::to_string(++writes);
    ::unlink(unfinished.c_str()); // of a program that crashed and had our number
    auto result = writeNew(unfinished, text);
    if (result)
        result = nameFile(unfinished, path, existing);
    ::unlink(unfinished.c_str());
    return result;
}

} // namespace drover
