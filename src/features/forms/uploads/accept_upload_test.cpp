// A corpus of files as people and attackers send them.
#include <doctest/doctest.h>

#include <array>

#include "features/forms/forms.h"
#include "features/forms/uploads/zip_for_test.h"

namespace bursary::forms {
namespace {

using namespace std::string_literals;

Question any_file() {
  Question question;
  question.key = "cv";
  question.type = QuestionType::file;
  question.limits.max_file_bytes = 4u << 20;
  return question;
}

std::string outcome(const std::string& name, const std::string& bytes, const Question& question = any_file()) {
  const auto result =
      accept_upload(question, {.field = "cv", .name = name, .declared_type = "text/html", .bytes = bytes});
  return result ? *result : result.error().message.key;
}

std::string pdf(const std::string& inside = "1 0 obj<<>>endobj") {
  return "%PDF-1.7\n" + inside + "\ntrailer<<>>\n%%EOF\n";
}

std::string big32(unsigned value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}
std::string png(unsigned width = 10, unsigned height = 10) {
  const auto chunk = [](const std::string& kind, const std::string& data) {
    return big32(static_cast<unsigned>(data.size())) + kind + data + "\0\0\0\0"s;
  };
  return "\x89PNG\r\n\x1a\n"s + chunk("IHDR", big32(width) + big32(height) + "\x08\2\0\0\0"s) + chunk("IDAT", "data") +
         chunk("IEND", "");
}
std::string jpeg() {
  return "\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x0b\x08\0\x10\0\x10\x01\x01\x11\0\xff\xda\0\x02pixels\xff\xd9"s;
}

ZipEntry types(const std::string& content = "<Types/>") { return {.name = "[Content_Types].xml", .data = content}; }
ZipEntry document() { return {.name = "word/document.xml", .data = "<w:document/>"}; }
std::string docx(std::vector<ZipEntry> more = {}) {
  std::vector<ZipEntry> entries{types(), document()};
  entries.insert(entries.end(), more.begin(), more.end());
  return zip(entries);
}

}  // namespace

TEST_CASE("good files of each kind are taken by their content") {
  CHECK(outcome("cv.pdf", pdf()) == "application/pdf");
  CHECK(outcome("CV.PDF", pdf()) == "application/pdf");
  CHECK(outcome("shot.png", png()) == "image/png");
  CHECK(outcome("photo.jpg", jpeg()) == "image/jpeg");
  CHECK(outcome("photo.JPEG", jpeg()) == "image/jpeg");
  CHECK(outcome("notes.txt", "Zoë\r\n\tnotes\f") == "text/plain");
  CHECK(outcome("notes.txt", "\xef\xbb\xbfwith a mark") == "text/plain");
  CHECK(outcome("履歴書 (2).docx", docx()) ==
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
}

TEST_CASE("empty and oversized files say so") {
  CHECK(outcome("cv.pdf", "") == "forms.problem.file_empty");
  const auto large = accept_upload(
      any_file(), {.field = "cv", .name = "cv.txt", .declared_type = "", .bytes = std::string((4u << 20) + 1, 'a')});
  REQUIRE_FALSE(large.has_value());
  CHECK(large.error().message == Phrase("forms.problem.file_large", {{"most", "4 MB"}, {"size", "4 MB"}}));
}

TEST_CASE("a kind that the question does not take is refused with the list of what it takes") {
  Question question = any_file();
  question.limits.file_types = {"pdf", "docx"};
  const auto refused =
      accept_upload(question, {.field = "cv", .name = "a.png", .declared_type = "application/pdf", .bytes = png()});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message == Phrase("forms.problem.file_type", {{"types", "PDF, DOCX"}}));
  CHECK(outcome("a.bin", "\x01\x02\x03") == "forms.problem.file_type");
  CHECK(outcome("old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"s) == "forms.problem.file_type");
  CHECK(outcome("a.gif", "GIF89a\x01\x00"s) == "forms.problem.file_type");
}

TEST_CASE("a name that tells another kind than the content is refused") {
  CHECK(outcome("cv.pdf", png()) == "forms.problem.file_ending");
  CHECK(outcome("cv.png", pdf()) == "forms.problem.file_ending");
  CHECK(outcome("cv", pdf()) == "forms.problem.file_ending");
  CHECK(outcome("cv.pdf.html", pdf()) == "forms.problem.file_ending");
  CHECK(outcome("cv.docm", docx()) == "forms.problem.file_ending");
  CHECK(outcome("cv.pdf", "plain text") == "forms.problem.file_ending");
}

TEST_CASE("names that are not safe are refused") {
  for (const std::string& name : {""s, "../cv.pdf"s, "a\\b.pdf"s, "cv\0.pdf"s, "cv\n.pdf"s, "cv\u202Efdp.pdf"s, ".pdf"s,
                                  std::string(300, 'a') + ".pdf", "\xff.pdf"s}) {
    CAPTURE(name);
    CHECK(outcome(name, pdf()) == "forms.problem.file_name");
  }
}

TEST_CASE("programs are refused whatever they are called") {
  for (const std::string& bytes :
       {"MZ\x90\0"s,
        "\x7f"
        "ELF\2\1"s,
        "#!/bin/sh\nrm -rf /"s, "\xca\xfe\xba\xbe\0\0"s, "\0asm\1\0\0\0"s, "\xcf\xfa\xed\xfe"s}) {
    CHECK(outcome("cv.pdf", bytes) == "forms.problem.file_program");
    CHECK(outcome("cv.txt", bytes) == "forms.problem.file_program");
  }
}

TEST_CASE("damaged files are refused") {
  CHECK(outcome("cv.pdf", "%PDF-1.7\nno end") == "forms.problem.file_damaged");
  CHECK(outcome("cv.pdf", "%PDF-9\n%%EOF") == "forms.problem.file_damaged");
  CHECK(outcome("a.png", png().substr(0, 40)) == "forms.problem.file_damaged");
  CHECK(outcome("a.png", png(0, 10)) == "forms.problem.file_damaged");
  CHECK(outcome("a.jpg", jpeg().substr(0, 12)) == "forms.problem.file_damaged");
  CHECK(outcome("cv.docx", docx().substr(0, 60)) == "forms.problem.file_damaged");
  for (std::size_t length = 1; length < docx().size(); length += 7)
    CHECK(outcome("cv.docx", docx().substr(0, length)).starts_with("forms.problem."));
  for (std::size_t length = 1; length < png().size(); ++length)
    CHECK(outcome("a.png", png().substr(0, length)).starts_with("forms.problem."));
  for (std::size_t length = 1; length < jpeg().size(); ++length)
    CHECK(outcome("a.jpg", jpeg().substr(0, length)).starts_with("forms.problem."));
}

TEST_CASE("a file that is two kinds at once is refused") {
  CHECK(outcome("cv.pdf", pdf() + docx()) == "forms.problem.file_two_kinds");
  CHECK(outcome("a.png", png() + "trailing") == "forms.problem.file_two_kinds");
  CHECK(outcome("a.jpg", jpeg() + docx()) == "forms.problem.file_two_kinds");
}

TEST_CASE("what would run when it is opened is refused") {
  CHECK(outcome("cv.pdf", pdf("<</S/JavaScript/JS(app.alert(1))>>")) == "forms.problem.file_active");
  CHECK(outcome("cv.pdf", pdf("<</S/Launch/F(cmd.exe)>>")) == "forms.problem.file_active");
  CHECK(outcome("cv.txt", "  <!DOCTYPE html><script>") == "forms.problem.file_markup");
  CHECK(outcome("cv.txt", "<svg onload=alert(1)>") == "forms.problem.file_markup");
}

TEST_CASE("plain text is UTF-8 without control characters") {
  CHECK(outcome("cv.txt", "caf\xe9") == "forms.problem.file_not_utf8");
  CHECK(outcome("cv.txt", "\xff\xfeh\0i\0"s) == "forms.problem.file_not_utf8");
  CHECK(outcome("cv.txt", "a\0b"s) == "forms.problem.file_not_text");
}

TEST_CASE("a picture made to exhaust its reader is refused") {
  CHECK(outcome("a.png", png(60'000, 60'000)) == "forms.problem.file_pixels");
}

TEST_CASE("a Word document brings nothing along") {
  CHECK(outcome("cv.docx", docx({{.name = "word/vbaProject.bin", .data = "x"}})) == "forms.problem.file_macros");
  CHECK(outcome("cv.docx", zip({types("<Types a=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>"),
                                document()})) == "forms.problem.file_macros");
  CHECK(outcome("cv.docx", docx({{.name = "word/media/run.EXE", .data = "x"}})) == "forms.problem.file_macros");
  CHECK(outcome("cv.docx", docx({{.name = "word/embeddings/oleObject1.bin", .data = "x"}})) ==
        "forms.problem.file_nested");
  CHECK(outcome("cv.docx", docx({{.name = "extra.zip", .data = "x"}})) == "forms.problem.file_nested");
  CHECK(outcome("cv.docx", docx({{.name = "word/secret.xml", .data = "x", .flags = 1}})) ==
        "forms.problem.file_encrypted");
  CHECK(outcome("cv.docx", zip({document()})) == "forms.problem.file_archive");
  CHECK(outcome("cv.docx", zip({types()})) == "forms.problem.file_archive");
}

TEST_CASE("archives made to harm are refused") {
  CHECK(outcome("cv.docx", docx({{.name = "../../etc/passwd", .data = "x"}})) == "forms.problem.file_damaged");
  CHECK(outcome("cv.docx", docx({{.name = "word/lzma.xml", .data = "x", .method = 14}})) ==
        "forms.problem.file_damaged");
  CHECK(outcome("cv.docx", docx({{.name = "word/bomb.xml", .data = "x", .method = 8, .unpacked = 50u << 20}})) ==
        "forms.problem.file_bomb");
  std::vector<ZipEntry> many;
  many.reserve(60);
  for (int i = 0; i < 60; ++i)
    many.push_back(
        {.name = "word/" + std::to_string(i), .data = std::string(40'000, 'x'), .method = 8, .unpacked = 4u << 20});
  CHECK(outcome("cv.docx", docx(many)) == "forms.problem.file_bomb");
  CHECK(outcome("cv.docx", docx({{.name = "word/a.xml", .data = "abc", .same_place = true}})) ==
        "forms.problem.file_damaged");
  CHECK(outcome("cv.docx", zip({types(), document()}, "comment that is longer", 5)) == "forms.problem.file_damaged");
}

TEST_CASE("entries that share their bytes are a bomb") {
  CHECK(outcome("cv.docx", overlapping_zip({types(), document()})) == "forms.problem.file_bomb");
}

TEST_CASE("packed content types are unpacked within their bound") {
  ZipEntry packed = types("<Types>" + std::string(5000, ' ') + "macroEnabled</Types>");
  packed.deflate = true;
  CHECK(outcome("cv.docx", zip({packed, document()})) == "forms.problem.file_macros");
  ZipEntry good = types("<Types>" + std::string(5000, ' ') + "</Types>");
  good.deflate = true;
  CHECK(outcome("cv.docx", zip({good, document()})).starts_with("application/"));
  good.unpacked = 4000;  // less than it really is
  CHECK(outcome("cv.docx", zip({good, document()})) == "forms.problem.file_damaged");
}

}  // namespace bursary::forms
