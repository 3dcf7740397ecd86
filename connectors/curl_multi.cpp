#include "connectors/curl_multi.h"

#include <csignal>

#include <boost/asio/posix/stream_descriptor.hpp>

namespace narvaro {
namespace {

/// Once for the process. OpenSSL writes to sockets without MSG_NOSIGNAL, and a peer that is gone
/// must not end the program; a handler that somebody chose is left alone.
void prepare_process() {
    static const CURLcode code = [] {
        struct sigaction now = {};
        if (sigaction(SIGPIPE, nullptr, &now) == 0 && now.sa_handler == SIG_DFL) {
            std::signal(SIGPIPE, SIG_IGN);
        }
        return curl_global_init(CURL_GLOBAL_DEFAULT);
    }();
    static_cast<void>(code);  // a failure shows as a null handle, which `perform` reports
}

}  // namespace

/// One transfer. It leaves the multi handle before the easy handle can go.
struct CurlMulti::Run {
    Run(CurlMulti& multi, CURL* handle, After then)
        : of{multi}, easy{handle}, after{then}, done{multi.loop_} {}
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run() {
        if (of.runs_.erase(this) > 0) curl_multi_remove_handle(of.multi_.get(), easy);
    }
    CurlMulti& of;
    CURL* easy;
    After after;  ///< a transfer that went well
    Event done;
    CURLcode code = CURLE_OK;
};

/// One of libcurl's sockets. Asio only waits for it: the socket is libcurl's to close.
struct CurlMulti::Watch {
    Watch(const asio::any_io_executor& loop, curl_socket_t fd) : socket{fd}, descriptor{loop} {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { release(); }
    void release() {
        if (descriptor.is_open()) descriptor.release();
    }
    curl_socket_t socket;
    asio::posix::stream_descriptor descriptor;
    int wanted = 0;   ///< CURL_POLL_IN | CURL_POLL_OUT
    int waiting = 0;  ///< the same for the waits that are under way
};

std::shared_ptr<CurlMulti> CurlMulti::make(asio::any_io_executor loop, long max_connections) {
    prepare_process();
    return std::shared_ptr<CurlMulti>{new CurlMulti{std::move(loop), max_connections}};
}

CurlMulti::CurlMulti(asio::any_io_executor loop, long max_connections)
    : loop_{std::move(loop)}, multi_{curl_multi_init()}, timer_{loop_} {
    CURLM* multi = multi_.get();
    bool ready = multi != nullptr;
    const auto set = [&](CURLMoption option, auto value) {
        ready = ready && curl_multi_setopt(multi, option, value) == CURLM_OK;
    };
    set(CURLMOPT_SOCKETFUNCTION, &CurlMulti::on_socket);
    set(CURLMOPT_SOCKETDATA, this);
    set(CURLMOPT_TIMERFUNCTION, &CurlMulti::on_timer);
    set(CURLMOPT_TIMERDATA, this);
    set(CURLMOPT_MAX_TOTAL_CONNECTIONS, max_connections);
    set(CURLMOPT_MAXCONNECTS, max_connections);
    if (!ready) multi_.reset();
}

CurlMulti::~CurlMulti() {
    if (!multi_) return;
    // What libcurl closes from here on is no longer watched by anyone.
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, nullptr);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, nullptr);
    for (const auto& [socket, watch] : watches_) watch->release();
}

Task<CURLcode> CurlMulti::perform(std::shared_ptr<CurlMulti> multi, CURL* easy) {
    return run(std::move(multi), easy, After::remove);
}

Task<CURLcode> CurlMulti::connect(std::shared_ptr<CurlMulti> multi, CURL* easy) {
    return run(std::move(multi), easy, After::keep);
}

void CurlMulti::release(CURL* easy) { curl_multi_remove_handle(multi_.get(), easy); }

Task<CURLcode> CurlMulti::run(std::shared_ptr<CurlMulti> multi, CURL* easy, After after) {
    if (multi->closed_) co_return CURLE_ABORTED_BY_CALLBACK;
    if (!multi->multi_) co_return CURLE_FAILED_INIT;
    Run run{*multi, easy, after};
    if (curl_easy_setopt(easy, CURLOPT_PRIVATE, &run) != CURLE_OK) co_return CURLE_FAILED_INIT;
    if (curl_multi_add_handle(multi->multi_.get(), easy) != CURLM_OK) co_return CURLE_FAILED_INIT;
    multi->runs_.insert(&run);
    co_await run.done.wait();
    co_return run.code;
}

