"""Where in an HTML document a placeholder stands. Used by tools/compile_templates.py.

Walks template text character by character through the states of HTML that matter for escaping (text, tag, quoted
attribute, URL attribute, RCDATA), emits it with indentation collapsed and comments dropped, and refuses what cannot be
escaped safely: inline scripts and styles, event handlers, unquoted values, placeholders in names or comments.
"""
import dataclasses
import re

URL_ATTRIBUTES = set(
    "href src action formaction poster cite data srcset imagesrcset xlink:href ping background longdesc manifest icon".split()
)
SCHEMES = {"http", "https", "mailto", "tel"}
REFUSED_ELEMENTS = set(
    "style iframe object embed applet base frame frameset noframes noembed xmp plaintext animate animatemotion animatetransform set".split()
)
REFUSED_ATTRIBUTES = {"style", "srcdoc", "http-equiv"}
SPACE = " \t\n\r\f"


class Refused(Exception):
    def __init__(self, message, line=1):
        super().__init__(message)
        self.line = line


@dataclasses.dataclass(frozen=True)
class State:
    name: str = "text"  # text raw empty open tag_name tag attribute before_value value comment doctype
    element: str = ""  # of the tag or raw text being read
    closing: bool = False
    glued: bool = False  # in a tag: white space must come before the next attribute
    attribute: str = ""
    quote: str = ""
    url: str = ""  # of a URL value: start, scheme (could still become one), open (past it)
    pre: int = 0  # depth of <pre>

    def same_place(self, other):
        loose = {"glued": False, "url": ""}
        return dataclasses.replace(self, **loose) == dataclasses.replace(other, **loose)


