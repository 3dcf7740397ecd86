#pragma once
// What a transfer of libcurl tells of itself beside its code. Inside connectors/ only.
#include <string>

#include <curl/curl.h>

namespace narvaro {

/// A number that libcurl keeps of a transfer; 0 when it has none.
long curl_info(CURL* easy, CURLINFO which);

/// Why the certificate of the other side was not taken: "has expired". Says something of a transfer
/// that ended with CURLE_PEER_FAILED_VERIFICATION.
std::string certificate_fault(CURL* easy);

}  // namespace narvaro
