// SPDX-License-Identifier: MIT
#pragma once

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>

namespace drover {

/// A certificate authority of a test, which vouches for 127.0.0.1 and localhost. Every failure ends the program.
class TestCertificates {
public:
    struct Pair {
        std::string certificate; ///< PEM
        std::string key; ///< PEM
    };

    TestCertificates()
        : m_key(newKey())
        , m_authority(signedCertificate(
              "Test authority", m_key.get(), nullptr, std::chrono::hours(-48), std::chrono::hours(48), true))
    {
    }

    std::string authority() const { return pem(m_authority.get()); }

    /// Valid between these times from now.
    Pair issue(const std::string& name, std::chrono::hours from = std::chrono::hours(-1),
        std::chrono::hours until = std::chrono::hours(24)) const
    {
        const Key key = newKey();
        const Certificate certificate = signedCertificate(name, key.get(), m_authority.get(), from, until, false);
        return {pem(certificate.get()), pem(key.get(), {})};
    }

    /// The same key, stored with a passphrase.
    static std::string locked(const std::string& key, const std::string& passphrase)
    {
        const std::unique_ptr<BIO, int (*)(BIO*)> bio(
            BIO_new_mem_buf(key.data(), static_cast<int>(key.size())), BIO_free);
        const Key read(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
        return pem(read.get(), passphrase);
    }

private:
    using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
    using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

    static void must(bool done)
    {
        if (!done)
            std::abort();
    }

    static Key newKey()
    {
        Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        must(key != nullptr);
        return key;
    }

    static std::string text(BIO* bio)
    {
        char* start = nullptr;
        const long size = BIO_get_mem_data(bio, &start);
        return {start, static_cast<std::size_t>(size)};
    }

    static std::string pem(X509* certificate)
    {
        const std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), BIO_free);
        must(PEM_write_bio_X509(bio.get(), certificate) == 1);
        return text(bio.get());
    }

    static std::string pem(EVP_PKEY* key, const std::string& passphrase)
    {
        const std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), BIO_free);
        const auto* const phrase = reinterpret_cast<const unsigned char*>(passphrase.data());
        const int size = static_cast<int>(passphrase.size());
        must(PEM_write_bio_PrivateKey(
                 bio.get(), key, size > 0 ? EVP_aes_256_cbc() : nullptr, phrase, size, nullptr, nullptr)
            == 1);
        return text(bio.get());
    }

    Certificate signedCertificate(const std::string& name, EVP_PKEY* key, X509* issuer, std::chrono::hours from,
        std::chrono::hours until, bool isAuthority) const
    {
        static long serial = 0;
        Certificate certificate(X509_new(), X509_free);
        X509* const raw = certificate.get();
        X509_set_version(raw, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(raw), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(raw), std::chrono::seconds(from).count());
        X509_gmtime_adj(X509_getm_notAfter(raw), std::chrono::seconds(until).count());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_ASC,
            reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
        X509_set_issuer_name(raw, X509_get_subject_name(issuer ? issuer : raw));
        X509_set_pubkey(raw, key);
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        X509V3_set_ctx(&context, issuer ? issuer : raw, raw, nullptr, nullptr, 0);
        const auto extend = [&](int kind, const char* value) {
            X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
            must(extension && X509_add_ext(raw, extension, -1) == 1);
            X509_EXTENSION_free(extension);
        };
        extend(NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "CA:FALSE");
        if (!isAuthority)
            extend(NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
        must(X509_sign(raw, m_key.get(), EVP_sha256()) > 0);
        return certificate;
    }

    Key m_key;
    Certificate m_authority;
};

} // namespace drover
