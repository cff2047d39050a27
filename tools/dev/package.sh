# ./dev package: a Debian package of the optimised binary, in build/package.
setup
build release bursary
deploy/debian/build.sh build/release/bursary build/package
