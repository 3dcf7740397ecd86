#!/usr/bin/env bash
# Back-fills a real WordPress (Debian's package, with its own database, on loopback) and compares the months that
# narvaro counts with the months that were written: by the REST API, by paged=, after kills, and from a date on.
# Usage: wordpress_peer.sh BIN_DIR. Installs what is missing when the caller is root; else it is skipped.
set -euo pipefail
bin=$(readlink -f "${1:?folder of the programs}")
cd "$(dirname "$(readlink -f "$0")")"
. ./peer.sh
need_packages wordpress mariadb-server php-cli php-mysql php-xml
[ "$(id -u)" = 0 ] || skip "the database of the test is started as another user, and that needs root"
getent hosts localhost >/dev/null || skip "a database needs to know localhost, and this machine has no /etc/hosts"
PATH=$PATH:/usr/sbin

dir=$(mktemp -d)
stop() {
    kill "${php:-}" 2>/dev/null || true
    kill "${db:-}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT
chmod 755 "$dir"

echo "== a database of its own" >&2
mkdir "$dir/db" && chown mysql "$dir/db"
mariadb-install-db --user=mysql --datadir="$dir/db" --auth-root-authentication-method=normal >"$dir/db.log" 2>&1 ||
    { cat "$dir/db.log" >&2; fail "no database"; }
mariadbd --user=mysql --datadir="$dir/db" --socket="$dir/db/socket" --skip-networking >>"$dir/db.log" 2>&1 &
db=$!
for _ in $(seq 100); do mariadb -u root -S "$dir/db/socket" -e 'SELECT 1' >/dev/null 2>&1 && break; sleep 0.2; done
mariadb -u root -S "$dir/db/socket" -e 'CREATE DATABASE wp'

echo "== a site with 57 posts in two years" >&2
cp -rL /usr/share/wordpress "$dir/site"
port=$(free_port)
cat >"$dir/site/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$dir/db/socket'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', 'http://127.0.0.1:$port'); define('WP_SITEURL', 'http://127.0.0.1:$port');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('WP_CONTENT_DIR', __DIR__ . '/wp-content');
foreach (['AUTH','SECURE_AUTH','LOGGED_IN','NONCE'] as \$k) { define(\$k . '_KEY', 'x'); define(\$k . '_SALT', 'y'); }
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
cat >"$dir/site/router.php" <<'PHP'
<?php
$file = __DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (is_file($file)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
PHP
cat >"$dir/write.php" <<'PHP'
<?php
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Vallentuna', 'admin', 'admin@example.org', true, '', 'secret-of-a-test');
update_option('permalink_structure', '/%postname%/');
update_option('timezone_string', 'Europe/Stockholm');
update_option('rss_use_excerpt', 0);
flush_rewrite_rules();
wp_delete_post(1, true);
$months = [];
for ($i = 0; $i < 57; $i++) {
    // Every thirteen days, at 23:30 UTC: the edges of months in Stockholm are met by the way.
    $utc = gmdate('Y-m-d H:i:s', gmmktime(23, 30, 0, 1, 18, 2020) + $i * 13 * 86400);
    $local = new DateTime($utc, new DateTimeZone('UTC'));
    $local->setTimezone(new DateTimeZone('Europe/Stockholm'));
    wp_insert_post(['post_title' => "Inlägg $i: buss & tåg", 'post_status' => 'publish', 'post_author' => 1,
        'post_content' => "<p>Stycke ett om $i.</p>\n<p>Stycke två med <a href=\"https://example.org/$i\">länk</a>.</p>",
        'post_date' => $local->format('Y-m-d H:i:s'), 'post_date_gmt' => $utc]);
    $key = $local->format('Y-m');
    $months[$key] = ($months[$key] ?? 0) + 1;
}
ksort($months);
foreach ($months as $month => $n) echo "$month $n\n";
PHP
php "$dir/write.php" "$dir/site" >"$dir/written.txt" 2>"$dir/php.log" || { cat "$dir/php.log" >&2; exit 1; }
PHP_CLI_SERVER_WORKERS=2 php -S "127.0.0.1:$port" -t "$dir/site" "$dir/site/router.php" >"$dir/php.log" 2>&1 &
php=$!
wait_for_port "$port"

cat >"$dir/narvaro.toml" <<TOML
state = "state"
[source.web]
kind = "website"
url = "http://127.0.0.1:$port/feed/"
TOML
export NARVARO_CONFIG="$dir/narvaro.toml"
counted() {
    "$bin/narvaro" posts --format table | tail -n +2 | awk '{print substr($2, 1, 7)}' | sort | uniq -c |
        awk '{print $2, $1}'
}
same_months() { diff -u "$1" <(counted) || fail "$2: other months than were written"; }

echo "== back-fill by the REST API, killed on its way, and again" >&2
"$bin/narvaro" poll --backfill --since 2020-01-01
"$bin/narvaro" poll
same_months "$dir/written.txt" "REST API"
rm -r "$dir/state"
for after in 0.2 0.5 0.9; do timeout -s KILL "$after" "$bin/narvaro" poll --backfill --since 2020-01-01 || true; done
"$bin/narvaro" poll --backfill --since 2020-01-01
same_months "$dir/written.txt" "after kills"

echo "== back-fill by paged=, where the REST API is closed" >&2
mkdir -p "$dir/site/wp-content/mu-plugins"
cat >"$dir/site/wp-content/mu-plugins/closed.php" <<'PHP'
<?php
add_filter('rest_authentication_errors', fn() => new WP_Error('closed', 'closed', ['status' => 401]));
PHP
rm -r "$dir/state"
timeout -s KILL 0.6 "$bin/narvaro" poll --backfill --since 2020-01-01 || true
"$bin/narvaro" poll --backfill --since 2020-01-01
same_months "$dir/written.txt" "paged="

echo "== back-fill from a date on" >&2
rm -r "$dir/state"
"$bin/narvaro" poll --backfill --since 2021-01-01
awk '$1 >= "2021-01"' "$dir/written.txt" >"$dir/since.txt"
same_months "$dir/since.txt" "--since"
echo "wordpress: $(wc -l <"$dir/written.txt") months counted as written, by either way" >&2
