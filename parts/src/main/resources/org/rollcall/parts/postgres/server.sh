#!/bin/sh
# PostgreSQL for tests: makes a cluster in a folder of its own, serves it on a port of the loopback,
# and ends it and removes the folder when standard input ends, so that nothing outlives a test.
#
# Usage: server.sh PORT on|off [PEM]   whether it waits for the disk (fsync); with a certificate and its
#                                      key in one file it speaks TLS to whoever asks for it
#
# Prints "ready" when it answers. Lines on standard input, each answered by a line:
#   kill                    kill -9 of all its processes: "killed"
#   stop                    an orderly end: "stopped"
#   start                   after either: "ready"
#   stall                   SIGSTOP of all its processes: "stalled"
#   resume                  after that: "resumed"
#   sql DATABASE STATEMENT  as the superuser: "done"
# Users: postgres, and rollcall, which owns the database register; both passwords are "for-tests".
#
# Texts are sorted by rules of language (ICU) unless a column says otherwise: a test on it notices
# a column that does not.
set -u
port="$1"
durable="$2"
certificate="${3:-}"
postgres=

fail() {
  printf 'failed: %s\n' "$*"
  exit 1
}

# Debian keeps the programs off the path, in a folder for each version.
programs="$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)"
[ -n "$programs" ] || programs="$(command -v initdb)" || fail "no initdb: install the package postgresql"
programs="$(dirname "$(readlink -f "$programs")")"

folder="$(mktemp -d "${TMPDIR:-/tmp}/rollcall-postgres.XXXXXX")" || fail "no folder"
cd "$folder" || fail "no way into $folder"

# It refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
  owner=nobody
  id postgres >/dev/null 2>&1 && owner=postgres
  chown "$owner" "$folder"
  as="setpriv --reuid=$(id -u "$owner") --regid=$(id -g "$owner") --clear-groups"
fi

tls=
if [ -n "$certificate" ]; then
  cp "$certificate" "$folder/server.pem" || fail "no certificate in $certificate"
  chmod 600 "$folder/server.pem"
  [ -z "$as" ] || chown "$owner" "$folder/server.pem"
  tls="-c ssl=on -c ssl_cert_file=$folder/server.pem -c ssl_key_file=$folder/server.pem"
fi

begin() {
  # A killed server's processes may need a moment to be gone; its port as well.
  tries=600
  while [ "$tries" -gt 0 ]; do
    # shellcheck disable=SC2086
    $as "$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 $tls \
      -c unix_socket_directories= -c fsync="$durable" -c synchronous_commit="$durable" \
      -c full_page_writes="$durable" -c max_connections=60 -c shared_buffers=32MB \
      </dev/null >>"$folder/log" 2>&1 &
    postgres=$!
    while kill -0 "$postgres" 2>/dev/null && [ "$tries" -gt 0 ]; do
      "$programs/pg_isready" -q -h 127.0.0.1 -p "$port" && return 0
      tries=$((tries - 1))
      sleep 0.1
    done
    tries=$((tries - 1))
    sleep 0.1
  done
  fail "$(tail -n 5 "$folder/log" | tr '\n' ' ')"
}

# Of the server it began, no others.
children() { cat "/proc/$postgres/task/$postgres/children" 2>/dev/null; }

kill_all() {
  # shellcheck disable=SC2046
  kill -9 "$postgres" $(children) 2>/dev/null
  wait "$postgres" 2>/dev/null
}

# The server first, so that it makes no more of them.
stall() {
  kill -STOP "$postgres" || fail "nothing to stall"
  # shellcheck disable=SC2046
  kill -STOP $(children) 2>/dev/null
}

resume() {
  # shellcheck disable=SC2046
  kill -CONT $(children) 2>/dev/null
  kill -CONT "$postgres" || fail "nothing to resume"
}

sql() {
  PGPASSWORD=for-tests "$programs/psql" -q -X -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres \
    -d "$1" -c "$2" </dev/null >>"$folder/log" 2>&1 || fail "$(tail -n 5 "$folder/log" | tr '\n' ' ')"
}

finish() {
  [ -z "$postgres" ] || kill_all
  cd /
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

printf 'for-tests' >"$folder/password"
[ -z "$as" ] || chown "$owner" "$folder/password"
$as "$programs/initdb" -D "$folder/data" -U postgres --encoding=UTF8 --locale=C.UTF-8 \
  --locale-provider=icu --icu-locale=zh --auth=scram-sha-256 --pwfile="$folder/password" \
  --no-sync >"$folder/log" 2>&1 || fail "$(tail -n 5 "$folder/log" | tr '\n' ' ')"
begin
sql postgres "CREATE ROLE rollcall LOGIN PASSWORD 'for-tests'"
sql postgres 'CREATE DATABASE register OWNER rollcall'
echo ready

while read -r order database statement; do
  case "$order" in
    kill)
      kill_all
      echo killed
      ;;
    stop)
      kill -INT "$postgres"
      wait "$postgres" 2>/dev/null
      echo stopped
      ;;
    stall)
      stall
      echo stalled
      ;;
    resume)
      resume
      echo resumed
      ;;
    start)
      begin
      echo ready
      ;;
    sql)
      sql "$database" "$statement"
      echo done
      ;;
    *) fail "there is no order $order" ;;
  esac
done
