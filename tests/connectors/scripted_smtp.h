#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include "core/coro.h"
#include "tests/connectors/tls_identity.h"

namespace narvaro {

/// How a mail server behaves. Moments have names: "greeting", the verb of a command ("EHLO",
/// "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT"), and "." for the end of a message.
struct SmtpScript {
    std::map<std::string, std::string> replies{};  ///< whole, with line ends; else "250 ok"
    std::string drop_at{};                         ///< the connection ends there, without a reply
    std::string silent_at{};                       ///< nothing is said there any more
    bool offers_starttls = false;
    bool offers_login = false;
    bool tls_at_once = false;
    std::size_t sleep_after_bytes = 0;     ///< of a message: a second without reading; 0: never
    std::size_t drop_after_bytes = 0;      ///< of a message; 0: never
    std::size_t most_on_a_connection = 0;  ///< messages; then it is closed; 0: any number
};

/// A mail server on loopback that follows a script, on the test's own loop.
class ScriptedSmtp {
  public:
    using tcp = asio::ip::tcp;

    ScriptedSmtp(asio::io_context& loop, SmtpScript script,
                 const std::optional<Identity>& identity = {})
        : state_{std::make_shared<State>(loop, std::move(script), identity)} {
        asio::co_spawn(loop, accept(state_), report);
    }
    ~ScriptedSmtp() {
        boost::system::error_code ignored;
        state_->acceptor.close(ignored);
    }
    ScriptedSmtp(const ScriptedSmtp&) = delete;
    ScriptedSmtp& operator=(const ScriptedSmtp&) = delete;

    std::string url(const std::string& host = "localhost") const {
        return std::string{state_->script.tls_at_once ? "smtps" : "smtp"} + "://" + host + ":" +
               std::to_string(state_->acceptor.local_endpoint().port());
    }
    const std::vector<std::string>& commands() const { return state_->commands; }
    /// Messages as they came over the wire, with their doubled dots, without the final one.
    const std::vector<std::string>& messages() const { return state_->messages; }
    int connections() const { return state_->connections; }
    SmtpScript& script() { return state_->script; }

  private:
    struct State {
        State(asio::io_context& loop, SmtpScript given, const std::optional<Identity>& identity)
            : acceptor{loop, tcp::endpoint{asio::ip::make_address("127.0.0.1"), 0}},
              script{std::move(given)} {
            if (!identity) return;
            tls.use_certificate_file(identity->certificate_file, asio::ssl::context::pem);
            tls.use_private_key_file(identity->key_file, asio::ssl::context::pem);
        }
        tcp::acceptor acceptor;
        asio::ssl::context tls{asio::ssl::context::tls_server};
        SmtpScript script;
        std::vector<std::string> commands;
        std::vector<std::string> messages;
        int connections = 0;
    };
    using Secure = asio::ssl::stream<tcp::socket&>;

    static void report(const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    }

    static Task<void> accept(std::shared_ptr<State> state) {
        auto executor = co_await asio::this_coro::executor;
        for (;;) {
            boost::system::error_code error;
            tcp::socket socket = co_await state->acceptor.async_accept(
                asio::redirect_error(asio::use_awaitable, error));
            if (error) co_return;
            ++state->connections;
            asio::co_spawn(executor, serve(state, std::move(socket)), report);
        }
    }

