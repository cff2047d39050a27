// What a form posted: urlencoded or multipart/form-data, parsed strictly. Every way to be wrong is an Error{invalid}
// with a phrase that says what to do; nothing is guessed. Duplicate names are allowed here; the form engine knows
// which questions may have several values.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "web/request.h"

namespace bursary::web {

struct UploadedFile {
  std::string field;
  std::string name;           // as the browser sent it, folder parts and controls removed; may be empty
  std::string declared_type;  // what the browser claims; never trusted
  std::string_view bytes;     // points into the request's body
};

struct FormData {
  std::vector<std::pair<std::string, std::string>> fields;  // in order; text is UTF-8, NUL-free, line ends LF
  std::vector<UploadedFile> files;                          // without the empty part of an input left alone

  std::optional<std::string_view> find(std::string_view name) const;  // the first
  std::string get(std::string_view name) const;                       // empty when absent
  std::vector<std::string> all(std::string_view name) const;
};

struct FormLimits {
  std::size_t fields = 500;
  std::size_t name_bytes = 200;
  std::size_t field_bytes = std::size_t{512} * 1024;  // one text value
  std::size_t files = 20;
};

// Chooses by Content-Type; another type is Error{invalid, "problem.media_type"} (415 at the edge).
Result<FormData> parse_form(const Request& request, const FormLimits& limits = {});
Result<FormData> parse_urlencoded(std::string_view body, const FormLimits& limits = {});
Result<FormData> parse_multipart(std::string_view body, std::string_view content_type, const FormLimits& limits = {});

// The same for pages that give back what was typed: a value that is not UTF-8, holds NUL or is too long is mended
// (U+FFFD, dropped, cut) and named in `problems`, so that the page can show it with its message. Whoever calls this
// must refuse the post while there are problems.
struct KeptForm {
  FormData form;
  std::vector<FieldError> problems;
};
Result<KeptForm> parse_form_keeping(const Request& request, const FormLimits& limits = {});

// "%2F" and '+'; nothing on a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);

}  // namespace bursary::web
