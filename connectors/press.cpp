#include "connectors/feed_posts.h"

namespace narvaro {

Task<Result<Observations>> poll_press(Http& http, PollRequest request) {
    return poll_feed(http, std::move(request), PostKind::press);
}

}  // namespace narvaro
