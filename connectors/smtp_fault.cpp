// Why a mail server could not be spoken to, in words that an admin understands.
#include <cerrno>

#include "connectors/curl_info.h"
#include "connectors/smtp_connection.h"

namespace narvaro {
namespace {

std::string unreached(long os_error) {
    switch (os_error) {
        case ECONNREFUSED:
            return "connection refused";
        case EHOSTUNREACH:
        case ENETUNREACH:
            return "there is no route to the mail server";
        default:
            return "no connection could be made";
    }
}

}  // namespace

Delivery SmtpConnection::tls_fault(CURLcode code) const {
    switch (code) {
        case CURLE_USE_SSL_FAILED:
            return {MailStage::tls, last_code_, "the server offers no STARTTLS",
                    "write smtps://, or name the port for submission: 465 or 587"};
        case CURLE_PEER_FAILED_VERIFICATION:
            return {MailStage::tls, 0, "the TLS certificate " + certificate_fault(easy_.get()),
                    "check the host name in [digest] smtp and this machine's clock; the server's "
                    "own authority can be named as [digest] ca_file"};
        case CURLE_SSL_CACERT_BADFILE:
            return {MailStage::tls, 0, "the file of trusted certificates cannot be read",
                    "install the package ca-certificates, or check [digest] ca_file"};
        default:
            return {MailStage::tls, 0, "no TLS 1.2 or newer was agreed on",
                    "smtps:// is for port 465, smtp:// for 587 and 25"};
    }
}

Delivery SmtpConnection::fault_of(CURLcode code) const {
    switch (code) {
        case CURLE_USE_SSL_FAILED:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CONNECT_ERROR:
            return tls_fault(code);
        case CURLE_LOGIN_DENIED:
            return {MailStage::login, last_code_ >= 400 ? last_code_ : 0,
                    last_code_ >= 400 ? last_words_ : "the server knows no login that we know",
                    "check [digest] user and password"};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {MailStage::connect, 0, "the mail server's name does not resolve",
                    "check the host in [digest] smtp, and this machine's DNS"};
        case CURLE_COULDNT_CONNECT:
            return {MailStage::connect, 0, unreached(curl_info(easy_.get(), CURLINFO_OS_ERRNO)),
                    "check host and port in [digest] smtp"};
        case CURLE_OPERATION_TIMEDOUT:
            return {MailStage::connect, 0, "the mail server did not answer in time"};
        case CURLE_ABORTED_BY_CALLBACK:
            return {MailStage::connect, 0, "stopped, since the program is ending"};
        default:
            break;
    }
    if (last_code_ >= 400) return {MailStage::connect, last_code_, last_words_};
    if (code == CURLE_WEIRD_SERVER_REPLY) {
        return {MailStage::connect, 0, "what answers does not speak SMTP",
                "check host and port in [digest] smtp"};
    }
    return {MailStage::connect, 0, "the server closed the connection"};
}

}  // namespace narvaro
