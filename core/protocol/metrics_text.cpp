// SPDX-License-Identifier: MIT
#include "core/protocol/metrics_text.h"

#include "core/protocol/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace drover {

namespace {

std::string_view word(MetricsText::Kind kind)
{
    switch (kind) {
    case MetricsText::Kind::Counter:
        return "counter";
    case MetricsText::Kind::Gauge:
        return "gauge";
    case MetricsText::Kind::Histogram:
        return "histogram";
    }
    return {};
}

enum class Quotes { Plain, Escaped };

void appendEscaped(std::string& out, std::string_view text, Quotes quotes)
{
    for (const char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '"' && quotes == Quotes::Escaped)
            out += "\\\"";
        else
            out += c;
    }
}

/// A duration in seconds, exactly: "0.005", "81.92", "3".
std::string inSeconds(std::chrono::nanoseconds duration)
{
    constexpr std::int64_t scale = 1'000'000'000;
    const std::int64_t count = std::max<std::int64_t>(duration.count(), 0);
    std::string text = std::to_string(count / scale);
    if (count % scale != 0) {
        std::string fraction = std::to_string(scale + count % scale).substr(1); // keeps the zeros in front
        fraction.erase(fraction.find_last_not_of('0') + 1);
        text += '.' + fraction;
    }
    return text;
}

} // namespace

Histogram::Histogram(std::vector<std::chrono::nanoseconds> bounds)
    : m_bounds(std::move(bounds))
    , m_counts(m_bounds.size() + 1)
{
}

void Histogram::observe(std::chrono::nanoseconds duration)
{
    const auto bucket = std::lower_bound(m_bounds.begin(), m_bounds.end(), duration); // a bound belongs to its bucket
    ++m_counts[static_cast<std::size_t>(bucket - m_bounds.begin())];
    m_sum += duration;
}

void MetricsText::family(std::string_view name, Kind kind, std::string_view help)
{
    m_family = name;
    m_text += "# HELP ";
    m_text += name;
    m_text += ' ';
    appendEscaped(m_text, help, Quotes::Plain);
    m_text += "\n# TYPE ";
    m_text += name;
    m_text += ' ';
    m_text += word(kind);
    m_text += '\n';
}

void MetricsText::sample(MetricLabels labels, std::uint64_t value)
{
    series({}, labels);
    natural(value);
}

void MetricsText::sample(MetricLabels labels, std::chrono::nanoseconds value)
{
    series({}, labels);
    m_text += inSeconds(value);
    m_text += '\n';
}

void MetricsText::histogram(const Histogram& histogram, MetricLabels labels)
{
    std::uint64_t below = 0;
    for (std::size_t index = 0; index < histogram.bounds().size(); ++index) {
        below += histogram.count(index);
        series("_bucket", labels, inSeconds(histogram.bounds()[index]));
        natural(below);
    }
    below += histogram.count(histogram.bounds().size());
    series("_bucket", labels, "+Inf");
    natural(below);
    series("_sum", labels);
    m_text += inSeconds(histogram.sum());
    m_text += '\n';
    series("_count", labels);
    natural(below);
}

/// `bound` is the value of the label "le", or empty.
void MetricsText::series(std::string_view suffix, MetricLabels labels, std::string_view bound)
{
    m_text += m_family;
    m_text += suffix;
    char before = '{';
    const auto write = [&](const MetricLabel& label) {
        m_text += before;
        m_text += label.name;
        m_text += "=\"";
        appendEscaped(m_text, validUtf8(label.value), Quotes::Escaped);
        m_text += '"';
        before = ',';
    };
    for (const MetricLabel& label : labels)
        write(label);
    if (!bound.empty())
        write({"le", bound});
    if (before == ',')
        m_text += '}';
    m_text += ' ';
}

void MetricsText::natural(std::uint64_t value)
{
    std::array<char, 20> digits;
    m_text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
    m_text += '\n';
}

} // namespace drover
