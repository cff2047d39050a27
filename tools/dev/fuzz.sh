# ./dev fuzz [TARGET|all] [SECONDS]: libFuzzer with ASan and UBSan, a minute each unless said. Seeds are in tests/fuzz/seeds/TARGET;
# what a run learns is kept in build/fuzz/corpus, and an input that breaks something in build/fuzz/findings.
wanted=${1:-all}
seconds=${2:-60}
[[ $seconds =~ ^[0-9]+$ ]] || { echo "./dev fuzz: '$seconds' is no number of seconds" >&2; exit 2; }

targets=()
for source in tests/fuzz/*.cpp; do
  name=$(basename "$source" .cpp)
  if [ "$wanted" = all ] || [ "$wanted" = "$name" ]; then targets+=("$name"); fi
done
((${#targets[@]})) || { echo "./dev fuzz: there is no target '$wanted' in tests/fuzz" >&2; exit 2; }

setup
build fuzz "${targets[@]/#/fuzz_}"

# Clang 16 writes what only its own symbolizer reads: without it a trace is numbers.
export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-16
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
mkdir -p build/fuzz/findings
failed=()
for name in "${targets[@]}"; do
  mkdir -p "build/fuzz/corpus/$name" "tests/fuzz/seeds/$name"
  log=build/fuzz/$name.log
  status=0
  "build/fuzz/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/findings/$name-" "build/fuzz/corpus/$name" "tests/fuzz/seeds/$name" >"$log" 2>&1 || status=$?
  if [ "$status" = 0 ]; then
    executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf '%-16s %12s inputs in %s s, no finding\n' "$name" "$executed" "$seconds"
  else
    failed+=("$name")
    # Over 128 a signal ended it; from outside (9: out of memory, 15: somebody) it has no time to say a word.
    printf '%-16s FINDING, it ended with %s; the end of %s:\n' "$name" "$status" "$log"
    tail -n 60 "$log"
  fi
done
if ((${#failed[@]})); then
  echo "Findings in: ${failed[*]}"
  exit 1
fi
