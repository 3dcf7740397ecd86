#include "connectors/curl_info.h"

#include <openssl/x509_vfy.h>

namespace narvaro {

long curl_info(CURL* easy, CURLINFO which) {
    long value = 0;
    return curl_easy_getinfo(easy, which, &value) == CURLE_OK ? value : 0;
}

std::string certificate_fault(CURL* easy) {
    // OpenSSL's number; a name that does not match has none.
    switch (curl_info(easy, CURLINFO_SSL_VERIFYRESULT)) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "has expired";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "is not valid yet";
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return "is self-signed and not trusted";
        case X509_V_ERR_CERT_REVOKED:
            return "has been revoked";
        case X509_V_OK:
        case X509_V_ERR_UNSPECIFIED:  // libcurl has compared the name, and OpenSSL found no fault
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return "is for another host name";
        default:
            return "is not trusted";
    }
}

}  // namespace narvaro
