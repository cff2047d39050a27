#include "net/fetch.h"

#include <netinet/in.h>

#include <algorithm>

#include "net/addresses.h"
#include "net/curl.h"

namespace bursary::net {
namespace {

struct Conversation {
  const web::OutgoingRequest* request = nullptr;
  std::string body;
  bool refused_address = false, too_long = false;
};

Address address_in(const sockaddr& any) {
  Address address;
  if (any.sa_family == AF_INET6) {
    const auto& six = *static_cast<const sockaddr_in6*>(static_cast<const void*>(&any));
    std::copy_n(six.sin6_addr.s6_addr, 16, address.bytes.begin());
    return address;
  }
  const auto& four = *static_cast<const sockaddr_in*>(static_cast<const void*>(&any));
  const auto* bytes = static_cast<const std::uint8_t*>(static_cast<const void*>(&four.sin_addr.s_addr));
  address.bytes[10] = address.bytes[11] = 0xFF;
  std::copy_n(bytes, 4, address.bytes.begin() + 12);
  return address;
}

curl_socket_t open_socket(void* conversation, curlsocktype, curl_sockaddr* to) {
  auto& state = *static_cast<Conversation*>(conversation);
  const bool internet = to->family == AF_INET || to->family == AF_INET6;
  if (!internet || (!state.request->private_network && !address_in(to->addr).is_global())) {
    state.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take_body(const char* bytes, std::size_t size, std::size_t count, void* conversation) {
  auto& state = *static_cast<Conversation*>(conversation);
  if (state.body.size() + size * count > state.request->largest) {
    state.too_long = true;
    return 0;
  }
  state.body.append(bytes, size * count);
  return size * count;
}

CurlList header_list(const web::OutgoingRequest& request) {
  curl_slist* list = nullptr;
  for (const auto& [name, value] : request.headers)
    list = curl_slist_append(list, std::string(name).append(": ").append(value).c_str());
  // Not to wait for a "100 Continue" that few servers send.
  return CurlList(curl_slist_append(list, "Expect:"));
}

void configure(CURL* handle, const web::OutgoingRequest& request, Conversation& conversation,
               const curl_slist* headers) {
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &conversation);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &conversation);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "bursary/" BURSARY_VERSION);
  if (request.method == "GET") return;
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
}

std::string media_type_of(CURL* handle) {
  const char* text = nullptr;
  curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &text);
  std::string type = text != nullptr ? text : "";
  type.resize(std::min(type.find(';'), type.size()));
  while (type.ends_with(' ')) type.pop_back();
  return type;
}

bool holds_line_end(const web::OutgoingRequest& request) {
  const auto broken = [](const std::string& text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
  };
  return broken(request.url) || broken(request.method) ||
         std::any_of(request.headers.begin(), request.headers.end(),
                     [&](const auto& line) { return broken(line.first) || broken(line.second); });
}

}  // namespace

CurlFetcher::CurlFetcher() { begin_curl(); }

Result<web::OutgoingAnswer> CurlFetcher::fetch(const web::OutgoingRequest& request) {
  const auto no_answer = [](std::string why) {
    return fail(ErrorKind::unavailable, "problem.outside", std::move(why));
  };
  if (holds_line_end(request)) return no_answer("a line end in the request");
  const CurlHandle handle(curl_easy_init());
  if (!handle) return no_answer("no memory");
  Conversation conversation{&request, {}, false, false};
  const CurlList headers = header_list(request);
  configure(handle.get(), request, conversation, headers.get());
  const CURLcode code = curl_easy_perform(handle.get());
  if (conversation.refused_address) return fail(ErrorKind::forbidden, "problem.outside", "a private address");
  if (conversation.too_long) return no_answer("the answer is too long");
  if (code != CURLE_OK) return no_answer(curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  return web::OutgoingAnswer{static_cast<int>(status), media_type_of(handle.get()), std::move(conversation.body)};
}

}  // namespace bursary::net
