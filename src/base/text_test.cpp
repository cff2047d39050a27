#include "base/text.h"

#include <doctest/doctest.h>

#include <string>

using namespace bursary;

TEST_CASE("what is UTF-8 and what is not") {
  for (const std::string_view good :
       {"", "plain", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "12345678\xC3\xA9"}) {
    CHECK_MESSAGE(is_utf8(good), good.size());
  }
  for (const std::string_view bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF",
                                     "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98",
                                     "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "12345678\xC3"}) {
    CHECK_FALSE_MESSAGE(is_utf8(bad), bad.size());
  }
  // At every place of a word of eight.
  for (std::size_t place = 0; place < 40; ++place) {
    std::string text(40, 'a');
    text[place] = '\xFF';
    CHECK_FALSE(is_utf8(text));
  }
  CHECK(is_utf8(std::string_view("a\0b", 3)));
}

TEST_CASE("broken UTF-8 becomes readable") {
  CHECK(repair_utf8("caf\xC3\xA9") == "caf\xC3\xA9");
  CHECK(repair_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(repair_utf8("a\xE2\x82z") == "a\xEF\xBF\xBDz");
  CHECK(repair_utf8("\xF0\x9F\x98") == "\xEF\xBF\xBD");
  CHECK(repair_utf8("\xC3\x28") == "\xEF\xBF\xBD(");
}

TEST_CASE("hidden characters") {
  CHECK_FALSE(has_control_characters("tab\tline\nreturn\r\n\xC2\xA0 \xE2\x80\x8B"));
  CHECK(has_control_characters(std::string_view("a\0b", 3)));
  CHECK(has_control_characters("a\x1B[31m"));
  CHECK(has_control_characters("\x7F"));
  CHECK(has_control_characters("\xC2\x85"));
  CHECK(has_bidi_controls("user\xE2\x80\xAEtxt.exe"));
  CHECK(has_bidi_controls("\xE2\x81\xA6"));
  CHECK(has_bidi_controls("\xE2\x81\xA9"));
  // The marks that Arabic and Hebrew are written with may stand.
  CHECK_FALSE(has_bidi_controls("\xE2\x80\x8E\xE2\x80\x8F\xE2\x80\x93"));
}

TEST_CASE("what cannot be seen goes, what belongs to a script stays") {
  CHECK(without_hidden("one\r\n\ttwo\u2028three") == "one\n\ttwothree");
  CHECK(without_hidden("in\u202Evoice\u200B.\uFEFFpdf\u2060\u061C\u00AD") == "invoice.pdf");
  CHECK(without_hidden("\x01\x7F\u0085\u009F") == "");
  // Persian with its non-joiner, a family of one character, an Arabic sign for a year.
  for (const std::string seen : {"می\u200Cخواهم", "👩\u200D🔬", "\u0601١٩٩٩", "Ñandú"})
    CHECK(without_hidden(seen) == seen);
  CHECK(is_hidden(U'\n'));
  CHECK_FALSE(is_hidden(U' '));
}

TEST_CASE("newlines and the white space at both ends") {
  CHECK(unify_newlines("a\r\nb\rc\nd\r\r\n\r") == "a\nb\nc\nd\n\n\n");
  CHECK(unify_newlines("") == "");
  CHECK(trim(" \t\r\n a b \xC2\xA0\xE3\x80\x80\xE2\x80\xA8") == "a b");
  CHECK(trim("   ") == "");
  CHECK(trim("\xC3\xA9") == "\xC3\xA9");
}

TEST_CASE("one form for what looks the same") {
  CHECK(to_nfc("ascii") == "ascii");
  CHECK(to_nfc("e\xCC\x81") == "\xC3\xA9");
  CHECK(to_nfc("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB") == "\xED\x95\x9C");
  CHECK(to_nfc("\xEF\xAC\x81") == "\xEF\xAC\x81");  // a ligature stays: that is not for NFC
}

TEST_CASE("folded for search") {
  CHECK(fold("Crème BRÛLÉE") == "creme brulee");
  CHECK(fold("Straße") == "strasse");
  CHECK(fold("ﬁn ＡＢＣ ①") == "fin abc 1");
  CHECK(fold("ΣΊΣΥΦΟΣ") == fold("σίσυφος"));
  CHECK(fold("Ёлка") == fold("елка"));
  CHECK(fold("مُحَمَّد") == "محمد");
  CHECK(fold("が") == "が");  // not か: another letter
  CHECK(fold("한글") == "한글");
  CHECK(fold("हिन्दी") == "हिन्दी");
}

TEST_CASE("ASCII letters") {
  CHECK(to_lower_ascii("Content-TYPE \xC3\x89") == "content-type \xC3\x89");
  CHECK(equal_ignoring_case_ascii("Host", "hOST"));
  CHECK_FALSE(equal_ignoring_case_ascii("Host", "Hosts"));
  CHECK_FALSE(equal_ignoring_case_ascii("@", "`"));
}
