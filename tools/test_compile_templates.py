#!/usr/bin/env python3
"""What the template compiler writes, and above all what it refuses. Run by ctest."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import compile_templates as compiler  # noqa: E402
from html_states import Refused  # noqa: E402

VIEW = "{{#view features/site/a_view.h bursary::site::A}}\n"
WORDS = """
[site]
hello = "Hello"
named = "Hello {name}"
[site.count]
one = "{n} application"
other = "{n} applications"
"""


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        (self.root / "locales/en").mkdir(parents=True)
        (self.root / "locales/en/site.toml").write_text(WORDS)
        (self.root / "src/features/site").mkdir(parents=True)
        (self.root / "src/features/site/part.html").write_text(VIEW)

    def tearDown(self):
        self.folder.cleanup()

    def code(self, text):
        """The statements, without line directives and indentation."""
        made = compiler.Compiler(self.root, "features/site/a.html")
        made.run(VIEW + text)
        return [line.strip() for line in made.code if not line.startswith("#line")]

    def refused(self, text, message, line=None):
        with self.assertRaises(Refused) as caught:
            self.code(text)
        self.assertIn(message, str(caught.exception))
        if line is not None:
            self.assertEqual(caught.exception.line, line)


class Places(Case):
    def test_text(self):
        self.assertEqual(self.code("<p>{{ v.a }}</p>"), ['w.raw("<p>"sv);', "w.text(v.a);", 'w.raw("</p>"sv);'])

    def test_attribute(self):
        self.assertIn("w.attribute(v.a);", self.code("<p class=\"{{ v.a }}\" title='x {{ v.b }}'></p>"))
        self.assertIn("w.attribute(v.b);", self.code("<p class=\"{{ v.a }}\" title='x {{ v.b }}'></p>"))

    def test_every_url_attribute(self):
        for name in "href src action formaction poster cite data srcset xlink:href HREF Src FormAction".split():
            self.assertIn("w.url(v.a);", self.code(f'<b {name}="{{{{ v.a }}}}"></b>'), name)

    def test_inside_a_url(self):
        code = self.code('<a href="/x/{{ v.a }}/y?q={{ v.b }}#{{ v.c }}"></a>')
        self.assertEqual([c for c in code if "raw" not in c], ["w.url_part(v.a);", "w.url_part(v.b);", "w.url_part(v.c);"])
        self.assertIn("w.url_part(v.b);", self.code('<a href="{{ v.a }}?q={{ v.b }}"></a>'))
        self.assertIn("w.url_part(v.a);", self.code('<a href="mailto:{{ v.a }}"></a>'))

    def test_title_and_textarea_take_no_html(self):
        self.assertIn("w.attribute(v.a);", self.code("<title>{{ v.a }}</title>"))
        self.assertIn("w.attribute(v.a);", self.code("<textarea>{{ v.a }}</textarea>"))

    def test_textarea_keeps_the_first_line_end_of_its_value(self):
        self.assertIn('w.raw("<textarea>\\n"sv);', self.code("<textarea>{{ v.a }}</textarea>"))

    def test_text_after_textarea_is_text_again(self):
        self.assertIn("w.text(v.b);", self.code("<textarea>{{ v.a }}</textarea><p>{{ v.b }}</p>"))

    def test_markup_in_a_string_is_the_expressions_own(self):
        self.assertIn('w.text(f("}}", \'"\', {1}));', self.code("{{ f(\"}}\", '\"', {1}) }}"))


class Refusals(Case):
    def test_inline_code(self):
        self.refused("<script>alert(1)</script>", "<script> must be empty")
        self.refused("<script>{{ v.a }}</script>", "<script> must be empty")
        self.refused("<style>p{}</style>", "<style> is not allowed")
        self.refused('<p style="color:red">', "'style' is not allowed")
        self.refused('<p STYLE="color:red">', "'style' is not allowed")
        self.refused('<p onclick="x()">', "'onclick' is not allowed")
        self.refused('<p OnClick="{{ v.a }}">', "'onclick' is not allowed")
        self.refused('<iframe srcdoc="x">', "<iframe> is not allowed")
        self.refused('<meta http-equiv="refresh">', "'http-equiv' is not allowed")
        self.refused('<svg><animate attributeName="href"></svg>', "<animate> is not allowed")

    def test_a_script_file_is_fine(self):
        self.assertIn('w.raw("\\" defer></script>"sv);', self.code('<script src="{{ v.a }}" defer></script>'))

    def test_unquoted_values(self):
        self.refused("<p class={{ v.a }}>", "must be quoted")
        self.refused("<p class=a>", "must be quoted")
        self.refused("<p class={{#if v.a}}'x'{{/if}}>", "must be quoted")

    def test_names(self):
        self.refused("<{{ v.a }}>", "cannot stand in a tag")
        self.refused("<p {{ v.a }}>", "cannot stand in a tag")
        self.refused('<p data-{{ v.a }}="x">', "cannot stand in a tag")
        self.refused("<h{{ v.a }}>", "cannot stand in a tag")
        self.refused('<p data-{{#if v.a}}a{{/if}}="x">', "white space is missing")

    def test_schemes(self):
        self.refused('<a href="javascript:{{ v.a }}">', "'javascript:' is no scheme")
        self.refused('<a href="java{{ v.a }}">', "scheme")
        self.refused('<a href="{{#if v.x}}java{{/if}}{{ v.a }}">', "scheme")
        self.refused('<a href="data:text/html,x">', "'data:' is no scheme")
        self.refused('<a href="{{@site.hello}}">', "phrase cannot stand in a URL")

    def test_comments_and_raw_text(self):
        self.refused("<!-- {{ v.a }} -->", "comment")
        self.refused("<!-- {{#if v.a}} -->{{/if}}", "comment")
        self.refused("<textarea><b></textarea>", "cannot stand in <textarea>")
        self.refused("a < b", "&lt;")

    def test_unfinished(self):
        self.refused("<p", "ends inside a tag")
        self.refused('<p class="', "ends inside a tag")
        self.refused("<!-- x", "ends inside a comment")
        self.refused("<pre>x", "ends inside <pre>")
        self.refused("{{ v.a", "never closed")
        self.refused("<p>\n\n{{#if v.a}}\nx", "never closed", 4)

    def test_attributes_need_space(self):
        self.refused('<p class="a"id="b">', "white space is missing")
        self.refused('<p class="a"{{#if v.x}}id="b"{{/if}}>', "white space is missing")


class Branches(Case):
    def test_an_attribute_may_be_there_or_not(self):
        code = self.code("<input{{#if v.a}} checked{{/if}}>")
        self.assertEqual(code, ['w.raw("<input"sv);', "if (v.a) {", 'w.raw(" checked"sv);', "}", 'w.raw(">"sv);'])

    def test_branches_must_meet(self):
        self.refused('<p{{#if v.a}} class="x{{/if}}">', "different places")
        self.refused("{{#if v.a}}<p{{/if}}>", "different places")
        self.refused('<p class="{{#if v.a}}x"{{#else}}y{{/if}}>', "different places")
        self.refused("{{#for i in v.a}}<textarea>{{/for}}", "different places")
        self.refused("{{#if v.a}}<pre>{{/if}}</pre>", "different places")

    def test_all_branches_may_end_elsewhere_together(self):
        code = self.code('<a {{#if v.a}}href="{{ v.b }}"{{#else}}name="n"{{/if}}>')
        self.assertIn("w.url(v.b);", code)
        self.assertIn('w.raw("name=\\"n\\""sv);', code)
        self.assertIn('w.text(v.c);', self.code("{{#if v.a}}<p>{{#else}}<p class='x'>{{/if}}{{ v.c }}</p>"))

    def test_shape(self):
        self.refused("{{#if v.a}}{{#else}}{{#else}}{{/if}}", "nothing may follow")
        self.refused("{{#if v.a}}{{/for}}", "closes the {{#if}}")
        self.refused("{{#for i in v.a}}{{/if}}", "meets the {{#for}}")
        self.refused("{{/if}}", "closes nothing")
        self.refused("{{#else}}", "closes nothing")
        self.refused("{{#if}}{{/if}}", "needs a condition")
        self.refused("{{#for v.a}}{{/for}}", "write {{#for item in expression}}")
        self.refused("{{#while v.a}}", "there is no")
        self.refused("{{}}", "nothing between")

    def test_loops_and_names(self):
        code = self.code("{{#for [key, item] in v.all}}{{#let n = item.name}}{{ n }}{{/for}}")
        self.assertEqual(code, ["for ([[maybe_unused]] const auto& [key, item] : v.all) {", "const auto& n = item.name;", "w.text(n);", "}"])

    def test_elif(self):
        code = self.code("{{#if v.a}}a{{#elif v.b}}b{{#else}}c{{/if}}")
        self.assertEqual([c for c in code if "raw" not in c], ["if (v.a) {", "} else if (v.b) {", "} else {", "}"])


class Words(Case):
    def test_phrases(self):
        self.assertEqual(self.code("{{@site.hello}}"), ['w.phrase("site.hello"sv);'])
        self.assertEqual(
            self.code("{{@site.named name=f(v.a, b == c)}}"),
            ['w.phrase("site.named"sv, {{"name", ::bursary::html::phrase_value(f(v.a, b == c))}});'],
        )
        self.assertEqual(self.code("{{@= v.message}}"), ["w.phrase(v.message);"])
        self.assertIn('w.phrase("site.hello"sv);', self.code('<p title="{{@site.hello}}">'))

    def test_what_is_missing(self):
        self.refused("{{@site.bye}}", "phrase 'site.bye' is not in")
        self.refused("{{@site.named}}", "says {name} and gets no value")
        self.refused("{{@site.hello name=v.a}}", "does not say {name}")
        self.refused("{{@site.count}}", "needs n=")
        self.refused("{{@site.count n=v.a n=v.b}}", "given twice")
        self.refused("\n\n{{@Site}}", "no phrase key", 4)

    def test_other_files_may_be_broken(self):
        (self.root / "locales/en/queue.toml").write_text("[broken")
        self.assertEqual(self.code("{{@site.hello}}"), ['w.phrase("site.hello"sv);'])
        self.refused("{{@queue.a}}", "queue.toml")


class Space(Case):
    def test_indentation_between_tags_becomes_one_line_end(self):
        self.assertEqual(self.code("<ul>\n    <li>a  b</li>\n\n\n  </ul>\n"), ['w.raw("<ul>\\n<li>a  b</li>\\n</ul>\\n"sv);'])

    def test_space_between_words_and_tags_stays(self):
        self.assertEqual(self.code("a <b>b</b> c\n  <i>d</i>"), ['w.raw("a <b>b</b> c\\n<i>d</i>"sv);'])

    def test_pre_and_textarea_are_left_alone(self):
        self.assertEqual(self.code("<pre>\n  a\n\n  b</pre>"), ['w.raw("<pre>\\n  a\\n\\n  b</pre>"sv);'])
        self.assertEqual(self.code("<textarea>\n  a\n\n  b</textarea>"), ['w.raw("<textarea>\\n  a\\n\\n  b</textarea>"sv);'])

    def test_a_directive_alone_leaves_no_line(self):
        code = self.code("<ul>\n  {{#for i in v.a}}\n    <li></li>\n  {{/for}}\n</ul>")
        self.assertEqual([c for c in code if "raw" in c], ['w.raw("<ul>\\n"sv);', 'w.raw("<li></li>\\n"sv);', 'w.raw("</ul>"sv);'])

    def test_comments_go(self):
        self.assertEqual(self.code("a{{! x }} <!-- y -->b"), ['w.raw("a b"sv);'])


class Files(Case):
    def test_names(self):
        self.assertEqual(compiler.names("features/site/home.html"), ("site", "home"))
        self.assertEqual(compiler.names("features/forms/fields/short-text.html"), ("forms::fields", "short_text"))
        with self.assertRaises(Refused):
            compiler.names("features/queue/export.html")

    def test_whole_file_and_quiet_rewrite(self):
        (self.root / "src/features/site/a.html").write_text(VIEW + "{{> features/site/part.html v.part}}")
        output = self.root / "out/features/site/a.html"
        compiler.compile_file(self.root, "features/site/a.html", output)
        header = output.with_name("a.html.h").read_text()
        code = output.with_name("a.html.cpp")
        self.assertIn("namespace bursary::tpl::site {\nvoid a(::bursary::html::Writer& w, [[maybe_unused]] const ::bursary::site::A& v);", header)
        self.assertIn('#include "features/site/part.html.h"', code.read_text())
        self.assertIn("::bursary::tpl::site::part(w, v.part);", code.read_text())
        self.assertIn('#line 2 "src/features/site/a.html"', code.read_text())
        before = code.stat().st_mtime_ns
        compiler.compile_file(self.root, "features/site/a.html", output)
        self.assertEqual(code.stat().st_mtime_ns, before)

    def test_includes(self):
        self.refused("{{> features/site/none.html v}}", "does not exist")
        self.refused('<p class="{{> features/site/part.html v}}">', "only where text may stand")
        self.refused("{{> features/site/part.html}}", "write {{>")

    def test_the_view_comes_first(self):
        with self.assertRaises(Refused):
            compiler.Compiler(self.root, "features/site/a.html").run("<p></p>")


if __name__ == "__main__":
    unittest.main()
