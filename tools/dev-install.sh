# Sourced by dev: what the machine must have. Debian 12 packages, and npm's through web/package-lock.json.

BUILD_PACKAGES="g++ cmake ninja-build ccache pkg-config git ca-certificates python3 python3-yaml
libboost1.81-dev libboost-context1.81-dev libboost-json1.81-dev libssl-dev zlib1g-dev libsqlite3-dev libpq-dev libicu-dev
libcairo2-dev libpango1.0-dev libharfbuzz-bin fontconfig libqpdf-dev liblcms2-dev libqrencode-dev libargon2-dev libmagic-dev
libvips-dev libre2-dev libjemalloc-dev libcurl4-openssl-dev libxml2-dev libgtest-dev fonts-noto-cjk"
TEST_PACKAGES="postgresql-15 poppler-utils libnss3-tools qpdf zbar-tools chromium clang-format-14 clang-tidy-14
clang-14 libclang-rt-14-dev"
NODE_VERSION=24.21.0

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# need_packages "NAME…": installs those that are missing.
need_packages() {
    mkdir -p build
    missing=
    for package in $1; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    echo "installing:$missing" >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 update -qq >&2
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends \
        $missing >build/apt.log 2>&1 || { tail -20 build/apt.log >&2; echo "dev: packages could not be installed" >&2; return 1; }
}

# Node.js: npm on PATH if its node is new enough; else Debian's npm fetches npm's own build of node, by exact pin.
need_node() {
    node_is_new_enough() { command -v npm >/dev/null 2>&1 && node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; }
    node_is_new_enough && return 0
    own=$PWD/build/node
    if [ ! -x "$own/bin/node" ]; then
        command -v npm >/dev/null 2>&1 || {
            as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq \
                --no-install-recommends nodejs npm >>build/apt.log 2>&1; }
        case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "dev: no node for $(uname -m)" >&2; return 1 ;; esac
        mkdir -p "$own"
        npm install --prefix "$own" --no-save --no-audit --no-fund "node-linux-$arch@$NODE_VERSION" >build/node.log 2>&1 ||
            { tail -20 build/node.log >&2; return 1; }
        mkdir -p "$own/bin"
        ln -sf "$own/node_modules/node-linux-$arch/bin/node" "$own/bin/node"
    fi
    PATH="$own/bin:$PATH"
    export PATH
    node_is_new_enough || { echo "dev: node could not be installed" >&2; return 1; }
}
