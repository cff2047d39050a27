#!/usr/bin/env python3
"""Turns a module's HTML templates into C++ functions: compile_templates.py PROJECT_ROOT OUTPUT_FOLDER MODULE TEMPLATE...
(module and templates relative to src).

docs/templates.md has the language. Output is escaped for the place it stands in, found here by walking the HTML with
tools/html_states.py; what cannot be made safe is refused with file and line, so nothing is left to check when a page
is served.
"""
import dataclasses
import functools
import pathlib
import re
import sys
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from html_states import Html, Refused  # noqa: E402

PLURALS = {"zero", "one", "two", "few", "many", "other"}
KEYWORDS = set(
    "alignas alignof and asm auto bool break case catch char class compl concept const continue decltype default delete do double "
    "else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not nullptr "
    "operator or private protected public register requires return short signed sizeof static struct switch template this throw "
    "true try typedef typeid typename union unsigned using virtual void volatile while xor w v".split()
)
LONGEST_LITERAL = 16_000  # ISO C++ promises 65,536


@dataclasses.dataclass
class Token:
    kind: str  # literal, or the sign after "{{": "" # / @ > !
    text: str
    line: int
    line_start: bool = False  # of a literal: what came before on its line was dropped


def end_of_tag(text, start):
    """Where the "}}" is that ends a tag: outside C++ strings and braces. -1: nowhere."""
    depth = 0
    at = start
    while at < len(text):
        c = text[at]
        if c in "\"'" and not (c == "'" and text[at - 1].isalnum()):  # 1'000 is no character literal
            at += 1
            while at < len(text) and text[at] != c:
                at += 2 if text[at] == "\\" else 1
        elif c == "{":
            depth += 1
        elif c == "}":
            if depth == 0:
                return at if text.startswith("}}", at) else -1
            depth -= 1
        at += 1
    return -1


def tokenize(text):
    tokens = []
    at, line = 0, 1
    while at < len(text):
        found = text.find("{{", at)
        if found < 0:
            found = len(text)
        if found > at:
            tokens.append(Token("literal", text[at:found], line))
            line += text.count("\n", at, found)
        if found == len(text):
            break
        start = found + 2
        end = text.find("}}", start) if text.startswith("!", start) else end_of_tag(text, start)
        if end < 0:
            raise Refused("this {{ is never closed with }}", line)
        sign = text[start] if text[start] in "#/@>!" else ""
        tokens.append(Token(sign, text[start + len(sign) : end].strip(), line))
        line += text.count("\n", found, end)
        at = end + 2
    return drop_lone_lines(tokens)


def drop_lone_lines(tokens):
    """A directive or comment that has a line for itself leaves no line behind."""
    for i, token in enumerate(tokens):
        if token.kind not in ("#", "/", "!"):
            continue
        before = tokens[i - 1] if i else Token("literal", "", 1, True)
        after = tokens[i + 1] if i + 1 < len(tokens) else Token("literal", "\n", 1)
        indentation = before.kind == "literal" and re.search(r"(^|\n)[ \t]*$", before.text)
        begins_line = indentation and (before.line_start or i == 1 or "\n" in before.text)
        rest = after.kind == "literal" and re.match(r"[ \t]*\n", after.text)
        if begins_line and rest:
            before.text = before.text.rstrip(" \t")
            after.text = after.text[rest.end() :]
            after.line += 1
            after.line_start = True
    return [t for t in tokens if t.kind != "literal" or t.text]


@functools.cache
def english(root):
    return Phrases(root / "locales" / "en")


