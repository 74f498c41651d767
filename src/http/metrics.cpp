#include "http/metrics.h"

#include <cmath>
#include <cstdio>

namespace tongban::http {

namespace {

std::string number(double value) {
    char out[40];
    bool whole = std::floor(value) == value && std::fabs(value) < 1e15;
    std::snprintf(out, sizeof out, whole ? "%.0f" : "%.6g", value);
    return out;
}

void head(std::string& out, std::string const& name, std::string const& help, char const* type) {
    out += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

void line(std::string& out, std::string const& name, double value) {
    out += name + " " + number(value) + "\n";
}

}  // namespace

void Figures::answered(int status, std::int64_t microseconds) {
    auto klass = static_cast<std::size_t>(status / 100);
    if (klass < by_class_.size()) ++by_class_[klass];
    std::size_t bucket = 0;
    while (bucket < bounds_.size() && static_cast<double>(microseconds) > bounds_[bucket] * 1e6) ++bucket;
    ++in_bucket_[bucket];
    microseconds_ += microseconds;
}

std::string Figures::text(std::vector<Metric> const& more) const {
    std::string out;
    head(out, "tongban_http_requests_total", "Requests answered, by class of status", "counter");
    for (std::size_t klass = 1; klass < by_class_.size(); ++klass) {
        auto name = "tongban_http_requests_total{class=\"" + std::to_string(klass) + "xx\"}";
        line(out, name, static_cast<double>(by_class_[klass]));
    }
    head(out, "tongban_http_request_seconds", "Time from the whole request to the reply", "histogram");
    double sum = 0;
    for (std::size_t i = 0; i < in_bucket_.size(); ++i) {
        sum += static_cast<double>(in_bucket_[i]);
        auto bound = i < bounds_.size() ? number(bounds_[i]) : "+Inf";
        line(out, "tongban_http_request_seconds_bucket{le=\"" + bound + "\"}", sum);
    }
    line(out, "tongban_http_request_seconds_sum", static_cast<double>(microseconds_) / 1e6);
    line(out, "tongban_http_request_seconds_count", sum);
    auto single = [&](char const* name, char const* help, char const* type, std::int64_t value) {
        head(out, name, help, type);
        line(out, name, static_cast<double>(value));
    };
    single("tongban_http_in_flight", "Requests being answered now", "gauge", in_flight);
    single("tongban_http_connections", "Open connections", "gauge", connections);
    single("tongban_http_refused_attempts_total", "Requests refused with too_many_attempts", "counter",
           refused_attempts);
    single("tongban_http_refused_busy_total", "Requests refused with server_is_busy", "counter",
           refused_busy);
    for (auto const& metric : more) {
        head(out, metric.name, metric.help, metric.name.ends_with("_total") ? "counter" : "gauge");
        line(out, metric.name, metric.value);
    }
    return out;
}

}  // namespace tongban::http
