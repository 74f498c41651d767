// A server on 127.0.0.1 that says exactly what a test tells it, byte for byte: also what no server should
// say.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/base.h"

namespace tongban::client::test {

/// A request as it came.
struct Heard {
    std::string method, target, body;
    std::map<std::string, std::string> headers;  ///< names in lower case
};

class Wire;

/// One connection, in the hands of the script.
class Line {
public:
    Line(Wire& wire, int socket) : wire_(wire), socket_(socket) {}
    /// False when the other side is gone.
    bool say(std::string_view bytes) const {
        while (!bytes.empty()) {
            auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    bool answer(int status, std::string_view type, std::string_view body) const {
        return say("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(type) +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
                   std::string(body));
    }
    void hold() const;  ///< until Wire::let_go() or the end of the server

private:
    Wire& wire_;
    int socket_;
};

class Wire {
public:
    using Script = std::function<void(Heard const&, Line const&)>;

    explicit Wire(Script script) : script_(std::move(script)) {
        listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof place;
        ensure(::bind(listening_, reinterpret_cast<sockaddr*>(&place), size) == 0, "a port is free");
        ensure(::listen(listening_, 64) == 0, "the port listens");
        ensure(::getsockname(listening_, reinterpret_cast<sockaddr*>(&place), &size) == 0, "it has a number");
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(place.sin_port));
        accepting_ = std::thread([this] { accept(); });
    }
    ~Wire() {
        {
            std::scoped_lock lock(mutex_);
            ended_ = true;
            for (int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
            changed_.notify_all();
        }
        ::shutdown(listening_, SHUT_RDWR);
        accepting_.join();
        for (auto& thread : threads_) thread.join();
        ::close(listening_);
    }
    Wire(Wire const&) = delete;
    Wire& operator=(Wire const&) = delete;

    [[nodiscard]] std::string const& url() const { return url_; }
    void let_go() {
        std::scoped_lock lock(mutex_);
        free_ = true;
        changed_.notify_all();
    }
    void hold() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return free_ || ended_; });
    }
    std::vector<Heard> heard() {
        std::scoped_lock lock(mutex_);
        return heard_;
    }
    /// Waits until so many requests came.
    std::vector<Heard> heard_at_least(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return heard_.size() >= count; });
        return heard_;
    }

private:
    void accept() {
        for (;;) {
            int socket = ::accept(listening_, nullptr, nullptr);
            if (socket < 0) return;
            std::scoped_lock lock(mutex_);
            if (ended_) {
                ::close(socket);
                return;
            }
            sockets_.push_back(socket);
            threads_.emplace_back([this, socket] { serve(socket); });
        }
    }

    void serve(int socket) {
        std::string bytes;
        if (auto request = read(socket, bytes)) {
            {
                std::scoped_lock lock(mutex_);
                heard_.push_back(*request);
                changed_.notify_all();
            }
            script_(*request, Line(*this, socket));
        }
        std::scoped_lock lock(mutex_);
        std::erase(sockets_, socket);
        ::shutdown(socket, SHUT_RDWR);
        ::close(socket);
    }

    static std::optional<Heard> read(int socket, std::string& bytes) {
        std::size_t wanted = std::string::npos, head = 0;
        Heard heard;
        while (bytes.size() < wanted) {
            char chunk[4096];
            auto got = ::recv(socket, chunk, sizeof chunk, 0);
            if (got <= 0) return std::nullopt;
            bytes.append(chunk, static_cast<std::size_t>(got));
            if (wanted != std::string::npos || (head = bytes.find("\r\n\r\n")) == std::string::npos) continue;
            take_head(bytes.substr(0, head), heard);
            auto length = heard.headers.find("content-length");
            wanted = head + 4 + (length == heard.headers.end() ? 0 : std::stoul(length->second));
        }
        heard.body = bytes.substr(head + 4);
        return heard;
    }

    static void take_head(std::string const& head, Heard& heard) {
        auto first = head.substr(0, head.find("\r\n"));
        auto space = first.find(' '), next = first.find(' ', space + 1);
        heard.method = first.substr(0, space);
        heard.target = first.substr(space + 1, next - space - 1);
        for (auto at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
            auto end = std::min(head.find("\r\n", at + 2), head.size());
            auto line = head.substr(at + 2, end - at - 2);
            auto colon = line.find(':');
            if (colon == std::string::npos) continue;
            auto name = line.substr(0, colon);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            heard.headers[name] = trimmed(line.substr(colon + 1));
        }
    }

    Script script_;
    int listening_ = -1;
    std::string url_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    bool ended_ = false, free_ = false;
    std::vector<int> sockets_{};
    std::vector<Heard> heard_{};
    std::list<std::thread> threads_{};
    std::thread accepting_{};
};

inline void Line::hold() const {
    wire_.hold();
}

}  // namespace tongban::client::test
