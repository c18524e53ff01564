# What Oriel needs of the machine. Sourced by ./oriel and ./dev: each need is met, installed, or named.

fail() {
    echo "$*" >&2
    exit 1
}

# install PACKAGE...: installs Debian packages where it may, and otherwise prints the line that does.
install() {
    local line="apt-get install -y --no-install-recommends $*"
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "Missing on this machine: $*. On Debian or Ubuntu install it with: sudo $line"
    fi
    echo "Installing $*" >&2
    local log
    log=$(mktemp)
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive $line; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail "apt-get could not install: $*. Once it can, run: $line"
    fi
    rm -f "$log"
}

has_library() {
    grep -q "$1" <<<"$libraries"
}

# need_libraries: what the X11 source and the JPEG encoder load.
need_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    local missing=() libraries
    libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)
    has_library 'libxcb\.so\.1' || missing+=(libxcb1)
    has_library 'libxcb-shm\.so\.0' || missing+=(libxcb-shm0)
    has_library 'libxcb-damage\.so\.0' || missing+=(libxcb-damage0)
    has_library 'libxcb-xfixes\.so\.0' || missing+=(libxcb-xfixes0)
    has_library 'libxcb-randr\.so\.0' || missing+=(libxcb-randr0)
    if ! has_library 'libturbojpeg\.so\.0'; then
        if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then missing+=(libturbojpeg); else missing+=(libturbojpeg0); fi
    fi
    if [ ${#missing[@]} -gt 0 ]; then install "${missing[@]}"; fi
}

# java_version COMMAND: the feature release of a java or javac, 0 if there is none.
java_version() {
    local text
    # Java says first what it picked up from the environment, and what it warns of.
    text=$("$1" -version 2>&1 | grep -m 1 -E '^javac | version "') || { echo 0; return; }
    text=$(sed -E 's/[^0-9]*([0-9]+).*/\1/' <<<"$text")
    [[ $text =~ ^[0-9]+$ ]] && echo "$text" || echo 0
}

# need_java: sets JAVA to a java of release 17 or newer.
need_java() {
    JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
    if [ "$(java_version "$JAVA")" -lt 17 ]; then
        [ -z "${JAVA_HOME:-}" ] || fail "JAVA_HOME is \"$JAVA_HOME\", which has no Java 17 or newer"
        install openjdk-17-jre-headless
    fi
}

# java_archive: the file that the archive of classes for JAVA belongs into, another one for each Java. Relaunch.java knows
# its name too.
java_archive() {
    local home
    home=$(readlink -f "$(command -v "$JAVA")")
    home=${home%/bin/java}
    echo "$root/gateway/target/classes-$(stat -c '%Y-%s' "$home/lib/modules" || echo "$home" | tr / -).jsa"
}

# need_build_tools: a JDK and Maven.
need_build_tools() {
    local missing=()
    if [ "$(java_version "${JAVA_HOME:+$JAVA_HOME/bin/}javac")" -lt 17 ]; then
        [ -z "${JAVA_HOME:-}" ] || fail "JAVA_HOME is \"$JAVA_HOME\", which has no JDK 17 or newer"
        missing+=(openjdk-17-jdk-headless)
    fi
    command -v mvn >/dev/null || missing+=(maven)
    if [ ${#missing[@]} -gt 0 ]; then install "${missing[@]}"; fi
}

# need_headers HEADER:PACKAGE...: what the program in C is compiled with that a benchmark compares with.
need_headers() {
    local missing=() pair
    for pair in "$@"; do
        gcc -E -include "${pair%%:*}" -x c /dev/null >/dev/null 2>&1 || missing+=("${pair##*:}")
    done
    if [ ${#missing[@]} -gt 0 ]; then install "${missing[@]}"; fi
}

# need_commands COMMAND:PACKAGE...: programs that the tests and benchmarks use.
need_commands() {
    local missing=() pair
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
    done
    if [ ${#missing[@]} -gt 0 ]; then install "${missing[@]}"; fi
}
