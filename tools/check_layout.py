#!/usr/bin/env python3
"""Refuses what the house does not allow. Prints `file:line: what: mend` and exits 1.

Includes follow tools/deps.txt, of another feature only its public header; Asio and Beast stay in net/, database
headers in db/; SQL stays in .sql files; sources stay short; raw HTML is made only where it is listed.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"

# Headers of a feature that others may include besides features/x/x.h, each named in x.h.
PUBLIC = {
    "features/api": {"cursor.h", "joined.h", "words.h"},
    "features/forms": {"definition.h", "answers.h"},
    "features/messages": {"desk.h"},
    "features/programs": {"eligibility.h", "models.h"},
    "features/screening": {"sanctions.h"},
    "features/site": {"act_view.h", "application_places.h", "apply_page.h", "passkey_view.h", "visit.h"},
    "features/applications": {"changes.h", "holder.h", "mail.h", "people.h", "portal.h", "staff.h", "tally.h"},
    "features/defence": {"similarity.h"},
    "features/audit": {"chain.h", "event_kind.h", "trail.h"},
    "features/privacy": {"export.h", "inventory.h"},
    "features/ledger": {"account.h", "batcher.h", "doubt.h", "limit.h", "runs.h", "verify.h"},
    "features/queue": {"forget.h"},
}
# header prefix → the modules that may include it
CONFINED = {
    "boost/asio": ["net"],
    "boost/beast": ["net"],
    "sqlite3.h": ["db"],
    "libpq-fe.h": ["db"],
    "curl/": ["net"],
    "openssl/ssl": ["net"],
    "openssl/": ["base", "net"],  # base: hashing
    "md4c": ["html"],
    "CLI/": ["app"],
}
# Where composed SQL is allowed: the query language and the databases' own plumbing.
SQL_ALLOWED = re.compile(r"^src/(db/|features/queue/query_sql)|_test\.cpp$")
SQL = re.compile(r'"\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)', re.I)
# Where raw HTML is made of what was not escaped at that place, and why that is safe.
TRUSTED = {
    "src/html/writer.h": "defines it",
    "src/features/site/outline.cpp": "cuts what markdown() made at its headings",
    "src/features/forms/fields/consent.cpp": "takes the paragraph off what markdown() made",
    "src/features/messages/words.cpp": "puts words, each escaped, into what markdown() made",
}
LONGEST = 500


def read_deps():
    deps = {}
    for line in (ROOT / "tools/deps.txt").read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            name, used = line.split(":")
            deps[name] = set(used.split())
    return deps


def module_of(path):
    parts = path.parts
    return "/".join(parts[:2]) if parts[0] == "features" else parts[0]


def check_include(module, deps, included):
    for prefix, homes in CONFINED.items():
        if included.startswith(prefix) and module not in homes:
            return f"{included} belongs in {', '.join(homes)}/ alone", "put the code there, behind a plain header"
    first = included.split("/")[0]
    if first not in ("base", "db", "html", "web", "net", "app", "features"):
        return None
    target = module_of(pathlib.PurePosixPath(included))
    if target == module:
        return None
    if target not in deps.get(module, set()):
        return f"{module} may not use {target}", "tools/deps.txt lists who may use whom"
    name = included.split("/")[-1]
    if target.startswith("features/") and name not in PUBLIC.get(target, set()) | {target.split("/")[1] + ".h"}:
        return f"{included} is private to {target}", f"use {target}/{target.split('/')[1]}.h"
    return None


def check_reads(lines):
    """A closure that reads may run twice (PostgreSQL, when a connection is lost): it gives what it read, and adds to nothing
    outside of itself. One that ends in `return true` gives nothing."""
    indent = None
    for number, line in enumerate(lines, start=1):
        if re.search(r"(\.|->)read\(\[&\]\(db::Tx& tx\)( -> bool)? \{$", line):
            indent = len(line) - len(line.lstrip())
        elif indent is not None and line.strip() == "});" and len(line) - len(line.lstrip()) == indent:
            if lines[number - 2].strip() == "return true;":
                yield number, "a closure that reads and gives nothing", "let it return what it read: it may run twice"
            indent = None


def check_file(path, deps):
    relative = path.relative_to(ROOT).as_posix()
    module = module_of(path.relative_to(SRC))
    is_test = relative.endswith("_test.cpp")
    lines = path.read_text().splitlines()
    if len(lines) > LONGEST:
        yield relative, 1, f"{len(lines)} lines", "cut it where a newcomer would look for the part"
    if not is_test and module != "db":
        for found in check_reads(lines):
            yield relative, *found
    for number, line in enumerate(lines, start=1):
        match = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if match:
            included = match.group(1)
            if included in ("iostream", "regex") and not is_test:
                yield relative, number, f"<{included}> is dear", "use fmt and spdlog, or a parser"
            wrong = check_include(module, deps, included)
            if wrong:
                yield relative, number, *wrong
        if SQL.search(line) and not SQL_ALLOWED.search(relative):
            yield relative, number, "SQL in C++", "put it into a .sql file as a named query"
        if "SafeHtml::trusted(" in line and relative not in TRUSTED and not re.search(r"_test\.cpp$|/trial_", relative):
            yield relative, number, "raw HTML", "write it by a template; or say in check_layout.py why it is safe here"
        if "reinterpret_cast" in line and module != "base":
            yield relative, number, "reinterpret_cast", "only base/ may; see base/bytes.h"
        if re.search(r"\bsystem_clock::now\(|\btime\(nullptr\)", line) and relative != "src/base/instant.cpp" and not is_test:
            yield relative, number, "asks the system for the time", "take a Clock"


def main():
    deps = read_deps()
    found = []
    for path in sorted(SRC.rglob("*")):
        if path.suffix in (".h", ".cpp"):
            if module_of(path.relative_to(SRC)) not in deps:
                found.append((path.relative_to(ROOT).as_posix(), 1, "a folder that tools/deps.txt does not name", "add it"))
                continue
            found += check_file(path, deps)
    for file, line, what, mend in found:
        print(f"{file}:{line}: {what}: {mend}")
    sys.exit(1 if found else 0)


main()
