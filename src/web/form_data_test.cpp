#include "web/form_data.h"

#include <doctest/doctest.h>

using namespace bursary;
using namespace bursary::web;

namespace {

std::string problem_of(const Result<FormData>& form) { return form ? "(none)" : form.error().message.key; }

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kType = "multipart/form-data; boundary=XX";

// "--XX", then each part's text, then the end.
std::string body_of(const std::vector<std::string>& parts) {
  std::string body;
  for (const std::string& part : parts) body += "--XX\r\n" + part + "\r\n";
  return body + "--XX--\r\n";
}

std::string field(const std::string& name, const std::string& value) {
  return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
}

std::string file(const std::string& parameters, const std::string& content) {
  return "Content-Disposition: form-data; name=\"f\"; " + parameters +
         "\r\nContent-Type: Application/PDF; x=y\r\n\r\n" + content;
}

std::string name_taken_from(const std::string& parameters) {
  const std::string body = body_of({file(parameters, "x")});
  const auto form = parse_multipart(body, kType);
  return form ? form->files.at(0).name : "(" + form.error().message.key + ")";
}

}  // namespace

TEST_CASE("urlencoded fields in order, duplicates and all") {
  const auto form = parse_urlencoded("a=1&b=x+y%20%26%3D&a=2&empty=&flag&%C3%A9=%E2%82%AC&&c=a%2Bb=c");
  REQUIRE(form);
  CHECK(form->fields ==
        Pairs{{"a", "1"}, {"b", "x y &="}, {"a", "2"}, {"empty", ""}, {"flag", ""}, {"é", "€"}, {"c", "a+b=c"}});
  CHECK(form->get("a") == "1");
  CHECK(form->all("a") == std::vector<std::string>{"1", "2"});
  CHECK(form->find("empty") == "");
  CHECK_FALSE(form->find("none"));
  CHECK(parse_urlencoded("")->fields.empty());
}

TEST_CASE("line ends become LF, other white space stays") {
  CHECK(parse_urlencoded("a=x%0D%0Ay%0Dz%0A%09")->get("a") == "x\ny\nz\n\t");
}

TEST_CASE("urlencoded bodies that are refused") {
  CHECK(problem_of(parse_urlencoded("a=%")) == "problem.form.escape");
  CHECK(problem_of(parse_urlencoded("a=%4")) == "problem.form.escape");
  CHECK(problem_of(parse_urlencoded("a=%zz")) == "problem.form.escape");
  CHECK(problem_of(parse_urlencoded("%=a")) == "problem.form.escape");
  CHECK(problem_of(parse_urlencoded("=a")) == "problem.form.name");
  CHECK(problem_of(parse_urlencoded("a%00b=c")) == "problem.form.name");
  CHECK(problem_of(parse_urlencoded("a%0Ab=c")) == "problem.form.name");
  CHECK(problem_of(parse_urlencoded("%FF=c")) == "problem.form.name");
  CHECK(problem_of(parse_urlencoded("%E2%80%AEa=c")) == "problem.form.name");  // reads backwards
  CHECK(problem_of(parse_urlencoded("a=%FF")) == "problem.form.encoding");
  CHECK(problem_of(parse_urlencoded("a=\xC0\xAF")) == "problem.form.encoding");
  CHECK(problem_of(parse_urlencoded("a=%ED%A0%80")) == "problem.form.encoding");
  CHECK(problem_of(parse_urlencoded("a=b%00c")) == "problem.form.nul");
  CHECK(problem_of(parse_urlencoded(std::string(201, 'n') + "=1")) == "problem.form.name_too_long");
  CHECK(problem_of(parse_urlencoded(repeated("n", 10'000'000) + "=1")) == "problem.form.name_too_long");
  CHECK(problem_of(parse_urlencoded("a=" + std::string(512 * 1024 + 1, 'x'))) == "problem.form.field_too_long");
  CHECK(problem_of(parse_urlencoded(repeated("a=1&", 501))) == "problem.form.too_many_fields");
  CHECK(problem_of(parse_urlencoded(repeated("&", 1'000'000))) == "(none)");
}

TEST_CASE("limits are exact and named in the message") {
  CHECK(problem_of(parse_urlencoded(repeated("a=1&", 500))) == "(none)");
  CHECK(problem_of(parse_urlencoded("a=" + std::string(std::size_t{512} * 1024, 'x'))) == "(none)");
  CHECK(problem_of(parse_urlencoded(std::string(200, 'n') + "=1")) == "(none)");
  CHECK(parse_urlencoded(repeated("a=1&", 501)).error().message ==
        Phrase("problem.form.too_many_fields", {{"limit", "500"}}));
  CHECK(parse_urlencoded("why=%FF").error().message == Phrase("problem.form.encoding", {{"field", "why"}}));
}

