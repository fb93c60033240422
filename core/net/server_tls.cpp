// SPDX-License-Identifier: MIT
#include "core/net/server_tls.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

namespace drover {
namespace {

template <auto release> struct Release {
    template <class T> void operator()(T* what) const { release(what); }
};
using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;

/// What OpenSSL says about the last failure, such as "ee key too small".
std::string lastWords()
{
    const char* const words = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return words ? words : "it is not understood";
}

Error wrong(const std::string& file, const std::string& what)
{
    return fail(Errc::BadConfig, "TLS: " + file + ": " + what);
}

Result<std::string> contents(const std::string& file)
{
    errno = 0;
    std::ifstream stream(std::filesystem::path(std::u8string(file.begin(), file.end())), std::ios::binary);
    std::string text;
    std::array<char, 4096> part{};
    while (stream && text.size() <= ServerTls::fileBytesMax) {
        stream.read(part.data(), part.size());
        text.append(part.data(), static_cast<std::size_t>(stream.gcount()));
    }
    OPENSSL_cleanse(part.data(), part.size());
    if (stream.bad() || (text.empty() && errno != 0))
        return wrong(file, std::string("cannot be read: ") + std::strerror(errno));
    if (text.size() > ServerTls::fileBytesMax)
        return wrong(file, "is far too large for a certificate or key");
    return text;
}

/// Keeps OpenSSL from asking at the terminal, and notes that it wanted to.
int noPassphrase(char*, int, int, void* asked)
{
    *static_cast<bool*>(asked) = true;
    return -1;
}

Result<std::vector<Certificate>> certificates(const std::string& file, const std::string& text)
{
    ERR_clear_error();
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    std::vector<Certificate> chain;
    for (;;) {
        Certificate one(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (!one)
            break;
        chain.push_back(std::move(one));
    }
    // The end of the file is told as a missing start of the next one.
    const bool atEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!atEnd)
        return wrong(file, "holds a certificate that is damaged: " + lastWords());
    ERR_clear_error();
    if (chain.empty())
        return wrong(file, "holds no certificate in PEM form");
    return chain;
}

Result<Key> privateKey(const std::string& file, const std::string& text)
{
    ERR_clear_error();
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    bool asked = false;
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, &asked));
    ERR_clear_error();
    if (key)
        return key;
    if (asked)
        return wrong(file, "the private key has a passphrase; it must be stored without one");
    return wrong(file, "holds no private key in PEM form");
}

/// HTTP/1.1 is all that we speak; a client that offers other protocols only is told so.
int chooseProtocol(SSL*, const unsigned char** chosen, unsigned char* chosenSize, const unsigned char* offered,
    unsigned int offeredSize, void*)
{
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    const int result = SSL_select_next_proto(&found, chosenSize, ours, sizeof ours - 1, offered, offeredSize);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> makeContext()
{
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context)
        return context;
    SSL_CTX* const raw = context.get();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20"); // of 1.2; those of 1.3 are all good
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF); // tickets, which need no memory, take its place
    SSL_CTX_set_alpn_select_cb(raw, chooseProtocol, nullptr);
    SSL_CTX_set_mode(
        raw, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(raw, 1); // one read for a record's head and body
    return context;
}

std::string digestOf(const std::string& text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return {reinterpret_cast<const char*>(digest.data()), size};
}

} // namespace

struct ServerTls::Files {
    ~Files() { OPENSSL_cleanse(key.data(), key.size()); }

    std::string certificate;
    std::string key;
    std::string digest; ///< of both
};

Result<ServerTls::Files> ServerTls::readFiles(const std::string& certificateFile, const std::string& keyFile)
{
    auto certificate = contents(certificateFile);
    if (!certificate)
        return certificate.error();
    auto key = contents(keyFile);
    if (!key)
        return key.error();
    std::string digest = digestOf(*certificate) + digestOf(*key);
    return Files{std::move(*certificate), std::move(*key), std::move(digest)};
}

ServerTls::ServerTls(std::string certificateFile, std::string keyFile)
    : m_certificateFile(std::move(certificateFile))
    , m_keyFile(std::move(keyFile))
{
}

ServerTls::~ServerTls() = default;

Result<std::shared_ptr<ServerTls>> ServerTls::load(std::string certificateFile, std::string keyFile)
{
    const std::shared_ptr<ServerTls> tls(new ServerTls(std::move(certificateFile), std::move(keyFile)));
    auto files = readFiles(tls->m_certificateFile, tls->m_keyFile);
    if (!files)
        return files.error();
    if (const auto used = tls->use(*files); !used)
        return used.error();
    tls->m_read = files->digest;
    return tls;
}

Result<bool> ServerTls::reloadIfChanged()
{
    auto files = readFiles(m_certificateFile, m_keyFile);
    const std::string read = files ? files->digest : files.error().detail;
    if (read == m_read)
        return false;
    m_read = read;
    if (!files)
        return files.error();
    if (const auto used = use(*files); !used)
        return used.error();
    return true;
}

/// Makes a context of them, for the sessions to come.
Result<> ServerTls::use(const Files& files)
{
    const auto chain = certificates(m_certificateFile, files.certificate);
    if (!chain)
        return chain.error();
    const auto key = privateKey(m_keyFile, files.key);
    if (!key)
        return key.error();
    if (X509_check_private_key(chain->front().get(), key->get()) != 1) {
        ERR_clear_error();
        return wrong(m_keyFile, "the private key does not belong to the (first) certificate in " + m_certificateFile);
    }
    const auto context = makeContext();
    if (!context || SSL_CTX_use_certificate(context.get(), chain->front().get()) != 1)
        return wrong(m_certificateFile, "the certificate cannot be used: " + lastWords());
    if (SSL_CTX_use_PrivateKey(context.get(), key->get()) != 1)
        return wrong(m_keyFile, "the private key cannot be used: " + lastWords());
    for (std::size_t i = 1; i < chain->size(); ++i) {
        if (SSL_CTX_add1_chain_cert(context.get(), (*chain)[i].get()) != 1)
            return wrong(m_certificateFile, "a certificate of the chain cannot be used: " + lastWords());
    }
    m_context = context;
    return {};
}

std::string ServerTls::warning() const
{
    const X509* const certificate = SSL_CTX_get0_certificate(m_context.get());
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
        return "The certificate in " + m_certificateFile + " has expired.";
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
        return "The certificate in " + m_certificateFile + " is not valid yet.";
    return {};
}

std::unique_ptr<TlsSession> ServerTls::session() const
{
    SSL* const ssl = SSL_new(m_context.get());
    return ssl ? std::make_unique<TlsSession>(ssl) : nullptr;
}

} // namespace drover
