#include "features/forms/uploads/file_types.h"

#include <algorithm>
#include <array>

namespace bursary::forms {
namespace {

using namespace std::string_view_literals;

constexpr std::array kPdfEndings{".pdf"sv};
constexpr std::array kPngEndings{".png"sv};
constexpr std::array kJpegEndings{".jpg"sv, ".jpeg"sv};
constexpr std::array kTextEndings{".txt"sv};
constexpr std::array kDocxEndings{".docx"sv};

bool begins_pdf(std::string_view bytes) { return bytes.starts_with("%PDF-"); }
bool begins_png(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1a\n"sv); }
bool begins_jpeg(std::string_view bytes) { return bytes.starts_with("\xff\xd8\xff"sv); }
bool begins_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"sv); }
// Text has no first bytes of its own: what no other type claims, is asked whether it is text.
bool begins_text(std::string_view) { return true; }

constexpr std::array<FileType, 5> kTypes{{
    {"pdf", "PDF", "application/pdf", kPdfEndings, begins_pdf, examine_pdf},
    {"png", "PNG", "image/png", kPngEndings, begins_png, examine_png},
    {"jpeg", "JPEG", "image/jpeg", kJpegEndings, begins_jpeg, examine_jpeg},
    {"docx", "DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", kDocxEndings,
     begins_zip, examine_docx},
    {"txt", "TXT", "text/plain", kTextEndings, begins_text, examine_text},
}};

template <class Append>
std::string joined_types(const Question& question, Append append) {
  std::string out;
  for (const FileType& type : kTypes) {
    if (takes_type(question, type)) append(out, type);
  }
  return out;
}

}  // namespace

std::span<const FileType> file_types() { return kTypes; }

const FileType* file_type(std::string_view name) {
  const auto found = std::ranges::find(kTypes, name, &FileType::name);
  return found == kTypes.end() ? nullptr : &*found;
}

bool takes_type(const Question& question, const FileType& type) {
  const auto& listed = question.limits.file_types;
  return listed.empty() || std::ranges::find(listed, type.name) != listed.end();
}

std::string accept_attribute(const Question& question) {
  return joined_types(question, [](std::string& out, const FileType& type) {
    for (const std::string_view ending : type.endings) out.append(out.empty() ? "" : ",").append(ending);
  });
}

std::string names_of_types(const Question& question) {
  return joined_types(
      question, [](std::string& out, const FileType& type) { out.append(out.empty() ? "" : ", ").append(type.label); });
}

}  // namespace bursary::forms
