#!/usr/bin/env bash
# Proves the README's two commands on a Debian 12 that has only git and bash: makes one, clones this repository
# into it, and runs both there. Needs root, network to Debian's packages, and about 4 GB.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
[ "$(id -u)" = 0 ] || { echo "fresh.sh: needs root (it makes a chroot)" >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -q -y --no-install-recommends debootstrap

root=$(mktemp -d)
cleanup() {
    umount -l "$root/proc" "$root/dev" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap cleanup EXIT
mirror=$(sed -n 's/^URIs: *//p; s/^deb \(http[^ ]*\).*/\1/p' \
    $(ls -d /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null) | head -n 1)
debootstrap --variant=minbase --include=git,bash bookworm "$root" "${mirror:-http://deb.debian.org/debian}"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
git clone -q . "$root/src/narvaro"
chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
    bash -c 'cd /src/narvaro && ./dev run && time ./dev run && ./dev test'
