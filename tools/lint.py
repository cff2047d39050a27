#!/usr/bin/env python3
"""Runs clang-tidy over every source of the build, two at a time; a file that was clean and has not changed is not read again.

lint.py BUILD_FOLDER [FILE …]
"""
import concurrent.futures
import hashlib
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# A precompiled header of g++ means nothing to clang: it gets the header itself.
DROP = {"-Winvalid-pch", "-fpch-preprocess", "-Wno-restrict", "-Wno-stringop-overflow", "-Wno-stringop-overread"}


def commands(build):
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(ROOT / "src") and path.suffix == ".cpp":
            yield entry, path


def headers_hash():
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for path in sorted((ROOT / "src").rglob("*.h")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def plain(entry):
    words = entry["command"].split()
    out = []
    skip = False
    for index, word in enumerate(words):
        if skip:
            skip = False
            continue
        if word == "-include" and "cmake_pch" in words[index + 1]:
            out += ["-include", str(ROOT / "src/base/prelude.h")]
            skip = True
        elif word not in DROP:
            out.append(word)
    return " ".join(out)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    only = {pathlib.Path(p).resolve() for p in sys.argv[2:]}
    folder = build / "lint"
    folder.mkdir(exist_ok=True)
    entries = [(e, p) for e, p in commands(build) if not only or p in only]
    (folder / "compile_commands.json").write_text(json.dumps([dict(e, command=plain(e)) for e, _ in entries]))
    headers = headers_hash()
    bad = 0

    def one(path):
        stamp = folder / hashlib.sha256((headers + path.read_text() + str(path)).encode()).hexdigest()
        if stamp.exists():
            return 0, ""
        run = subprocess.run(["clang-tidy-16", "-p", str(folder), "--quiet", str(path)], capture_output=True, text=True)
        if run.returncode == 0:
            stamp.touch()
        return run.returncode, run.stdout + (run.stderr if run.returncode else "")

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for code, text in pool.map(one, [p for _, p in entries]):
            if code:
                bad += 1
                print(text)
    print(f"{len(entries)} files, {bad} with findings")
    sys.exit(1 if bad else 0)


main()
