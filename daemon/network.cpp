#include "daemon/network.h"

#include "connectors/http_url.h"
#include "daemon/poller.h"

namespace narvaro {
namespace {

bool is_this_machine(const std::string& host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace

HttpOptions http_options(const Settings& settings) {
    HttpOptions options;
    options.private_hosts = configured_hosts(settings);
    options.host_gap = kHostGap;
    for (const std::string& host : options.private_hosts) {
        if (is_this_machine(host)) options.hosts_without_gap.insert(host);
    }
    if (const auto meta = parse_http_url(settings.meta.api)) {
        options.hosts_without_gap.insert(meta->host);
    }
    return options;
}

}  // namespace narvaro
