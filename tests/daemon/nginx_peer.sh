#!/usr/bin/env bash
# Polls feeds from a real nginx on loopback: ETags strong and weak, a change, a move, patience, an outage.
# Usage: nginx_peer.sh BIN_DIR. Installs nginx when it is missing and the caller is root; else it is skipped.
set -euo pipefail
bin=$(readlink -f "${1:?folder of the programs}")
cd "$(dirname "$(readlink -f "$0")")"
. ./peer.sh
need_packages nginx-light
PATH=$PATH:/usr/sbin

dir=$(mktemp -d)
stop() {
    [ ! -f "$dir/nginx.pid" ] || kill "$(cat "$dir/nginx.pid")" 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT
chmod 755 "$dir"
mkdir "$dir/www" "$dir/tmp"
port=$(free_port)

user=
[ "$(id -u)" != 0 ] || user='user root;'
cat >"$dir/nginx.conf" <<NGINX
$user
pid $dir/nginx.pid;
error_log $dir/error.log;
worker_processes 1;
events { worker_connections 64; }
http {
    log_format asked escape=none '\$status \$uri [\$http_if_none_match] [\$http_if_modified_since] \$http_user_agent';
    access_log $dir/access.log asked;
    client_body_temp_path $dir/tmp; proxy_temp_path $dir/tmp; fastcgi_temp_path $dir/tmp;
    uwsgi_temp_path $dir/tmp; scgi_temp_path $dir/tmp;
    types { application/rss+xml rss; }
    server {
        listen 127.0.0.1:$port;
        root $dir/www;
        location = /packed.rss { gzip on; gzip_types application/rss+xml; gzip_min_length 1; gzip_http_version 1.0; }
        location = /old.rss { return 301 http://127.0.0.1:$port/plain.rss; }
        location = /busy.rss { add_header Retry-After 7200 always; return 503; }
    }
}
NGINX

write_feed() { # FILE ITEMS
    {
        echo '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Flöde</title>'
        for i in $(seq "$2" -1 1); do
            echo "<item><guid isPermaLink=\"false\">$1-$i</guid><title>Nyhet $i</title>" \
                "<description>Om buss och tåg, del $i.</description>" \
                "<pubDate>Mon, $(printf %02d "$i") Feb 2021 08:00:00 GMT</pubDate></item>"
        done
        echo '</channel></rss>'
    } >"$dir/www/$1"
}
write_feed plain.rss 3
write_feed packed.rss 3
touch -d '2021-02-04 08:00:00Z' "$dir/www/"*.rss

start() {
    nginx -c "$dir/nginx.conf" -p "$dir" 2>>"$dir/error.log" || fail "nginx: $(cat "$dir/error.log")"
    wait_for_port "$port"
}
start

cat >"$dir/narvaro.toml" <<TOML
state = "state"
[source.plain]
kind = "press"
url = "http://127.0.0.1:$port/plain.rss"
[source.packed]
kind = "press"
url = "http://127.0.0.1:$port/packed.rss"
TOML
export NARVARO_CONFIG="$dir/narvaro.toml"

poll() { # INSTANT SOURCE…
    local now=$1
    shift
    : >"$dir/access.log"
    NARVARO_NOW=$now "$bin/narvaro" poll "$@" >"$dir/out" 2>"$dir/err" && status=0 || status=$?
    cat "$dir/out" "$dir/err" >&2
}
asked() { grep -qF -- "$1" "$dir/access.log" || fail "nginx was not asked: $1 -- $(cat "$dir/access.log")"; }
said() { grep -qF -- "$1" "$dir/out" "$dir/err" || fail "narvaro did not say: $1"; }

echo "== all new, then all 304 with the validators byte for byte" >&2
poll 2021-02-05T08:00:00Z
[ "$status" = 0 ] || fail "the first poll ended with $status"
said 'plain: 3 new'
said 'packed: 3 new'
asked '200 /plain.rss [] [] narvaro/'
read -r modified size < <(stat -c '%Y %s' "$dir/www/plain.rss")
strong=$(printf '"%x-%x"' "$modified" "$size") # nginx' way to make an ETag
poll 2021-02-05T09:30:00Z
said 'plain: 0 new'
asked "304 /plain.rss [$strong] [Thu, 04 Feb 2021 08:00:00 GMT]"
asked '304 /packed.rss [W/"' # compressed on the way, so nginx makes it weak

echo "== a change: read whole, and its new validators are the next ones" >&2
write_feed plain.rss 4
touch -d '2021-02-05 10:00:00Z' "$dir/www/plain.rss"
poll 2021-02-05T11:00:00Z
said 'plain: 1 new, 0 changed'
poll 2021-02-05T13:00:00Z
asked '304 /plain.rss ['
asked '[Fri, 05 Feb 2021 10:00:00 GMT]'

echo "== an outage: said, backed off, and over with the next answer" >&2
kill "$(cat "$dir/nginx.pid")"
for _ in $(seq 100); do [ -f "$dir/nginx.pid" ] || break; sleep 0.05; done
poll 2021-02-05T15:00:00Z
[ "$status" = 1 ] || fail "a poll of nobody ended with $status"
said 'connection refused'
start
poll 2021-02-05T18:00:00Z
[ "$status" = 0 ] || fail "the poll after the outage ended with $status"

echo "== the day's whole read" >&2
poll 2021-02-06T18:00:00Z plain
asked '200 /plain.rss [] []'

echo "== patience for the whole host" >&2
cat >>"$dir/narvaro.toml" <<TOML
[source.busy]
kind = "press"
url = "http://127.0.0.1:$port/busy.rss"
TOML
poll 2021-02-06T20:00:00Z busy
[ "$status" = 1 ] || fail "a 503 ended with $status"
poll 2021-02-06T21:00:00Z plain
said 'not asked'
[ ! -s "$dir/access.log" ] || fail "a host that asked for patience was asked"
poll 2021-02-06T22:00:01Z plain
said 'plain: 0 new'

echo "== a feed that has moved for good, asked at its new address after three days of proof" >&2
sed -i '/^\[source.busy\]/,$d; s/plain.rss/old.rss/' "$dir/narvaro.toml"
for day in 08 09 10; do poll "2021-02-${day}T08:00:00Z" plain; asked '301 /old.rss'; done
poll 2021-02-11T09:00:00Z plain
asked '200 /plain.rss'
! grep -q old.rss "$dir/access.log" || fail "the old address was asked"
said 'has moved for good'
echo "nginx: every manner kept" >&2