class Html:
    def __init__(self):
        self.s = State()
        self.word = ""  # name or URL scheme being read
        self.out = []
        self.line = 1

    # --- what the compiler asks -------------------------------------------------------------------------------
    def state(self):
        return self.s

    def restore(self, state):
        self.s, self.word = state, ""

    def take(self):
        text = "".join(self.out)
        self.out = []
        return text

    def unfinished(self):
        if self.s.name == "text":
            return "inside <pre>" if self.s.pre else ""
        if self.s.name in ("raw", "empty"):
            return f"inside <{self.s.element}>"
        return {"comment": "inside a comment", "doctype": "inside the doctype"}.get(self.s.name, f"inside a tag <{self.s.element}")

    def pause(self, line):
        """A directive stands here: names end, and must not go on behind it."""
        self.line = line
        if self.s.name in ("tag_name", "attribute"):
            self.end_name()
            self.to(name="tag", glued=True)
        if self.s.name in ("open", "before_value", "comment", "doctype"):
            self.refuse({"open": "a directive cannot stand right after '<'", "before_value": "an attribute's value must be quoted",
                         "comment": "a directive cannot stand in an HTML comment", "doctype": "a directive cannot stand here"}[self.s.name])
        if self.s.name == "value":
            self.word = ""

    def join(self, states, line):
        first = states[0]
        for other in states[1:]:
            if not first.same_place(other):
                raise Refused(f"branches end in different places of the HTML: {tell(first)} and {tell(other)}", line)
        urls = {s.url for s in states}
        # Text that may or may not have begun leaves the next placeholder in doubt: "scheme" refuses it.
        url = urls.pop() if len(urls) == 1 else "scheme"
        self.s = dataclasses.replace(first, glued=any(s.glued for s in states), url=url)
        self.word = ""

    def placeholder(self, line):
        """The Writer's function for a value that stands here."""
        self.line = line
        s = self.s
        if s.name == "text":
            return "text"
        if s.name == "raw":
            if s.element == "textarea" and self.fresh():
                self.out.append("\n")  # HTML drops the first line feed: it must not be the value's own
            return "attribute"
        if s.name == "value":
            if not s.url:
                return "attribute"
            if s.url == "scheme":
                self.refuse("a placeholder must not stand where a URL's scheme could be: begin the value with it or with a literal path")
            self.to(url="open")
            return "url" if s.url == "start" else "url_part"
        if s.name == "before_value":
            self.refuse(f"the value of '{s.attribute}' must be quoted")
        if s.name == "empty":
            self.refuse(f"<{s.element}> must be empty: scripts and styles are files")
        if s.name in ("comment", "doctype"):
            self.refuse("a placeholder cannot stand in a comment or the doctype")
        self.refuse("a placeholder cannot stand in a tag or its names: only inside quoted attribute values")
        return ""

    def feed(self, text, line, line_start=False):
        """line_start: the text follows a line end that is not part of it."""
        self.line = line
        at = 0
        in_text = self.s.name == "text" and not self.s.pre
        if line_start and (in_text or (self.s.name == "tag" and not self.s.glued)):
            at = len(text) - len(text.lstrip(" \t"))
        while at < len(text):
            at += getattr(self, "in_" + self.s.name)(text, at, text[at])
            if text[at - 1] == "\n":
                self.line += 1

    # --- states -----------------------------------------------------------------------------------------------
    def in_text(self, text, at, c):
        if c == "<":
            if text.startswith("<!--", at):
                self.to(name="comment")
                return 4
            if re.match(r"<!doctype\b", text[at:], re.I):
                self.to(name="doctype")
                self.emit("<!doctype")
                return 9
            self.to(name="open", closing=False, element="")
            return 1
        if c in SPACE and not self.s.pre:
            self.space(text, at, "\n")
        else:
            self.emit(c)
        return 1

    def in_comment(self, text, at, _):
        if text.startswith("-->", at):
            self.to(name="text")
            return 3
        return 1

    def in_doctype(self, _text, _at, c):
        self.emit(c)
        if c == ">":
            self.to(name="text")
        return 1

    def in_raw(self, text, at, c):
        if text[at:].lower().startswith(f"</{self.s.element}"):
            self.emit("</" + self.s.element)
            self.to(name="tag", closing=True, glued=True)
            return 2 + len(self.s.element)
        if c == "<":
            self.refuse(f"a tag cannot stand in <{self.s.element}>")
        if self.s.element == "title" and c in SPACE:
            self.space(text, at, " ")
        else:
            self.emit(c)
        return 1

    def in_empty(self, text, at, c):
        if text[at:].lower().startswith(f"</{self.s.element}"):
            return self.in_raw(text, at, c)
        if c not in SPACE:
            self.refuse(f"<{self.s.element}> must be empty: scripts and styles are files")
        return 1

    def in_open(self, _text, _at, c):
        if c == "/" and not self.s.closing:
            self.to(closing=True)
        elif c.isascii() and c.isalpha():
            self.emit("</" if self.s.closing else "<")
            self.word = ""
            self.to(name="tag_name")
            return 0
        else:
            self.refuse("'<' must begin a tag; write &lt; for the sign itself")
        return 1

    def in_tag_name(self, _text, _at, c):
        if c in SPACE or c in "/>":
            self.end_name()
            self.to(name="tag", glued=True)
            return 0
        if not re.match(r"[A-Za-z0-9:-]", c):
            self.refuse(f"'{c}' cannot stand in a tag's name")
        self.word += c
        self.emit(c)
        return 1

    def in_tag(self, text, at, c):
        if c in SPACE:
            self.space(text, at, " ")
            self.to(glued=False)
        elif c == ">":
            self.emit(c)
            self.end_tag()
        elif c == "/":
            if not re.match(r"/\s*>", text[at:]):
                self.refuse("'/' in a tag must stand before '>'")
            self.emit(c)
        elif self.s.glued:
            self.refuse(f"white space is missing before '{c}' in <{self.s.element}>")
        elif self.s.closing or not (c.isascii() and c.isalpha()):
            self.refuse(f"'{c}' cannot stand in the tag <{'/' if self.s.closing else ''}{self.s.element}>")
        else:
            self.word = ""
            self.to(name="attribute")
            return 0
        return 1

    def in_attribute(self, _text, _at, c):
        if c in SPACE or c in "/>":
            self.end_name()
            self.to(name="tag", glued=True)
            return 0
        if c == "=":
            self.end_name()
            self.to(name="before_value", attribute=self.word)
        elif re.match(r"[A-Za-z0-9_:.-]", c):
            self.word += c
        else:
            self.refuse(f"'{c}' cannot stand in an attribute's name")
        self.emit(c)
        return 1

    def in_before_value(self, _text, _at, c):
        if c not in "\"'":
            self.refuse(f"the value of '{self.s.attribute}' must be quoted")
        is_url = self.s.attribute.lower() in URL_ATTRIBUTES
        self.word = ""
        self.to(name="value", quote=c, url="start" if is_url else "")
        self.emit(c)
        return 1

    def in_value(self, _text, _at, c):
        self.emit(c)
        if c == self.s.quote:
            self.to(name="tag", glued=True, quote="", attribute="", url="")
        elif self.s.url in ("start", "scheme"):
            self.scheme(c)
        return 1

    # --- steps ------------------------------------------------------------------------------------------------
    def scheme(self, c):
        if c in "/?#":
            self.to(url="open")
        elif c == ":":
            if self.word.lower() not in SCHEMES:
                self.refuse(f"'{self.word}:' is no scheme for a URL here: {', '.join(sorted(SCHEMES))}")
            self.to(url="open")
        else:
            self.word += c
            self.to(url="scheme")

    def end_name(self):
        name = self.word.lower()
        if self.s.name == "tag_name":
            if name in REFUSED_ELEMENTS:
                self.refuse(f"<{name}> is not allowed")
            self.to(element=name)
        elif name.startswith("on") or name in REFUSED_ATTRIBUTES:
            self.refuse(f"the attribute '{name}' is not allowed")

    def end_tag(self):
        element, closing = self.s.element, self.s.closing
        self.to(name="text", element="", closing=False, glued=False)
        if element == "pre":
            self.to(pre=self.s.pre + (-1 if closing else 1))
            if self.s.pre < 0:
                self.refuse("</pre> closes nothing")
        elif not closing and element in ("textarea", "title"):
            self.to(name="raw", element=element)
        elif not closing and element == "script":
            self.to(name="empty", element=element)

    def space(self, text, at, newline):
        """One white-space character: a run that holds a line end becomes one line end (or `newline`)."""
        start = end = at
        while start > 0 and text[start - 1] in SPACE:
            start -= 1
        while end < len(text) and text[end] in SPACE:
            end += 1
        if "\n" not in text[start:end]:
            self.emit(text[at])
        elif at == start and not (self.out and self.out[-1][-1:] == newline):
            self.emit(newline)

    def fresh(self):
        return bool(self.out) and self.out[-1] == ">"

    def to(self, **changes):
        self.s = dataclasses.replace(self.s, **changes)

    def emit(self, text):
        self.out.append(text)

    def refuse(self, message):
        raise Refused(message, self.line)


def tell(state):
    if state.name == "value":
        return f"in the value of '{state.attribute}'"
    if state.name in ("raw", "empty"):
        return f"in <{state.element}>"
    if state.name == "text":
        return "in text" + (" of <pre>" if state.pre else "")
    return f"in the tag <{'/' if state.closing else ''}{state.element}>"