void CurlMulti::close() {
    closed_ = true;
    end_all(CURLE_ABORTED_BY_CALLBACK);
    timer_.cancel();
}

void CurlMulti::end(Run& run, CURLcode code) {
    runs_.erase(&run);
    if (code != CURLE_OK || run.after == After::remove) {
        curl_multi_remove_handle(multi_.get(), run.easy);
    }
    run.code = code;
    run.done.set();
}

void CurlMulti::end_all(CURLcode code) {
    while (!runs_.empty()) end(**runs_.begin(), code);
}

int CurlMulti::on_socket(CURL* /*easy*/, curl_socket_t socket, int what, void* self,
                         void* /*unused*/) {
    auto* multi = static_cast<CurlMulti*>(self);
    if (what == CURL_POLL_REMOVE) {
        multi->unwatch(socket);
    } else {
        multi->watch(socket, what);
    }
    return 0;
}

int CurlMulti::on_timer(CURLM* /*multi*/, long timeout_ms, void* self) {
    static_cast<CurlMulti*>(self)->set_timer(timeout_ms);
    return 0;
}

void CurlMulti::watch(curl_socket_t socket, int what) {
    std::shared_ptr<Watch>& watch = watches_[socket];
    if (!watch) {
        watch = std::make_shared<Watch>(loop_, socket);
        boost::system::error_code error;
        watch->descriptor.assign(socket, error);
        // A socket that cannot be watched lets its transfer time out; an error from here would end
        // every other transfer too.
        if (error) return;
    }
    watch->wanted = what;
    arm(watch);
}

void CurlMulti::unwatch(curl_socket_t socket) {
    const auto found = watches_.find(socket);
    if (found == watches_.end()) return;
    found->second->release();
    watches_.erase(found);
}

void CurlMulti::arm(const std::shared_ptr<Watch>& watch) {
    if (!watch->descriptor.is_open()) return;
    for (const int direction : {CURL_POLL_IN, CURL_POLL_OUT}) {
        const bool wanted = (watch->wanted & direction) != 0;
        const bool waiting = (watch->waiting & direction) != 0;
        if (wanted && !waiting) wait_for(watch, direction);
    }
}

void CurlMulti::wait_for(const std::shared_ptr<Watch>& watch, int direction) {
    using Descriptor = asio::posix::stream_descriptor;
    const bool in = direction == CURL_POLL_IN;
    watch->waiting |= direction;
    watch->descriptor.async_wait(
        in ? Descriptor::wait_read : Descriptor::wait_write,
        [alive = weak_from_this(), watch, direction, in](const boost::system::error_code& error) {
            watch->waiting &= ~direction;
            const std::shared_ptr<CurlMulti> self = alive.lock();
            if (!self || error == asio::error::operation_aborted || !self->is_current(watch)) {
                return;
            }
            if ((watch->wanted & direction) != 0) {
                const int events = in ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
                self->act(watch->socket, error ? CURL_CSELECT_ERR : events);
            }
            if (self->is_current(watch)) self->arm(watch);
        });
}

/// Whether libcurl still means this watch: it may have closed the socket and opened another with
/// the same number in between.
bool CurlMulti::is_current(const std::shared_ptr<Watch>& watch) const {
    const auto found = watches_.find(watch->socket);
    return found != watches_.end() && found->second == watch;
}

void CurlMulti::set_timer(long timeout_ms) {
    if (timeout_ms < 0 || closed_) {
        timer_.cancel();
        return;
    }
    timer_.expires_after(std::chrono::milliseconds{timeout_ms});
    timer_.async_wait([alive = weak_from_this()](const boost::system::error_code& error) {
        const std::shared_ptr<CurlMulti> self = alive.lock();
        if (self && !error) self->act(CURL_SOCKET_TIMEOUT, 0);
    });
}

void CurlMulti::act(curl_socket_t socket, int events) {
    int running = 0;
    const CURLMcode code = curl_multi_socket_action(multi_.get(), socket, events, &running);
    collect_finished();
    if (code != CURLM_OK) end_all(CURLE_FAILED_INIT);
}

void CurlMulti::collect_finished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;  // gone with the handle, below
        Run* run = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &run);
        if (runs_.contains(run)) end(*run, code);
    }
}

}  // namespace narvaro
