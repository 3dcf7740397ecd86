# What the tests with real servers share; sourced. A test that cannot run here says why and ends with 77,
# which CTest counts as skipped.

skip() {
    echo "skipped: $*" >&2
    exit 77
}

# Installs the packages that are missing; without root, or without a mirror, the test is skipped.
need_packages() {
    local package missing=()
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || skip "${missing[*]} must be installed, and that needs root"
    apt-get update -q >&2 || skip "no mirror to install ${missing[*]} from"
    # RUNLEVEL: the packages must not start servers of their own.
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 ||
        skip "${missing[*]} cannot be installed"
}

# A port of loopback that nobody listens on now; below those that the kernel gives to outgoing connections, which would
# not be seen by a knock and still be in the way.
free_port() {
    local port
    for _ in $(seq 50); do
        port=$((12000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    skip "no free port"
}

wait_for_port() {
    for _ in $(seq 200); do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
        sleep 0.05
    done
    fail "nobody listens on port $1"
}

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
