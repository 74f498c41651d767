// load PORT CONNECTIONS REQUESTS [ANSWERS]: sends prepared requests over keep-alive connections, each as soon
// as the answer before it came, and prints one JSON object with the rate and how long people waited. REQUESTS
// holds raw requests, each after a line with its length; ANSWERS gets `<index> <status> <length>` lines with
// the bodies behind them.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void give_up(std::string const& why) {
    std::fprintf(stderr, "load: %s\n", why.c_str());
    std::exit(1);
}

std::vector<std::string> read_requests(char const* path) {
    std::ifstream in(path, std::ios::binary);
    std::vector<std::string> requests;
    std::string line;
    while (std::getline(in, line)) {
        std::string request(std::stoul(line), '\0');
        if (!in.read(request.data(), std::streamsize(request.size()))) give_up("a request is cut short");
        requests.push_back(std::move(request));
    }
    return requests;
}

struct Answer {
    int status = 0;
    std::string body;
    double ms = 0;
};

struct Connection {
    int socket = -1;
    std::size_t request = 0;
    std::size_t sent = 0;
    std::string got{};
    Clock::time_point since{};
};

class Load {
public:
    Load(int port, int connections, std::vector<std::string> requests)
        : port_(port), requests_(std::move(requests)), answers_(requests_.size()), poll_(epoll_create1(0)) {
        connections_.resize(std::min(std::size_t(connections), requests_.size()));
    }

    double run() {
        for (auto& one : connections_) connect(one);
        auto from = Clock::now();
        for (auto& one : connections_) begin(one);
        std::vector<epoll_event> events(connections_.size());
        while (done_ < requests_.size()) {
            int ready = epoll_wait(poll_, events.data(), int(events.size()), 30'000);
            if (ready <= 0) give_up("nothing came for 30 s");
            for (int i = 0; i < ready; ++i) serve(connections_[events[std::size_t(i)].data.u64]);
        }
        return std::chrono::duration<double>(Clock::now() - from).count();
    }
    [[nodiscard]] std::vector<Answer> const& answers() const { return answers_; }

private:
    void connect(Connection& one) {
        one.socket = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(std::uint16_t(port_));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(one.socket, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
            give_up("cannot connect");
        int yes = 1;
        setsockopt(one.socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        wanted.data.u64 = std::uint64_t(&one - connections_.data());
        epoll_ctl(poll_, EPOLL_CTL_ADD, one.socket, &wanted);
    }

    void begin(Connection& one) {
        if (next_ >= requests_.size()) return;
        one.request = next_++;
        one.got.clear();
        one.since = Clock::now();
        auto const& bytes = requests_[one.request];
        for (std::size_t sent = 0;
             sent < bytes.size();) {  // requests are small: they fit the socket's buffer
            auto more = send(one.socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (more <= 0) give_up("a connection broke while sending");
            sent += std::size_t(more);
        }
    }

    void serve(Connection& one) {
        char room[65536];
        auto more = recv(one.socket, room, sizeof room, 0);
        if (more <= 0) give_up("the server closed a connection; it got: " + one.got.substr(0, 300));
        one.got.append(room, std::size_t(more));
        auto head = one.got.find("\r\n\r\n");
        if (head == one.got.npos) return;
        auto length = content_length(one.got.substr(0, head));
        if (one.got.size() < head + 4 + length) return;
        auto& answer = answers_[one.request];
        answer.ms = std::chrono::duration<double, std::milli>(Clock::now() - one.since).count();
        answer.status = std::atoi(one.got.c_str() + 9);
        answer.body = one.got.substr(head + 4, length);
        ++done_;
        begin(one);
    }

    static std::size_t content_length(std::string head) {
        std::ranges::transform(head, head.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        auto at = head.find("content-length:");
        return at == head.npos ? 0 : std::strtoul(head.c_str() + at + 15, nullptr, 10);
    }

    int port_;
    std::vector<std::string> requests_;
    std::vector<Answer> answers_;
    std::vector<Connection> connections_;
    int poll_;
    std::size_t next_ = 0, done_ = 0;
};

double at_percent(std::vector<double> const& sorted, double percent) {
    return sorted.empty() ? 0 : sorted[std::size_t(double(sorted.size() - 1) * percent / 100)];
}

}  // namespace

int main(int count, char** words) {
    if (count < 4) give_up("PORT CONNECTIONS REQUESTS [ANSWERS]");
    Load load(std::atoi(words[1]), std::atoi(words[2]), read_requests(words[3]));
    double seconds = load.run();
    std::vector<double> waits;
    std::map<int, int> statuses;
    for (auto const& answer : load.answers()) {
        waits.push_back(answer.ms);
        ++statuses[answer.status];
    }
    std::ranges::sort(waits);
    std::printf(
        "{\"requests\":%zu,\"seconds\":%.4f,\"rate\":%.1f,\"p50_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f,"
        "\"statuses\":{",
        waits.size(), seconds, double(waits.size()) / seconds, at_percent(waits, 50), at_percent(waits, 95),
        at_percent(waits, 99));
    char const* comma = "";
    for (auto [status, n] : statuses) {
        std::printf("%s\"%d\":%d", comma, status, n);
        comma = ",";
    }
    std::printf("}}\n");
    if (count > 4) {
        std::ofstream out(words[4], std::ios::binary);
        for (std::size_t i = 0; i < load.answers().size(); ++i) {
            auto const& answer = load.answers()[i];
            out << i << ' ' << answer.status << ' ' << answer.body.size() << '\n' << answer.body;
        }
    }
    return 0;
}
