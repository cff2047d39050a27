#!/usr/bin/env python3
"""Runs clang-tidy over every source of the build, two at a time; a file that was clean, and that reads nothing that has
changed since, is not read again.

lint.py BUILD_FOLDER [FILE …]
"""
import concurrent.futures
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATIENCE = 600  # seconds; a file takes five to twenty on a quiet machine
# A precompiled header of g++ means nothing to clang: it gets the header itself.
DROP = {"-Winvalid-pch", "-fpch-preprocess", "-Wno-restrict", "-Wno-stringop-overflow", "-Wno-stringop-overread"}


def commands(build):
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(ROOT / "src") and path.suffix == ".cpp":
            yield entry, path


class Reading:
    """What a source reads of ours, headers of headers included, as one hash."""

    def __init__(self, build):
        self.folders = [ROOT / "src", ROOT, build / "generated"]
        self.includes = {}
        self.rules = (ROOT / ".clang-tidy").read_bytes() + (ROOT / "src/base/prelude.h").read_bytes()

    def included(self, path):
        if path not in self.includes:
            names = re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text(), re.M)
            places = [[folder / name for folder in self.folders if (folder / name).is_file()] for name in names]
            self.includes[path] = [found[0] for found in places if found]
        return self.includes[path]

    def stamp(self, source):
        wanted, read = [source], set()
        while wanted:
            path = wanted.pop()
            if path not in read:
                read.add(path)
                wanted += self.included(path)
        digest = hashlib.sha256(self.rules)
        for path in sorted(read):
            digest.update(str(path).encode() + path.read_bytes())
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
    reading = Reading(build)

    def one(path):
        stamp = folder / reading.stamp(path)
        if stamp.exists():
            return 0, ""
        try:
            run = subprocess.run(["clang-tidy-16", "-p", words, "--quiet", "--extra-arg=-Wno-unused-command-line-argument", str(path)], capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return 1, f"{path}: clang-tidy 16 did not finish in {PATIENCE} s: optionals in loops in loops undo it; cut the function"
        if run.returncode == 0:
            stamp.touch()
        return run.returncode, run.stdout + (run.stderr if run.returncode else "")

    bad = 0
    # A folder of its own each time: two may run at once.
    with tempfile.TemporaryDirectory() as words, concurrent.futures.ThreadPoolExecutor(2) as pool:
        database = json.dumps([dict(e, command=plain(e)) for e, _ in entries])
        pathlib.Path(words, "compile_commands.json").write_text(database)
        for code, text in pool.map(one, [p for _, p in entries]):
            if code:
                bad += 1
                print(text, flush=True)
    print(f"{len(entries)} files, {bad} with findings")
    sys.exit(1 if bad else 0)


main()
