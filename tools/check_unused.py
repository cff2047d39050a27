#!/usr/bin/env python3
"""Finds what nothing uses: phrases, named queries, classes of the styles. Prints `file: what` and exits 1.

A phrase is used when the product's code or templates say its key, or the beginning of it up to a dot ("queue.state." and a
state). A query is used when a source beside it says its name. A class is used when a template, a source, a behaviour or
Markdown's rules say the word, or the beginning of it up to "__" before a value.
"""
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLURALS = {"zero", "one", "two", "few", "many", "other"}


def texts(folder, *endings):
    return {path: path.read_text() for path in sorted((ROOT / folder).rglob("*")) if path.name.endswith(endings)}


def is_test(path):
    return re.search(r"_test\.cpp$|\.test\.ts$", path.name) is not None


def keys_of(table, before=""):
    for name, value in table.items():
        if not isinstance(value, dict):
            yield before + name
        elif value.keys() <= PLURALS:
            yield before + name
        else:
            yield from keys_of(value, before + name + ".")


def unused_phrases(said):
    words = set(re.findall(r"[a-z_]+(?:\.[a-z0-9_]+)+\.?", said))
    beginnings = tuple(word for word in words if word.endswith("."))
    for path, text in texts("locales/en", ".toml").items():
        for key in keys_of(tomllib.loads(text)):
            if key not in words and not key.startswith(beginnings):
                yield path, f"no page says {key}"


def unused_queries(sources):
    for path, text in texts("src", ".sql").items():
        beside = "\n".join(source for place, source in sources.items() if place.parent == path.parent)
        for name in re.findall(r"^-- name: *(\w+)", text, re.M):
            if not re.search(rf"\b{name}\b", beside):
                yield path, f"no source beside it runs {name}"


def unused_classes(said):
    quoted = " ".join(text for _, text in re.findall(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""", said))
    words = set(re.findall(r"[\w-]+", quoted))
    beginnings = tuple(re.findall(r"([\w-]+__)\{\{", said))  # class="queue__{{ column.key }}"
    for path, text in texts("assets", ".css").items():
        selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "{", text, flags=re.S)
        for name in sorted(set(re.findall(r"\.([a-z][\w-]*)", selectors)) - words):
            if name.startswith(beginnings):
                continue
            yield path, f"nothing has the class {name}"


def main():
    sources = texts("src", ".cpp", ".h")
    product = "\n".join(text for path, text in sources.items() if not is_test(path))
    pages = "\n".join(texts("src", ".html").values())
    scripts = "\n".join(text for path, text in texts("assets", ".ts").items() if not is_test(path))
    found = [*unused_phrases(product + pages), *unused_queries(sources), *unused_classes(product + pages + scripts)]
    for path, what in found:
        print(f"{path.relative_to(ROOT)}: {what}")
    sys.exit(1 if found else 0)


main()