    static Task<void> serve(std::shared_ptr<State> state, tcp::socket socket) {
        if (!state->script.tls_at_once) {
            const bool upgrade = co_await talk(state, socket, true, false);
            if (!upgrade) co_return;
        }
        Secure secure{socket, state->tls};
        boost::system::error_code error;
        co_await secure.async_handshake(asio::ssl::stream_base::server,
                                        asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
        co_await talk(state, secure, state->script.tls_at_once, true);
    }

    template <class Stream>
    static Task<bool> say(Stream& stream, std::string text) {
        boost::system::error_code error;
        co_await asio::async_write(stream, asio::buffer(text),
                                   asio::redirect_error(asio::use_awaitable, error));
        co_return !error;
    }

    /// What is said at a moment. @return false when the connection ends there
    template <class Stream>
    static Task<bool> act(std::shared_ptr<State> state, Stream& stream, std::string moment,
                          std::string usual) {
        const SmtpScript& script = state->script;
        if (script.drop_at == moment) co_return false;
        if (script.silent_at == moment) {
            co_await sleep_for(std::chrono::seconds{20});
            co_return false;
        }
        const auto own = script.replies.find(moment);
        const std::string reply = own == script.replies.end() ? std::move(usual) : own->second;
        const bool said = co_await say(stream, reply);
        co_return said;
    }

    static std::string offers(const SmtpScript& script, bool secure) {
        std::string reply = "250-test.example\r\n250-SIZE 1000000\r\n";
        if (script.offers_starttls && !secure) reply += "250-STARTTLS\r\n";
        if (script.offers_login) reply += "250-AUTH PLAIN LOGIN\r\n";
        return reply + "250 8BITMIME\r\n";
    }

    static std::string usual_reply(const SmtpScript& script, const std::string& verb, bool secure) {
        if (verb == "EHLO") return offers(script, secure);
        if (verb == "STARTTLS") return "220 go on\r\n";
        if (verb == "AUTH") return "235 welcome\r\n";
        if (verb == "DATA") return "354 send it\r\n";
        if (verb == "QUIT") return "221 bye\r\n";
        return "250 ok\r\n";
    }

    /// @return true when the client and we agreed on STARTTLS
    template <class Stream>
    static Task<bool> talk(std::shared_ptr<State> state, Stream& stream, bool greets, bool secure) {
        std::string buffer;
        std::size_t taken = 0;
        if (greets) {
            const bool on = co_await act(state, stream, "greeting", "220 test.example ESMTP\r\n");
            if (!on) co_return false;
        }
        for (;;) {
            const std::string line = co_await read_line(stream, buffer);
            if (line.empty()) co_return false;
            const std::string verb = line.substr(0, line.find_first_of(" \r"));
            if (verb == "MAIL" && state->script.most_on_a_connection != 0 &&
                taken == state->script.most_on_a_connection) {
                co_return false;
            }
            state->commands.push_back(line.substr(0, line.size() - 2));
            const std::string usual = usual_reply(state->script, verb, secure);
            // LOGIN and PLAIN without an initial response: the client sends that on the next line.
            if (verb == "AUTH" && state->script.drop_at != verb) {
                const bool asked = co_await say(stream, "334 \r\n");
                if (!asked) co_return false;
                state->commands.push_back(co_await read_line(stream, buffer));
            }
            const bool on = co_await act(state, stream, verb, usual);
            if (!on || verb == "QUIT") co_return false;
            if (verb == "STARTTLS") co_return true;
            if (verb != "DATA" || state->script.replies.contains("DATA")) continue;
            const bool whole = co_await read_message(state, stream, buffer);
            if (!whole) co_return false;
            ++taken;
            const bool answered = co_await act(state, stream, ".", "250 2.0.0 queued as 7\r\n");
            if (!answered) co_return false;
        }
    }

    template <class Stream>
    static Task<std::string> read_line(Stream& stream, std::string& buffer) {
        boost::system::error_code error;
        const std::size_t size =
            co_await asio::async_read_until(stream, asio::dynamic_buffer(buffer), "\r\n",
                                            asio::redirect_error(asio::use_awaitable, error));
        std::string line = error ? std::string{} : buffer.substr(0, size);
        buffer.erase(0, line.size());
        co_return line;
    }

    template <class Stream>
    static Task<bool> read_message(std::shared_ptr<State> state, Stream& stream,
                                   std::string& buffer) {
        std::string message;
        for (;;) {
            const std::string line = co_await read_line(stream, buffer);
            if (line.empty()) co_return false;
            if (line == ".\r\n") break;
            message += line;
            const std::size_t tired = state->script.sleep_after_bytes;
            if (tired != 0 && message.size() > tired) {
                state->script.sleep_after_bytes = 0;
                co_await sleep_for(std::chrono::seconds{1});
            }
            const std::size_t most = state->script.drop_after_bytes;
            if (most != 0 && message.size() > most) co_return false;
        }
        state->messages.push_back(std::move(message));
        co_return true;
    }

    std::shared_ptr<State> state_;
};

}  // namespace narvaro
