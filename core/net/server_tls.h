// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/net/tls_session.h"

#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st; // of OpenSSL

namespace drover {

/// What a server proves itself with: a chain of certificates and the private key of the first, from two files. TLS 1.2
/// and 1.3, HTTP/1.1. Core thread.
class ServerTls {
public:
    /// PEM files; the key without a passphrase. Fails with BadConfig and a sentence that names the file and what is
    /// wrong with it.
    static Result<std::shared_ptr<ServerTls>> load(std::string certificateFile, std::string keyFile);
    ~ServerTls();
    ServerTls(const ServerTls&) = delete;
    ServerTls& operator=(const ServerTls&) = delete;

    /// Takes what is in the files by now; true when that is something else than before and counts for new connections.
    /// Fails like `load`, once, when it is not usable: what was loaded before stays.
    Result<bool> reloadIfChanged();

    /// A sentence when clients will not believe the certificate because of today's date; else empty.
    std::string warning() const;

    std::unique_ptr<TlsSession> session() const; ///< for one connection; null when memory is short

    static constexpr std::size_t fileBytesMax = 256 * 1024;

private:
    struct Files;
    ServerTls(std::string certificateFile, std::string keyFile);
    static Result<Files> readFiles(const std::string& certificateFile, const std::string& keyFile);
    Result<> use(const Files& files);

    std::string m_certificateFile;
    std::string m_keyFile;
    std::string m_read; ///< digest of both files when they were read last
    std::shared_ptr<ssl_ctx_st> m_context; ///< sessions of earlier ones keep theirs
};

} // namespace drover
