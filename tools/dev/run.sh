# ./dev run [OPTIONS OF serve]: the default program on the embedded database in playground/.
setup
build release bursary
mkdir -p playground
exec build/release/bursary serve --data playground/data --staff-link "$@"
