// Shared by the two form parsers; included by them alone.
#pragma once
#include "web/form_data.h"

namespace bursary::web::form_parts {

[[nodiscard]] inline tl::unexpected<Error> refuse(const char* what) {
  return fail(ErrorKind::invalid, std::string("problem.form.") + what);
}
[[nodiscard]] inline tl::unexpected<Error> refuse(const char* what, std::size_t limit) {
  return fail(ErrorKind::invalid, Phrase(std::string("problem.form.") + what, {{"limit", std::to_string(limit)}}));
}

// Collects fields within the limits.
class Collector {
 public:
  explicit Collector(const FormLimits& limits) : limits_(limits) {}
  std::optional<Error> add_field(std::string name, std::string value);
  std::optional<Error> add_file(UploadedFile file);
  KeptForm take() { return std::move(kept_); }

 private:
  std::optional<Error> check_name(std::string_view name) const;
  std::string mend(const std::string& name, std::string value);

  const FormLimits& limits_;
  KeptForm kept_;
};

Result<KeptForm> urlencoded(std::string_view body, const FormLimits& limits);
Result<KeptForm> multipart(std::string_view body, std::string_view content_type, const FormLimits& limits);

}  // namespace bursary::web::form_parts
