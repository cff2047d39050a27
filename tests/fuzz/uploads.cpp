// Uploaded files: the first byte chooses the name's ending, the rest is the file. What is accepted is of a kind that is
// listed. modules: features/forms
#include <array>

#include "features/forms/forms.h"
#include "tests/fuzz/require.h"

using namespace bursary;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<const char*, 6> kNames{"a.pdf", "a.png", "a.jpg", "a.txt", "a.docx", "a.exe"};
  const std::string_view input = fuzz::text(data, size);
  if (input.empty()) return 0;
  forms::Question question;
  question.type = forms::QuestionType::file;
  const web::UploadedFile file{"cv", kNames[static_cast<unsigned char>(input[0]) % kNames.size()], "", input.substr(1)};
  if (const auto accepted = forms::accept_upload(question, file)) {
    fuzz::require(*accepted == "application/pdf" || *accepted == "image/png" || *accepted == "image/jpeg" ||
                  *accepted == "text/plain" || accepted->starts_with("application/vnd.openxmlformats-"));
    fuzz::require(!file.bytes.starts_with("MZ") && file.name != "a.exe");
  } else {
    fuzz::require(accepted.error().message.key.starts_with("forms.problem.file_"));
  }
  return 0;
}
