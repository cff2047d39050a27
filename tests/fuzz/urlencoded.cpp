// Posted forms, application/x-www-form-urlencoded.
// modules: web
#include "base/text.h"
#include "tests/fuzz/require.h"
#include "web/form_data.h"

using namespace bursary;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto form = web::parse_urlencoded(fuzz::text(data, size));
  if (!form) {
    fuzz::require(form.error().message.key.starts_with("problem.form."));
    return 0;
  }
  fuzz::require(form->files.empty() && form->fields.size() <= web::FormLimits{}.fields);
  std::string again;
  for (const auto& [name, value] : form->fields) {
    fuzz::require(!name.empty() && is_utf8(name) && !has_control_characters(name));
    fuzz::require(is_utf8(value) && value.find('\0') == std::string::npos && value.find('\r') == std::string::npos);
    again += web::percent_encode(name) + "=" + web::percent_encode(value) + "&";
  }
  // What was read, written and read again is the same.
  const auto second = web::parse_urlencoded(again);
  fuzz::require(second.has_value() && second->fields == form->fields);
  return 0;
}
