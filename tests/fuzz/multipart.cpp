// Posted forms with files: the first line is the Content-Type, the rest the body.
// modules: web
#include <algorithm>

#include "base/text.h"
#include "tests/fuzz/require.h"
#include "web/form_data.h"

using namespace bursary;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text(data, size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view body = input.substr(std::min(line + 1, input.size()));
  const auto form = web::parse_multipart(body, input.substr(0, line));
  if (!form) {
    fuzz::require(form.error().message.key.starts_with("problem.form."));
    return 0;
  }
  for (const auto& [name, value] : form->fields) {
    fuzz::require(!name.empty() && is_utf8(name) && !has_control_characters(name));
    fuzz::require(is_utf8(value) && value.find('\0') == std::string::npos && value.find('\r') == std::string::npos);
  }
  for (const web::UploadedFile& file : form->files) {
    fuzz::require(file.bytes.empty() || (file.bytes.data() >= body.data() &&
                                         file.bytes.data() + file.bytes.size() <= body.data() + body.size()));
    fuzz::require(is_utf8(file.name) && !has_control_characters(file.name) && !has_bidi_controls(file.name));
    fuzz::require(file.name.find_first_of("/\\\r\n\t") == std::string::npos && file.name.size() <= 255 &&
                  file.name != "..");
  }
  return 0;
}
