#include "features/gateway/stream.h"

#include <algorithm>
#include <array>

namespace bursary::gateway {
namespace {

// Where the first event in `bytes` ends, behind its empty line; npos: it is not whole. `from`: where to begin to look.
std::size_t event_end(std::string_view bytes, std::size_t from) {
  for (std::size_t at = bytes.find('\n', from); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    std::size_t next = at + 1;
    if (next < bytes.size() && bytes[next] == '\r') ++next;
    if (next < bytes.size() && bytes[next] == '\n') return next + 1;
  }
  return std::string_view::npos;
}

// The data of an event of one data line, which is all that providers send; empty for any other.
std::string_view data_of(std::string_view event) {
  std::string_view data;
  while (!event.empty()) {
    const std::size_t end = std::min(event.find('\n'), event.size());
    std::string_view line = event.substr(0, end);
    event.remove_prefix(std::min(end + 1, event.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.starts_with("data:")) continue;
    if (!data.empty()) return {};
    data = line.substr(5);
    if (data.starts_with(' ')) data.remove_prefix(1);
  }
  return data;
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

// Bytes of the text that follows `"key":"`, up to its closing quote, where `from` is behind that first quote.
std::size_t text_length(std::string_view data, std::size_t from) {
  std::size_t at = from;
  while (at < data.size() && data[at] != '"') at += data[at] == '\\' ? 2 : 1;
  return std::min(at, data.size()) - from;
}

// A quote within a JSON text is always behind a backslash, so `"content":` with bare quotes is a name.
std::int64_t count_tokens(std::string_view data) {
  static constexpr std::array<std::string_view, 6> kNames = {
      "\"content\":", "\"delta\":", "\"text\":", "\"arguments\":", "\"refusal\":", "\"reasoning_content\":"};
  std::size_t bytes = 0;
  for (const std::string_view name : kNames) {
    for (std::size_t at = data.find(name); at != std::string_view::npos; at = data.find(name, at)) {
      at += name.size();
      while (at < data.size() && is_space(data[at])) ++at;
      if (at >= data.size() || data[at] != '"') continue;
      const std::size_t length = text_length(data, at + 1);
      bytes += length;
      at = std::min(at + 1 + length, data.size());
    }
  }
  return static_cast<std::int64_t>((bytes + 3) / 4);
}

// `"usage": null` with the comma that joins it to its neighbours.
std::string without_null_usage(std::string_view event) {
  const std::size_t name = event.find("\"usage\"");
  if (name == std::string_view::npos) return std::string(event);
  std::size_t end = name + 7;
  const auto skip = [&] {
    while (end < event.size() && is_space(event[end])) ++end;
  };
  skip();
  if (end >= event.size() || event[end] != ':') return std::string(event);
  ++end;
  skip();
  if (!event.substr(end).starts_with("null")) return std::string(event);
  end += 4;
  std::size_t begin = name;
  while (begin > 0 && is_space(event[begin - 1])) --begin;
  if (begin > 0 && event[begin - 1] == ',') {
    --begin;
  } else {
    begin = name;
    skip();
    if (end < event.size() && event[end] == ',') ++end;
    skip();
  }
  return std::string(event.substr(0, begin)) + std::string(event.substr(end));
}

bool ends_stream(std::string_view data) {
  if (data == "[DONE]") return true;
  for (const std::string_view type : {"response.completed", "response.incomplete", "response.failed"}) {
    if (data.find(type) != std::string_view::npos && data.find("\"response\"") != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void Stream::feed(std::string_view bytes, std::string& out) {
  if (through_) {
    out.append(bytes);
    return;
  }
  pending_.append(bytes);
  std::string_view left = pending_;
  std::size_t from = looked_;
  for (std::size_t end = event_end(left, from); end != std::string_view::npos; end = event_end(left, 0)) {
    event(left.substr(0, end), out);
    left.remove_prefix(end);
    from = 0;
  }
  pending_.erase(0, pending_.size() - left.size());
  // The last two bytes may be the beginning of an end.
  looked_ = pending_.size() < 2 ? 0 : pending_.size() - 2;
  if (pending_.size() <= kLongestEvent) return;
  through_ = true;
  out.append(pending_);
  pending_ = {};
}

void Stream::finish(std::string& out) {
  out.append(pending_);
  pending_.clear();
}

void Stream::event(std::string_view raw, std::string& out) {
  const std::string_view data = data_of(raw);
  if (ends_stream(data)) ended_ = true;
  if (const auto told = usage_in(data)) {
    usage_ = told;
    const bool only_usage =
        data.find("\"choices\":[]") != std::string_view::npos || data.find("\"choices\": []") != std::string_view::npos;
    if (!hide_usage_ || !only_usage) out.append(raw);
    return;
  }
  counted_ += count_tokens(data);
  out.append(hide_usage_ ? without_null_usage(raw) : std::string(raw));
}

}  // namespace bursary::gateway
