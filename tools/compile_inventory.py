#!/usr/bin/env python3
"""Turns docs/schema.md into the inventory of every column that `bursary privacy inventory` prints:
compile_inventory.py SCHEMA.md OUTPUT.cpp. What is missing stays empty: a test names it (src/features/privacy/inventory_test.cpp)."""
import pathlib
import re
import sys


def literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    page, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    table = database = kept = kept_personal = ""
    columns = []
    for line in page.read_text().splitlines():
        if heading := re.fullmatch(r"## (\w+)(?: \((SQLite|PostgreSQL)\))?", line):
            table, database = heading.group(1), heading.group(2) or ""
            kept = kept_personal = ""
        elif words := re.fullmatch(r"Kept: (\w+)(?:, personal (\w+))?\.", line):
            kept, kept_personal = words.group(1), words.group(2) or words.group(1)
        elif table and line.startswith("| ") and not line.startswith("| column "):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if len(cells) == 4:
                name, kind, purpose, data_class = cells
                word = kept if data_class == "-" else kept_personal
                columns.append(f"    {{{', '.join(map(literal, (table, database, name, kind, purpose, data_class, word)))}}},")
    lines = [
        f"// Generated from {page.name} by tools/compile_inventory.py.",
        '#include "features/privacy/inventory.h"',
        "namespace bursary::privacy {",
        "std::span<const Column> inventory() {",
        "  static constexpr Column kColumns[] = {",
        *columns,
        "  };",
        "  return kColumns;",
        "}",
        "}  // namespace bursary::privacy",
        "",
    ]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(lines))


main()
