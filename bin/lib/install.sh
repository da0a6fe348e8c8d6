# What Heard needs from the machine, and how it gets there. Sourced by the other scripts; does nothing where nothing is missing.
#
# Debian 12 (or a relative with apt) and a Swift 6 toolchain are all that must be there. Everything else is listed here, and only here.

# To build and run: SQLite, PostgreSQL's client library, password hashing, QR codes, Markdown.
packages_to_build="git pkg-config libsqlite3-dev libpq-dev libargon2-dev libqrencode-dev zlib1g-dev
    libcmark-gfm-dev libcmark-gfm-extensions-dev"
# To move around in maps; without it they are drawn.
packages_to_serve="libjs-leaflet"
# To read pages aloud. Heard works without, and then no page says that it can be heard.
packages_to_speak="espeak-ng lame"
# To test: a PostgreSQL server, a browser with letters to show, Python's environments, Java for the HTML checker.
packages_to_test="$packages_to_serve postgresql chromium fonts-dejavu-core python3 python3-venv default-jre-headless curl sqlite3"
# To measure.
packages_to_bench="wrk curl sqlite3 postgresql python3 python3-venv"

say() { printf '%s\n' "$*"; }

need_swift() {
    if ! command -v swift >/dev/null 2>&1; then
        say "Heard is written in Swift, and there is no 'swift' on the PATH. To get it (Swift 6.1 or newer):"
        say "  https://www.swift.org/install/linux/"
        say "or, with Swift's own installer:"
        say "  curl -O https://download.swift.org/swiftly/linux/swiftly-\$(uname -m).tar.gz"
        say "  tar zxf swiftly-\$(uname -m).tar.gz && ./swiftly init && . ~/.local/share/swiftly/env.sh"
        say "Then run this again."
        exit 1
    fi
    swift_version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -1)
    case "$swift_version" in
    [0-5].* | 6.0) say "Heard needs Swift 6.1 or newer; this is $swift_version. See https://www.swift.org/install/linux/" && exit 1 ;;
    esac
}

# need_packages NAME…: installs those that are missing, as root or with sudo.
need_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "This is no Debian, so nothing is installed for you. Heard needs what Debian calls: $*"
        return 0
    fi
    missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing from Debian:$missing"
    as_root=""
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "That needs root, and there is no sudo. Please run as root:  apt-get install$missing"
            exit 1
        fi
        as_root="sudo"
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q -o=Dpkg::Use-Pty=0 >/dev/null || say "(apt-get update did not work; trying all the same)"
    # shellcheck disable=SC2086
    if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o=Dpkg::Use-Pty=0 $missing >/tmp/heard-apt.$$ 2>&1; then
        cat /tmp/heard-apt.$$
        say "Debian's packages could not be installed: see above."
        exit 1
    fi
    rm -f /tmp/heard-apt.$$
}

# need_python FOLDER REQUIREMENTS: a Python environment of its own with exactly these packages; made anew when the list changes.
need_python() {
    if [ -x "$1/bin/python" ] && cmp -s "$2" "$1/requirements.txt"; then return 0; fi
    say "Making a Python environment in $1 from $2"
    rm -rf "$1"
    # Debian's own Python, whatever else is on the PATH: its venv package is the one installed above.
    python=/usr/bin/python3
    [ -x "$python" ] || python=python3
    "$python" -m venv "$1" && "$1/bin/pip" install -q --disable-pip-version-check -r "$2" || {
        say "The Python packages could not be installed: see above."
        exit 1
    }
    cp "$2" "$1/requirements.txt"
}
