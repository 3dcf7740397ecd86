#pragma once
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace narvaro {

namespace tls {
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;
}  // namespace tls

struct Identity {
    std::string certificate_file;
    std::string key_file;
};

/// A self-signed certificate for `subject_alt_name`, valid from `from` to `to` seconds off now.
inline Identity make_identity(const std::string& name, const std::string& subject_alt_name,
                              long from, long to) {
    const tls::Key key{EVP_EC_gen("P-256"), &EVP_PKEY_free};
    const tls::Certificate certificate{X509_new(), &X509_free};
    X509* x509 = certificate.get();
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), from);
    X509_gmtime_adj(X509_getm_notAfter(x509), to);
    X509_set_pubkey(x509, key.get());
    X509_NAME_add_entry_by_NID(X509_get_subject_name(x509), NID_commonName, MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(x509, X509_get_subject_name(x509));
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> names{
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subject_alt_name.c_str()),
        &X509_EXTENSION_free};
    X509_add_ext(x509, names.get(), -1);
    X509_sign(x509, key.get(), EVP_sha256());

    const std::filesystem::path folder{testing::TempDir()};
    Identity identity{folder / ("narvaro_" + name + ".crt"), folder / ("narvaro_" + name + ".key")};
    const tls::File certificate_out{std::fopen(identity.certificate_file.c_str(), "w"),
                                    &std::fclose};
    PEM_write_X509(certificate_out.get(), x509);
    const tls::File key_out{std::fopen(identity.key_file.c_str(), "w"), &std::fclose};
    PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return identity;
}

}  // namespace narvaro