class Phrases:
    """The English catalogue; a key belongs to the file named by its first part."""

    def __init__(self, folder):
        self.folder = folder
        self.texts = {}
        self.loaded = set()

    def load(self, name):
        file = self.folder / f"{name}.toml"
        if name in self.loaded or not file.is_file():
            return
        self.loaded.add(name)
        try:
            self.flatten("", tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Refused(f"{file}: {error}") from error

    def flatten(self, prefix, table):
        for name, value in table.items():
            key = f"{prefix}{name}"
            if isinstance(value, dict):
                self.flatten(key + ".", value)
            else:
                self.texts[key] = str(value)

    def check(self, key, given, line):
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", key):
            raise Refused(f"'{key}' is no phrase key", line)
        self.load(key.split(".")[0])
        forms = {f: self.texts[f"{key}.{f}"] for f in PLURALS if f"{key}.{f}" in self.texts}
        if key in self.texts:
            wanted = self.texts[key]
        elif "other" in forms:
            if "n" not in given:
                raise Refused(f"phrase '{key}' has plural forms and needs n=…", line)
            wanted = " ".join(forms.values())
        else:
            raise Refused(f"phrase '{key}' is not in {self.folder}/{key.split('.')[0]}.toml", line)
        names = set(re.findall(r"\{([a-z_][a-z0-9_]*)\}", wanted))
        if missing := names - set(given):
            raise Refused(f"phrase '{key}' says {{{sorted(missing)[0]}}} and gets no value for it", line)
        if unused := set(given) - names - {"n"}:
            raise Refused(f"phrase '{key}' does not say {{{sorted(unused)[0]}}}", line)


def phrase_arguments(text, line):
    """`n=v.count name=f(a, b)` taken apart: a new one begins at white space outside brackets and strings before `x=`."""
    pieces, depth, start, quote = [], 0, 0, ""
    for at, c in enumerate(text):
        if quote:
            if c == quote and text[at - 1] != "\\":
                quote = ""
        elif c in "\"'":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c.isspace() and depth == 0 and re.match(r"\s+[a-z_][a-z0-9_]*=(?!=)", text[at:]):
            pieces.append(text[start:at])
            start = at
    pieces.append(text[start:])
    given = {}
    for piece in filter(None, map(str.strip, pieces)):
        match = re.fullmatch(r"([a-z_][a-z0-9_]*)=(?!=)(.+)", piece, re.S)
        if not match:
            raise Refused(f"'{piece}' is not name=expression", line)
        if match.group(1) in given:
            raise Refused(f"'{match.group(1)}' is given twice", line)
        given[match.group(1)] = match.group(2).strip()
    return given


def quoted(text):
    out = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + out.replace("??", '?""?') + '"sv'


class Compiler:
    def __init__(self, root, relative):
        self.root = root
        self.relative = pathlib.PurePosixPath(relative)
        self.phrases = english(root)
        self.html = Html()
        self.code = []
        self.includes = []
        self.depth = 1
        self.tokens = []
        self.at = 0

    # --- output -----------------------------------------------------------------------------------------------
    def flush(self):
        text = self.html.take()
        for start in range(0, len(text), LONGEST_LITERAL):
            self.put(f"w.raw({quoted(text[start:start + LONGEST_LITERAL])});")

    def put(self, statement, line=None):
        if line is not None:
            self.code.append(f'#line {line} "src/{self.relative}"')
        self.code.append("  " * self.depth + statement)

    # --- reading ----------------------------------------------------------------------------------------------
    def run(self, text):
        self.tokens = tokenize(text)
        first = self.tokens[0] if self.tokens else None
        match = first and first.kind == "#" and re.fullmatch(r"view\s+(\S+)\s+(\S.*)", first.text, re.S)
        if not match:
            raise Refused("the first line must be {{#view path/to/header.h name::of::View}}", 1)
        self.at = 1
        self.block(None, 1)
        self.flush()
        if problem := self.html.unfinished():
            raise Refused(f"the template ends {problem}", text.count("\n") + 1)
        return match.group(1), match.group(2).strip()

    def block(self, opener, line):
        """Reads until the end of this block; returns the token that ended it."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.kind == "literal":
                self.html.feed(token.text, token.line, token.line_start)
            elif token.kind == "/" or (token.kind == "#" and re.match(r"(elif|else)\b", token.text)):
                if opener is None:
                    raise Refused(f"{{{{{token.kind}{token.text}}}}} closes nothing", token.line)
                return token
            elif token.kind == "#":
                self.directive(token)
            elif token.kind != "!":
                self.placeholder(token)
        if opener:
            raise Refused(f"{{{{#{opener}}}}} is never closed", line)
        return None

    def directive(self, token):
        name, _, rest = token.text.partition(" ")
        if name == "if":
            self.branch(token, rest.strip())
        elif name == "for":
            self.loop(token, rest.strip())
        elif name == "let":
            match = re.fullmatch(r"\s*([a-z_][a-z0-9_]*)\s*=(?!=)\s*(.+)", rest, re.S)
            if not match:
                raise Refused("write {{#let name = expression}}", token.line)
            self.flush()
            self.put(f"const auto& {match.group(1)} = {match.group(2)};", token.line)
        elif name == "view":
            raise Refused("{{#view}} stands once, in the first line", token.line)
        else:
            raise Refused(f"there is no {{{{#{name}}}}}: if, elif, else, for, let", token.line)

    def branch(self, token, condition):
        if not condition:
            raise Refused("{{#if}} needs a condition", token.line)
        self.html.pause(token.line)
        self.flush()
        before = self.html.state()
        ends, has_else = [], False
        self.put(f"if ({condition}) {{", token.line)
        while True:
            self.depth += 1
            end = self.block("if", token.line)
            self.html.pause(end.line)
            self.flush()
            self.depth -= 1
            ends.append(self.html.state())
            if end.kind == "/":
                break
            if has_else:
                raise Refused("nothing may follow {{#else}} but {{/if}}", end.line)
            self.html.restore(before)
            word, _, rest = end.text.partition(" ")
            if word == "elif" and rest.strip():
                self.put(f"}} else if ({rest.strip()}) {{", end.line)
            elif word == "else" and not rest.strip():
                has_else = True
                self.put("} else {")
            else:
                raise Refused("write {{#elif condition}} or {{#else}}", end.line)
        if end.text != "if":
            raise Refused(f"{{{{/{end.text}}}}} closes the {{{{#if}}}} of line {token.line}", end.line)
        self.put("}")
        self.html.join(ends if has_else else [before, *ends], end.line)

    def loop(self, token, text):
        match = re.fullmatch(r"([a-z_][a-z0-9_]*|\[[a-z0-9_,\s]+\])\s+in\s+(.+)", text, re.S)
        if not match:
            raise Refused("write {{#for item in expression}}", token.line)
        self.html.pause(token.line)
        self.flush()
        before = self.html.state()
        self.put(f"for ([[maybe_unused]] const auto& {match.group(1)} : {match.group(2)}) {{", token.line)
        self.depth += 1
        end = self.block("for", token.line)
        self.html.pause(end.line)
        self.flush()
        self.depth -= 1
        if end.kind != "/" or end.text != "for":
            raise Refused(f"{{{{{end.kind}{end.text}}}}} meets the {{{{#for}}}} of line {token.line}", end.line)
        self.put("}")
        self.html.join([before, self.html.state()], end.line)

    def placeholder(self, token):
        if not token.text:
            raise Refused("there is nothing between {{ and }}", token.line)
        if token.kind == ">":
            self.include(token)
            return
        place = self.html.placeholder(token.line)
        self.flush()
        if token.kind == "":
            self.put(f"w.{place}({token.text});", token.line)
        elif place in ("url", "url_part"):
            raise Refused("a phrase cannot stand in a URL", token.line)
        elif token.text.startswith("="):
            self.put(f"w.phrase({token.text[1:].strip()});", token.line)
        else:
            self.phrase(token)

    def phrase(self, token):
        key, _, rest = (token.text + " ").replace("\n", " ").partition(" ")
        given = phrase_arguments(rest, token.line)
        self.phrases.check(key, given, token.line)
        values = ", ".join(f'{{"{name}", ::bursary::html::phrase_value({code})}}' for name, code in given.items())
        self.put(f'w.phrase("{key}"sv, {{{values}}});' if values else f'w.phrase("{key}"sv);', token.line)

    def include(self, token):
        path, _, view = token.text.partition(" ")
        if not path.endswith(".html") or not view.strip():
            raise Refused("write {{> features/x/y.html view}}", token.line)
        if not (self.root / "src" / path).is_file():
            raise Refused(f"src/{path} does not exist", token.line)
        if self.html.placeholder(token.line) != "text":
            raise Refused("a template can be included only where text may stand", token.line)
        self.flush()
        if path not in self.includes:
            self.includes.append(path)
        spaces, name = names(path)
        self.put(f"::bursary::tpl::{spaces}::{name}(w, {view.strip()});", token.line)


def names(relative):
    parts = [p.replace("-", "_") for p in pathlib.PurePosixPath(relative).with_suffix("").parts if p != "features"]
    for part in parts:
        if part in KEYWORDS or not re.fullmatch(r"[a-z][a-z0-9_]*", part):
            raise Refused(f"'{part}' cannot name a C++ function or namespace: rename the file", 1)
    return "::".join(parts[:-1]), parts[-1]


def write(file, lines):
    text = "\n".join(lines) + "\n"
    # Unchanged output keeps its time, so that a new phrase does not compile every template again.
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def compile_file(root, relative, output):
    compiler = Compiler(root, relative)
    text = (root / "src" / relative).read_text(encoding="utf-8")
    header, view = compiler.run(text)
    spaces, name = names(relative)
    note = f"// Generated from src/{relative} by tools/compile_templates.py."
    signature = f"(::bursary::html::Writer& w, [[maybe_unused]] const {view if view.startswith('::') else '::' + view}& v)"
    # The expressions are read in the feature's own namespace, not in tpl's of the same name.
    feature = spaces.split("::")[0]
    # A module's templates are compiled as one file: the name must differ from those of its neighbours.
    write_name = "write_" + "_".join([*spaces.split("::")[1:], name])
    output.parent.mkdir(parents=True, exist_ok=True)
    write(
        output.with_name(output.name + ".h"),
        [note, "#pragma once", f'#include "{header}"', '#include "html/writer.h"']
        + [f"namespace bursary::tpl::{spaces} {{", f"void {name}{signature};", f"}}  // namespace bursary::tpl::{spaces}"],
    )
    write(
        output.with_name(output.name + ".cpp"),
        [note, f'#include "{relative}.h"', "#include <string_view>"]
        + [f'#include "{path}.h"' for path in compiler.includes]
        + [f"namespace bursary::{feature} {{", "namespace {", "using namespace std::string_view_literals;"]
        + [f"void {write_name}{signature} {{", *compiler.code, "}", "}  // namespace", f"}}  // namespace bursary::{feature}"]
        + [f"void bursary::tpl::{spaces}::{name}{signature} {{ ::bursary::{feature}::{write_name}(w, v); }}"],
    )


def main():
    root, generated, module, *templates = sys.argv[1:]
    root, generated = pathlib.Path(root), pathlib.Path(generated)
    for relative in templates:
        try:
            compile_file(root, relative, generated / relative)
        except Refused as refused:
            sys.exit(f"src/{relative}:{refused.line}: {refused}")
    note = f"// Generated from src/{module} by tools/compile_templates.py: one file, since each would read the same headers."
    write(generated / module / "templates.cpp", [note] + [f'#include "{relative}.cpp"' for relative in templates])


if __name__ == "__main__":
    main()
