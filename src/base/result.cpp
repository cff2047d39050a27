#include "base/result.h"

namespace bursary {

Error::Error() = default;
Error::Error(ErrorKind k, Phrase m, std::string d, std::vector<FieldError> f)
    : kind(k), message(std::move(m)), detail(std::move(d)), fields(std::move(f)) {}
Error::Error(const Error& other) = default;
Error::Error(Error&& other) noexcept = default;
Error& Error::operator=(const Error& other) = default;
Error& Error::operator=(Error&& other) noexcept = default;
Error::~Error() = default;

tl::unexpected<Error> fail(ErrorKind kind, Phrase message, std::string detail) {
  return tl::unexpected<Error>(Error(kind, std::move(message), std::move(detail), {}));
}
tl::unexpected<Error> fail(std::vector<FieldError> fields) {
  return tl::unexpected<Error>(Error(ErrorKind::invalid, "problem.fields", {}, std::move(fields)));
}
tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace bursary
