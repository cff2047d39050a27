#!/usr/bin/env bash
# Called by ./dev: one function a command.
set -euo pipefail

usage() {
  cat <<'TEXT'
./dev COMMAND

  run         build and serve the default program on the embedded database
  test        build and run every test     --sanitize=address|thread, --only=NAME
  check       format, lint, layout, types, HTML; --all lints every file
  build       the optimised binary at build/release/bursary; or: build PRESET [TARGET …]
  package     a Debian package of it, in build/package
  bench       measure against peers and limits; writes build/bench/results.json
  crash       kill it under load and count what is lost, half done or sent twice
  fuzz        run the fuzz targets         fuzz [TARGET] [SECONDS]
  lighthouse  how the program's page and the form do on a phone
  demo        a believable set of applications to practise with
  setup       install what all of this needs
TEXT
}

packages_missing() {
  local wanted missing=()
  while read -r wanted; do
    dpkg-query -W -f='${Status}' "$wanted" 2>/dev/null | grep -q 'ok installed' || missing+=("$wanted")
  done < <(grep -v '^#' tools/packages.txt)
  printf '%s\n' "${missing[@]:-}"
}

setup() {
  local missing as_root=()
  mapfile -t missing < <(packages_missing | grep . || true)
  if ((${#missing[@]})); then
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  if ! command -v npm >/dev/null; then
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends npm >/dev/null
  fi
  mkdir -p build
  if ! cmp -s package-lock.json build/.npm-stamp; then
    npm ci --no-progress --loglevel=error
    cp package-lock.json build/.npm-stamp
  fi
}

# One build at a time in one folder: several shells may share it.
build() {
  local preset=${1:-release}
  shift || true
  # The optimised build is of what is shipped; tests and benches are named by who wants them.
  [ "$preset" != release ] || [ $# -gt 0 ] || set -- bursary
  mkdir -p "build/$preset"
  (
    flock 9
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset/configure.log" 2>&1 ||
      { cat "build/$preset/configure.log"; exit 1; }
    ninja -C "build/$preset" -k 0 --quiet "$@"
  ) 9>"build/$preset/.lock"
}

command=${1:-help}
shift || true
case $command in
  setup) setup ;;
  build) setup; build "$@" ;;
  help | --help | -h) usage ;;
  *)
    if [ -f "tools/dev/$command.sh" ]; then
      # shellcheck source=/dev/null
      . "tools/dev/$command.sh"
    else
      usage >&2
      exit 2
    fi
    ;;
esac