TEST_CASE("what was typed can be kept, with its problems beside it") {
  Request request;
  request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = std::make_shared<MemoryBody>("a=ok&b=x%FFy&c=x%00y&d=" + repeated("%C3%A9", 6));
  const auto kept = parse_form_keeping(request, {.field_bytes = 11});
  REQUIRE(kept);
  CHECK(kept->form.fields == Pairs{{"a", "ok"}, {"b", "x\uFFFDy"}, {"c", "xy"}, {"d", "ééééé"}});
  CHECK(kept->problems == std::vector<FieldError>{{"b", Phrase("problem.form.encoding", {{"field", "b"}})},
                                                  {"c", Phrase("problem.form.nul", {{"field", "c"}})},
                                                  {"d", Phrase("problem.form.field_too_long", {{"field", "d"}})}});
  const auto strict = parse_form(request, {.field_bytes = 11});
  REQUIRE_FALSE(strict);
  CHECK(strict.error().fields.size() == 3);
  CHECK(strict.error().kind == ErrorKind::invalid);
}

TEST_CASE("the type decides the parser") {
  Request request;
  request.body = std::make_shared<MemoryBody>("a=1");
  CHECK(problem_of(parse_form(request)) == "problem.media_type");
  request.headers.set("Content-Type", "text/plain");
  CHECK(problem_of(parse_form(request)) == "problem.media_type");
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  CHECK(parse_form(request)->get("a") == "1");
  request.headers.set("Content-Type", "multipart/form-data; boundary=XX");
  CHECK(problem_of(parse_form(request)) == "problem.form.malformed");
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::make_shared<MemoryBody>(body_of({field("a", "1")}));
  CHECK(problem_of(parse_form(request)) == "problem.form.name");
}

TEST_CASE("multipart fields and files") {
  const std::string body =
      body_of({field("a", "1"), field("b", "x\r\ny"), file("filename=\"r.pdf\"", std::string("%PDF\r\n--X\0", 10)),
               field("a", ""), file("filename=\"\"", ""), file("filename=\"empty.txt\"", "")});
  const auto form = parse_multipart(body, kType);
  REQUIRE(form);
  CHECK(form->fields == Pairs{{"a", "1"}, {"b", "x\ny"}, {"a", ""}});
  REQUIRE(form->files.size() == 2);  // the input left alone is none
  CHECK(form->files[0].field == "f");
  CHECK(form->files[0].name == "r.pdf");
  CHECK(form->files[0].declared_type == "application/pdf");
  CHECK(form->files[0].bytes == std::string_view("%PDF\r\n--X\0", 10));
  CHECK(form->files[1].name == "empty.txt");
  CHECK(form->files[1].bytes.empty());
  CHECK(parse_multipart("--XX--\r\n", kType)->fields.empty());
  CHECK(parse_multipart("--XX--", kType)->fields.empty());
}

TEST_CASE("boundaries are quoted or not, and never guessed") {
  const std::string body = body_of({field("a", "1")});
  CHECK(parse_multipart(body, "multipart/form-data; boundary=\"XX\"")->get("a") == "1");
  CHECK(parse_multipart(body, "multipart/form-data;charset=utf-8;BOUNDARY=XX")->get("a") == "1");
  for (const std::string type :
       {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"XX", "multipart/form-data; boundary=XX; boundary=YY",
        "multipart/form-data; boundary=\"X\r\nX\"", "multipart/form-data; x",
        "multipart/form-data; boundary=\xC3\xA9"}) {
    CAPTURE(type);
    CHECK(problem_of(parse_multipart(body, type)) == "problem.form.boundary");
  }
  CHECK(problem_of(parse_multipart(body, "multipart/form-data; boundary=" + std::string(71, 'X'))) ==
        "problem.form.boundary");
  CHECK(problem_of(parse_multipart(body, "multipart/form-data; boundary=X")) == "problem.form.malformed");
  CHECK(problem_of(parse_multipart(body, "multipart/form-data; boundary=XXX")) == "problem.form.malformed");
}

TEST_CASE("every cut of a multipart body is refused") {
  const std::string body = body_of({field("a", "1"), file("filename=\"a.pdf\"", "content")});
  for (std::size_t length = 0; length < body.size() - 2; ++length) {
    CAPTURE(length);
    const auto form = parse_multipart(std::string_view(body).substr(0, length), kType);
    REQUIRE_FALSE(form);
    const std::string& key = form.error().message.key;
    const bool told = key == "problem.form.truncated" || (key == "problem.form.malformed" && length < 4);
    CHECK(told);
  }
  CHECK(parse_multipart(std::string_view(body).substr(0, body.size() - 2), kType).has_value());
}

