#!/usr/bin/env bash
# Mails to a real server on loopback. Usage: mail_peer.sh BIN_DIR aiosmtpd|digest|exim
# Installs what is missing when the caller is root; else it is skipped.
set -euo pipefail
bin=$(readlink -f "${1:?folder of the programs}")
cd "$(dirname "$(readlink -f "$0")")"
. ./peer.sh
case ${2:?which server} in
aiosmtpd | digest) need_packages python3 python3-aiosmtpd openssl ;;
exim)
    [ "$(id -u)" = 0 ] || skip "Exim must be started as root"
    need_packages python3 exim4-daemon-light openssl
    ;;
esac
export PYTHONDONTWRITEBYTECODE=1
exec /usr/bin/python3 "mail/$2_peer.py" "$bin"
