# ./dev demo [--count N] [--seed N]: believable applications in playground/, for ./dev run to show.
setup
build release bursary
exec build/release/bursary demo --data playground/data "$@"
