#!/usr/bin/env python3
"""Writes a C++ file that puts every file below a folder into the binary: embed.py NAME FOLDER OUTPUT."""
import pathlib
import sys


def main() -> None:
    name, folder, output = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    lines = [
        f"// Generated from {folder.name}/ by tools/embed.py.",
        '#include "base/embedded.h"',
        "#include <cstddef>",
        'extern "C" {',
    ]
    for i in range(len(files)):
        lines.append(f"extern const char bursary_{name}_{i}[]; extern const char bursary_{name}_{i}_end[];")
    lines.append("}")
    for i, file in enumerate(files):
        path = str(file.resolve()).replace("\\", "\\\\").replace('"', '\\"')
        lines.append(
            f'__asm__(".section .rodata\\n.balign 16\\n.global bursary_{name}_{i}\\nbursary_{name}_{i}:\\n'
            f'.incbin \\"{path}\\"\\n.global bursary_{name}_{i}_end\\nbursary_{name}_{i}_end:\\n.byte 0\\n.previous\\n");'
        )
    lines.append("namespace bursary {")
    lines.append(f"std::span<const EmbeddedFile> embedded_{name}() {{")
    if files:
        lines.append("  static const EmbeddedFile files[] = {")
        for i, file in enumerate(files):
            relative = file.relative_to(folder).as_posix()
            lines.append(
                f'      {{"{relative}", {{bursary_{name}_{i}, '
                f"static_cast<std::size_t>(bursary_{name}_{i}_end - bursary_{name}_{i})}}}},"
            )
        lines.append("  };")
        lines.append("  return files;")
    else:
        lines.append("  return {};")
    lines += ["}", "}  // namespace bursary", ""]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(lines))


main()