TEST_CASE("multipart bodies that could be read in two ways") {
  const auto refused = [](const std::string& body) { return problem_of(parse_multipart(body, kType)); };
  CHECK(refused("preamble\r\n" + body_of({field("a", "1")})) == "problem.form.malformed");
  CHECK(refused(body_of({field("a", "1")}) + "epilogue") == "problem.form.malformed");
  CHECK(refused(body_of({field("a", "x\r\n--XXmore")})) == "problem.form.malformed");
  CHECK(refused(body_of({"name: a\r\n\r\n1"})) == "problem.form.part_headers");
  CHECK(refused(body_of({"Content-Disposition: attachment; name=\"a\"\r\n\r\n1"})) == "problem.form.part_headers");
  CHECK(refused(body_of({"Content-Disposition: form-data\r\n\r\n1"})) == "problem.form.part_headers");
  CHECK(refused(body_of({"Content-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1"})) ==
        "problem.form.part_headers");
  CHECK(refused(body_of({"Content-Disposition: form-data; name=\"a\r\n\r\n1"})) == "problem.form.part_headers");
  CHECK(refused(body_of(
            {"Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1"})) ==
        "problem.form.part_headers");
  CHECK(refused(
            body_of({"Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ=="})) ==
        "problem.form.part_headers");
  CHECK(refused(body_of({"Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''x\r\n\r\n1"})) ==
        "problem.form.part_headers");
  CHECK(refused(body_of({"Content-Disposition form-data\r\n\r\n1"})) == "problem.form.part_headers");
  CHECK(refused(body_of({"X: " + std::string(9000, 'x') + "\r\n" + field("a", "1")})) == "problem.form.part_headers");
  CHECK(refused(body_of({field("", "1")})) == "problem.form.name");
  CHECK(refused(body_of({field(std::string("a\0b", 3), "1")})) == "problem.form.part_headers");
  CHECK(refused(body_of({field(std::string(201, 'n'), "1")})) == "problem.form.name_too_long");
  CHECK(refused(body_of({field("a", "\xFF")})) == "problem.form.encoding");
  CHECK(refused(body_of({field("a", std::string("x\0y", 3))})) == "problem.form.nul");
}

TEST_CASE("parts are counted") {
  CHECK(problem_of(parse_multipart(body_of(std::vector<std::string>(501, field("a", "1"))), kType)) ==
        "problem.form.too_many_fields");
  CHECK(problem_of(parse_multipart(body_of(std::vector<std::string>(21, file("filename=\"a\"", "x"))), kType)) ==
        "problem.form.too_many_files");
  CHECK(problem_of(parse_multipart(body_of(std::vector<std::string>(10'000, file("filename=\"\"", ""))), kType)) ==
        "problem.form.too_many_fields");
}

TEST_CASE("a file's name cannot lead anywhere") {
  CHECK(name_taken_from("filename=\"a b.pdf\"") == "a b.pdf");
  CHECK(name_taken_from("filename=a.pdf") == "a.pdf");
  CHECK(name_taken_from("filename=\"../../etc/passwd\"") == "passwd");
  CHECK(name_taken_from("filename=\"C:\\Users\\me\\cv.docx\"") == "cv.docx");
  CHECK(name_taken_from("filename=\"..\"") == "");
  CHECK(name_taken_from("filename=\"a/\"") == "");
  CHECK(name_taken_from("filename=\"a%22b.pdf\"") == "a\"b.pdf");
  CHECK(name_taken_from("filename=\"a\\\"b.pdf\"") == "a\"b.pdf");
  CHECK(name_taken_from("filename=\"a%0D%0Ab.pdf\"") == "ab.pdf");
  CHECK(name_taken_from("filename=\"100%.pdf\"") == "100%.pdf");
  CHECK(name_taken_from("filename=\"cv\xE2\x80\xAE"
                        "fdp.exe\"") == "cvfdp.exe");  // would read as cvexe.pdf
  CHECK(name_taken_from("filename=\"cv\u200F.\u200Bp\u2028d\uFEFFf\"") == "cv.pdf");
  CHECK(name_taken_from("filename=\"a\x01\x7F.pdf\"") == "a.pdf");
  CHECK(name_taken_from("filename=\"\xFF.pdf\"") == "\uFFFD.pdf");
  CHECK(name_taken_from("filename=\"résumé 履歴書.pdf\"") == "résumé 履歴書.pdf");
  CHECK(name_taken_from("filename=\"  .pdf \"") == ".pdf");
  CHECK(name_taken_from("filename=\"" + repeated("é", 200) + "\"") == repeated("é", 127));
}

TEST_CASE("percent coding there and back") {
  CHECK(percent_decode("a+b%2B", false) == "a+b+");
  CHECK(percent_decode("a+b%2b", true) == "a b+");
  CHECK_FALSE(percent_decode("%", true));
  CHECK_FALSE(percent_decode("%1", true));
  CHECK_FALSE(percent_decode("%1g", true));
  std::string every;
  for (int i = 0; i < 256; ++i) every += static_cast<char>(static_cast<unsigned char>(i));
  CHECK(percent_decode(percent_encode(every), true) == every);
}
