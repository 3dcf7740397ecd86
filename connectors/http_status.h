#pragma once
#include "connectors/http.h"
#include "core/result.h"
#include "core/time.h"

namespace narvaro {

/// What a status that is no success means for a source that is no Meta source: 429 and 503
/// rate_limited with the server's Retry-After, 401 and 403 permission, 404 and 410 not_found, 408
/// and other 5xx network, anything else bad_reply. Names host and path of the answer, never its
/// query.
Error error_of_status(const HttpReply& reply, sys_seconds now);

}  // namespace narvaro
