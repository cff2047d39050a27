#!/usr/bin/env bash
# A throw-away PostgreSQL for tests and benches. To be sourced:
#
#   . tools/dev/postgres.sh
#   postgres_start [FOLDER]     a server in a folder of its own; sets and exports BURSARY_TEST_POSTGRES
#   postgres_stop               ends it and removes the folder
#   postgres_restart            as after a power cut: SIGKILL to its main process, then a start that recovers
#
# It listens on a Unix socket inside that folder, which nobody else may enter: no TCP port, no password. It writes as durably
# as a real one (fsync and synchronous_commit stay on), so that what is measured on it is true.
# Run as a command (`bash tools/dev/postgres.sh`) it starts one, prints its URL and waits for Ctrl-C.

postgres_bin() {
  local folder
  for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && printf '%s\n' "$folder"
  done | sort -V | tail -n 1
}

# initdb refuses root; Debian's package brings a user for this.
postgres_as() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

postgres_start() {
  local bin
  bin=$(postgres_bin)
  [ -n "$bin" ] || { echo "PostgreSQL is not installed: ./dev setup" >&2; return 1; }
  POSTGRES_FOLDER=${1:-$(mktemp -d "${TMPDIR:-/tmp}/bursary-postgres-XXXXXX")}
  mkdir -p "$POSTGRES_FOLDER"
  chmod 700 "$POSTGRES_FOLDER"
  [ "$(id -u)" = 0 ] && chown postgres "$POSTGRES_FOLDER"
  if [ ! -f "$POSTGRES_FOLDER/data/PG_VERSION" ]; then
    # --no-sync: only the new cluster's own files; what is written later is synced.
    (cd / && postgres_as "$bin/initdb" -D "$POSTGRES_FOLDER/data" -U bursary --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
      --no-sync >"$POSTGRES_FOLDER.initdb.log" 2>&1) || { cat "$POSTGRES_FOLDER.initdb.log" >&2; return 1; }
    rm -f "$POSTGRES_FOLDER.initdb.log"
    postgres_as tee -a "$POSTGRES_FOLDER/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$POSTGRES_FOLDER'
unix_socket_permissions = 0777
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
logging_collector = off
CONF
  fi
  # Root passes into the folder in any case; others use the server as themselves.
  _postgres_run "$bin" || return 1
  export BURSARY_TEST_POSTGRES="postgresql:///postgres?host=$POSTGRES_FOLDER&user=bursary"
}

_postgres_run() {
  (cd / && postgres_as "$1/pg_ctl" -D "$POSTGRES_FOLDER/data" -l "$POSTGRES_FOLDER/data/server.log" -w -t 60 start >/dev/null) ||
    { tail -n 20 "$POSTGRES_FOLDER/data/server.log" >&2; return 1; }
}

postgres_restart() {
  kill -9 "$(head -n 1 "$POSTGRES_FOLDER/data/postmaster.pid")"
  # Its children notice within a moment; the new one refuses to start before.
  local look
  for look in $(seq 1 100); do
    rm -f "$POSTGRES_FOLDER/data/postmaster.pid"
    _postgres_run "$(postgres_bin)" 2>/dev/null && return 0
    sleep 0.1
  done
  _postgres_run "$(postgres_bin)"
}

postgres_stop() {
  [ -n "${POSTGRES_FOLDER:-}" ] || return 0
  (cd / && postgres_as "$(postgres_bin)/pg_ctl" -D "$POSTGRES_FOLDER/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$POSTGRES_FOLDER"
  unset POSTGRES_FOLDER BURSARY_TEST_POSTGRES
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  trap postgres_stop EXIT
  trap 'exit 0' INT TERM
  postgres_start
  echo "export BURSARY_TEST_POSTGRES='$BURSARY_TEST_POSTGRES'"
  while sleep 3600 & wait $!; do :; done
fi
