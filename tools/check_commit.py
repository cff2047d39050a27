#!/usr/bin/env python3
"""Refuses what must never be in a commit: registry hosts and resolved addresses in lock files, home folders, private keys."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RULES = [
    (re.compile(r'"resolved":\s*"https?:'), "a lock file names where packages came from: keep omit-lockfile-registry-resolved"),
    (re.compile(r"(^|[^A-Za-z0-9_.-])/(home/[a-z]+|root|Users/[A-Za-z]+)/"), "a path of somebody's machine"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), "a private key"),
]
EXEMPT = {"tools/check_commit.py"}


def main():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    found = 0
    for name in filter(None, names):
        path = ROOT / name
        if name in EXEMPT or not path.is_file():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            for rule, why in RULES:
                if rule.search(line):
                    print(f"{name}:{number}: {why}")
                    found += 1
    sys.exit(1 if found else 0)


main()
