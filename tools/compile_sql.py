#!/usr/bin/env python3
"""Turns SQL files into C++.

  compile_sql.py queries SOURCE_ROOT OUTPUT_FOLDER RELATIVE.sql...   named queries -> constexpr Query<N>, a header each
  compile_sql.py migrations FOLDER OUTPUT.cpp                        migrations    -> db::migrations()

Named queries: a line `-- name: find_draft` starts one, `-- name: find_draft (postgres)` gives it for one database alone.
`:name` is a placeholder; the order of first appearance is the order of the arguments. Words that differ by database:
ID, BYTES, CLUSTERED.
"""
import pathlib
import re
import sys

WORDS = {
    "sqlite": {"ID": "integer", "BYTES": "blob", "CLUSTERED": "without rowid"},
    "postgres": {"ID": "bigint", "BYTES": "bytea", "CLUSTERED": ""},
}
TOKENS = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|::|:[a-z_][a-z0-9_]*|\b(?:ID|BYTES|CLUSTERED)\b")


def refuse(file, message):
    sys.exit(f"{file}: {message}")


def translate(text, dialect):
    """SQL of one database and the placeholders in order; comments go."""
    names = []

    def token(match):
        word = match.group(0)
        if word.startswith("--"):
            return ""
        if word[0] in "'\"" or word == "::":
            return word
        if word[0] == ":":
            if word[1:] not in names:
                names.append(word[1:])
            number = names.index(word[1:]) + 1
            return f"?{number}" if dialect == "sqlite" else f"${number}"
        return WORDS[dialect][word]

    out = TOKENS.sub(token, text)
    return re.sub(r"\s+", " ", out).strip().rstrip(";").strip(), names


def literal(text):
    return f'R"sql({text})sql"'


def queries(root, relative, header):
    file = root / relative
    found = {}
    current = None
    for line in file.read_text().splitlines():
        named = re.fullmatch(r"--\s*name:\s*([a-z][a-z0-9_]*)(?:\s+\((sqlite|postgres)\))?\s*(--.*)?", line)
        if named:
            current = (named.group(1), named.group(2))
            if current in found:
                refuse(file, f"query {current[0]} stands twice")
            found[current] = []
        elif current:
            found[current].append(line)
        elif line.strip() and not line.startswith("--"):
            refuse(file, f"text before the first `-- name:`: {line.strip()}")
    # a/b/c.sql → namespace c of its module: features/applications/draft.sql → bursary::sql::applications::draft
    parts = pathlib.PurePosixPath(relative).with_suffix("").parts
    spaces = "::".join(p for p in parts if p != "features")
    label = "/".join(p for p in parts if p != "features")
    lines = [
        f"// Generated from src/{relative} by tools/compile_sql.py.",
        "#pragma once",
        '#include "db/query.h"',
        f"namespace bursary::sql::{spaces} {{",
    ]
    names = []
    for name, _ in found:
        if name not in names:
            names.append(name)
    for name in names:
        texts = {}
        counts = {}
        order = {}
        for dialect in ("sqlite", "postgres"):
            body = found.get((name, dialect), found.get((name, None)))
            if body is None:
                refuse(file, f"query {name} is missing for {dialect}")
            texts[dialect], order[dialect] = translate("\n".join(body), dialect)
            counts[dialect] = len(order[dialect])
        if order["sqlite"] != order["postgres"]:
            refuse(file, f"query {name} takes other arguments on the two databases: {order['sqlite']} and {order['postgres']}")
        lines.append(f"// {', '.join(order['sqlite']) or 'no arguments'}")
        lines.append(f"inline constexpr bursary::db::Query<{counts['sqlite']}> {name}{{\"{label}.{name}\",")
        lines.append(f"    {literal(texts['sqlite'])},")
        same = texts["sqlite"] == texts["postgres"]
        lines.append(f"    {literal(texts['postgres'])}}};" if not same else f"    {literal(texts['sqlite'])}}};")
    listed = ", ".join(f"{{{n}.name, {n}.sqlite, {n}.postgres}}" for n in names)
    lines.append(f"inline constexpr bursary::db::Query<0> kAll[] = {{{listed}}};")
    lines += [f"}}  // namespace bursary::sql::{spaces}", ""]
    text = "\n".join(lines)
    header.parent.mkdir(parents=True, exist_ok=True)
    # Unchanged output keeps its time, so that one query does not compile its whole module again.
    if not header.is_file() or header.read_text() != text:
        header.write_text(text)


def migrations(folder, output):
    found = {}
    for file in sorted(folder.glob("*.sql")):
        match = re.fullmatch(r"(\d{4})_([a-z0-9_]+)(?:\.(sqlite|postgres))?\.sql", file.name)
        if not match:
            refuse(file, "a migration is named 0012_what_it_does.sql, .sqlite.sql or .postgres.sql")
        number, name, only = int(match.group(1)), f"{match.group(1)}_{match.group(2)}", match.group(3)
        entry = found.setdefault(number, {"name": name, "sqlite": [], "postgres": []})
        if entry["name"] != name:
            refuse(file, f"number {number} is taken by {entry['name']}")
        for dialect in ("sqlite", "postgres"):
            if only in (None, dialect):
                entry[dialect].append(script(file.read_text(), dialect))
    lines = [
        "// Generated from migrations/ by tools/compile_sql.py.",
        '#include "db/migrate.h"',
        "namespace bursary::db {",
        "std::span<const Migration> migrations() {",
        "  static const Migration all[] = {",
    ]
    for want, number in enumerate(sorted(found), start=1):
        if want != number:
            refuse(folder, f"migration {want} is missing")
        entry = found[number]
        lines.append(f'      {{{number}, "{entry["name"]}",')
        lines.append(f"       {literal(chr(10).join(entry['sqlite']))},")
        lines.append(f"       {literal(chr(10).join(entry['postgres']))}}},")
    lines += ["  };", "  return all;", "}", "}  // namespace bursary::db", ""]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(lines))


def script(text, dialect):
    def token(match):
        word = match.group(0)
        if word.startswith("--"):
            return ""
        return WORDS[dialect].get(word, word)

    return re.sub(r"\n\s*\n+", "\n", TOKENS.sub(token, text)).strip()


if sys.argv[1] == "queries":
    for relative in sys.argv[4:]:
        queries(pathlib.Path(sys.argv[2]), relative, pathlib.Path(sys.argv[3]) / f"{relative}.h")
else:
    migrations(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
