// Every kind of mistake that a form can hold, one row each.
#include "features/programs/mistake.h"

namespace bursary::programs {
namespace {

void add_question(Files& files, std::string_view text) {
  files["form.toml"] += "\n[[section.question]]\n" + std::string(text);
  files["es/form.toml"] += "extra.label = \"Otra\"\n";
}

}  // namespace

std::vector<Mistake> form_mistakes() {
  const std::string form = "form.toml";
  return {
      {"form-empty", form, "", "[[section]]", [](Files& f) { f["form.toml"] = "[meanings]\n"; }, Kind::with_others},
      {"section-empty", form, "[[section]]\nkey = \"last\"", "take the section away",
       [](Files& f) {
         f["form.toml"] += "\n[[section]]\nkey = \"last\"\ntitle = \"Last\"\n";
         replace(f, "es/form.toml", "[questions]", "[sections.last]\ntitle = \"Fin\"\n\n[questions]");
       }},
      {"duplicate-section", form, "key = \"main\"\ntitle = \"Again\"", "of its own",
       [](Files& f) {
         f["form.toml"] += "\n[[section]]\nkey = \"main\"\ntitle = \"Again\"\n";
         add_question(f, "key = \"extra\"\ntype = \"short_text\"\nlabel = \"Extra\"\n");
       }},
      {"duplicate-question", form, "key = \"given\"\ntype = \"date\"", "of its own",
       [](Files& f) {
         f["form.toml"] += "\n[[section.question]]\nkey = \"given\"\ntype = \"date\"\nlabel = \"Day\"\n";
       }},
      {"bad-key", form, "First-Name", "small letters",
       [](Files& f) { replace(f, "form.toml", "\"given\"\ntype", "\"First-Name\"\ntype"); }, Kind::with_others},
      {"bad-key", form, "Option 1", "small letters",
       [](Files& f) { replace(f, "form.toml", "key = \"one\"", "key = \"Option 1\""); }, Kind::with_others},
      {"question-type-unknown", form, "longtext", "\"long_text\"",
       [](Files& f) { replace(f, "form.toml", "\"long_text\"", "\"longtext\""); }, Kind::with_others},
      {"options-missing", form, "[[section.question]]\nkey = \"extra\"", "[[section.question.option]]",
       [](Files& f) { add_question(f, "key = \"extra\"\ntype = \"single_choice\"\nlabel = \"Extra\"\n"); },
       Kind::with_others},
      {"option-label-missing", form, "[[section.question.option]]\nkey = \"two\"", "label = \"…\"",
       [](Files& f) { replace(f, "form.toml", "key = \"two\"\nlabel = \"Two\"", "key = \"two\""); }},
      {"duplicate-option", form, "key = \"one\"\nlabel = \"Two\"", "of its own",
       [](Files& f) { replace(f, "form.toml", "key = \"two\"", "key = \"one\""); }, Kind::with_others},

      {"condition-question-unknown", form, "shown_when", "\"topics\"",
       [](Files& f) { replace(f, "form.toml", "question = \"topics\"", "question = \"topic\""); }},
      {"condition-order", form, "shown_when", "top to bottom",
       [](Files& f) {
         replace(f, "form.toml", "label = \"First name\"",
                 "label = \"First name\"\nshown_when = { question = \"email\" }");
       }},
      {"condition-cycle", form, "shown_when = { question = \"details\" }", "circle",
       [](Files& f) {
         replace(f, "form.toml", "label = \"Topics\"", "label = \"Topics\"\nshown_when = { question = \"details\" }");
       },
       Kind::with_others},
      {"condition-cycle", form, "shown_when = { question = \"given\" }", "circle",
       [](Files& f) {
         replace(f, "form.toml", "label = \"First name\"",
                 "label = \"First name\"\nshown_when = { question = \"given\" }");
       },
       Kind::with_others},
      {"condition-value-unknown", form, "[\"tow\"]", "\"two\"",
       [](Files& f) { replace(f, "form.toml", "[\"two\"]", "[\"tow\"]"); }},
      {"condition-value-unknown", form, "[\"KX\"]", "\"KE\"",
       [](Files& f) { replace(f, "form.toml", "\"topics\", values = [\"two\"]", "\"place\", values = [\"KX\"]"); }},
      {"condition-unfit", form, "shown_when", "Leave values out",
       [](Files& f) { replace(f, "form.toml", "question = \"topics\"", "question = \"email\""); }},
      {"condition-needless", form, "required_when", "Take required",
       [](Files& f) {
         replace(f, "form.toml", "max_words = 100", "required = true\nrequired_when = { question = \"topics\" }");
       },
       Kind::warning},
      {"required-in-optional", form, "key = \"given\"", "Take required away",
       [](Files& f) { replace(f, "form.toml", "title = \"Main\"", "title = \"Main\"\noptional = true"); },
       Kind::with_others},

      {"limits-contradict", form, "min_words", "smaller",
       [](Files& f) { replace(f, "form.toml", "max_words = 100", "max_words = 100\nmin_words = 101"); }},
      {"limits-contradict", form, "min_words", "min_words",
       [](Files& f) { replace(f, "form.toml", "max_words = 100", "max_characters = 20\nmin_words = 30"); }},
      {"limits-contradict", form, "max_choices", "number of options",
       [](Files& f) { replace(f, "form.toml", "label = \"Topics\"", "label = \"Topics\"\nmax_choices = 3"); }},
      {"limits-contradict", form, "earliest", "earliest",
       [](Files& f) {
         add_question(
             f, "key = \"extra\"\ntype = \"date\"\nlabel = \"Day\"\nearliest = 2027-01-01\nlatest = 2026-01-01\n");
       }},
      {"negative-number", form, "max_words = -1", "from 1",
       [](Files& f) { replace(f, "form.toml", "max_words = 100", "max_words = -1"); }},
      {"out-of-range", form, "max_characters", "50000",
       [](Files& f) { replace(f, "form.toml", "max_words = 100", "max_characters = 1000000"); }},
      {"limit-unfit", form, "max_words = 5", "short_text",
       [](Files& f) { replace(f, "form.toml", "label = \"Country\"", "label = \"Country\"\nmax_words = 5"); }},
      {"limit-unfit", form, "[[section.question.option]]\nkey = \"x\"", "single_choice",
       [](Files& f) {
         replace(f, "form.toml", "label = \"Country\"",
                 "label = \"Country\"\n\n[[section.question.option]]\nkey = \"x\"\nlabel = \"X\"");
         f["es/form.toml"] += "place.options.x.label = \"X\"\n";
       }},
      {"bad-date", form, "earliest", "2026-03-01",
       [](Files& f) {
         add_question(f, "key = \"extra\"\ntype = \"date\"\nlabel = \"Day\"\nearliest = \"2026-02-30\"\n");
       }},
      {"file-type-unknown", form, "exe", "pdf",
       [](Files& f) { add_question(f, "key = \"extra\"\ntype = \"file\"\nlabel = \"CV\"\nfile_types = [\"exe\"]\n"); }},
      {"missing-key", form, "[[section.question]]\nkey = \"extra\"", "file_types",
       [](Files& f) { add_question(f, "key = \"extra\"\ntype = \"file\"\nlabel = \"CV\"\n"); }, Kind::with_others},
      {"bad-word", form, "given-nam", "given-name",
       [](Files& f) {
         replace(f, "form.toml", "label = \"First name\"", "label = \"First name\"\nautocomplete = \"given-nam\"");
       }},

      {"meaning-missing", form, "[meanings]",
       "email = ", [](Files& f) { replace(f, "form.toml", "email = \"email\"\n", ""); }},
      {"meaning-question-unknown", form, "emial", "\"email\"",
       [](Files& f) { replace(f, "form.toml", "email = \"email\"", "email = \"emial\""); }},
      {"meaning-type", form, "email = \"given\"", "type email",
       [](Files& f) { replace(f, "form.toml", "email = \"email\"", "email = \"given\""); }},
      {"countries-missing", form, "key = \"place\"", "countries.toml",
       [](Files& f) { f.erase("countries.toml"), f.erase("es/countries.toml"); }},
      {"consent-document-missing", form, "[[section.question]]\nkey = \"accept\"", "document = \"policy\"",
       [](Files& f) { replace(f, "form.toml", "document = \"policy\"\n", ""); }},
      {"document-unknown", form, "key = \"accept\"", "\"policy\"",
       [](Files& f) { replace(f, "form.toml", "document = \"policy\"", "document = \"polizy\""); }},
  };
}

namespace {

TEST_CASE("every mistake of a form is told with its code, its place and a mend") {
  for (const Mistake& mistake : form_mistakes()) check_mistake(mistake);
}

}  // namespace
}  // namespace bursary::programs
