// What a user, a rival request or the outside world can cause is returned as a Result; what means
// "the server is broken" is thrown and caught once at the edge. Kinds map to HTTP in web/ alone.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/phrase.h"

namespace bursary {

enum class ErrorKind { not_found, forbidden, invalid, conflict, limit, unavailable };

struct FieldError {
  std::string field;  // the question's or form field's key
  Phrase message;
  bool operator==(const FieldError&) const = default;
};

struct Error {
  ErrorKind kind = ErrorKind::invalid;
  Phrase message;      // for the person; names what to do
  std::string detail;  // for the operator's log; never shown, never secret
  std::vector<FieldError> fields;

  // As with Phrase: one copy of this in the program, not one in each file that can fail.
  Error();
  Error(ErrorKind k, Phrase m, std::string d, std::vector<FieldError> f);
  Error(const Error& other);
  Error(Error&& other) noexcept;
  Error& operator=(const Error& other);
  Error& operator=(Error&& other) noexcept;
  ~Error();
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

// return fail(ErrorKind::not_found, "problem.no_such_draft");
[[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, Phrase message, std::string detail = {});
[[nodiscard]] tl::unexpected<Error> fail(std::vector<FieldError> fields);
[[nodiscard]] tl::unexpected<Error> fail(Error error);

}  // namespace bursary
