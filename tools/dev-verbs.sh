# Sourced by dev: the verbs.

BUILD=build/release

jobs_now() { nproc; }

dev_configure() {
    mkdir -p build
    need_packages "$BUILD_PACKAGES"
    export CCACHE_DIR="${CCACHE_DIR:-$PWD/build/ccache}"
    [ -f "$BUILD/build.ninja" ] || cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log >&2; return 1; }
}

dev_web() {
    need_node
    stamp=build/web.stamp
    changed=$(find web src tools/apigen*.py -type f -newer "$stamp" -not -path '*/node_modules/*' -not -path '*/dist/*' \
        \( -path 'web/*' -o -name api.yaml -o -name 'apigen*' \) 2>/dev/null | head -1) || changed=
    if [ ! -f "$stamp" ] || [ -n "$changed" ] || [ ! -d web/dist/portal ]; then
        [ web/node_modules/.package-lock.json -nt web/package-lock.json ] ||
            (cd web && npm ci --ignore-scripts --no-audit --no-fund >../build/npm.log 2>&1) || { tail -20 build/npm.log >&2; return 1; }
        (cd web && npm run --silent build >../build/web.log 2>&1) || { tail -40 build/web.log >&2; return 1; }
        touch "$stamp"
    fi
}

dev_build() {
    dev_configure
    cmake --build "$BUILD" -j "$(jobs_now)"
    dev_web
}

dev_run() {
    data=data
    port=8080
    while [ $# -gt 0 ]; do
        case "$1" in
            --data) data=$2; shift 2 ;;
            --port) port=$2; shift 2 ;;
            *) echo "dev run: --data DIR and --port N are all it takes" >&2; return 2 ;;
        esac
    done
    dev_configure
    echo "building (the first time takes a while) …" >&2
    cmake --build "$BUILD" -j "$(jobs_now)" --target tongban tongban-sim >build/build.log 2>&1 || { tail -40 build/build.log >&2; return 1; }
    dev_web
    "$BUILD/tongban" import packs/demo-city --data "$data"
    dev_departments $((port + 1))
    python3 tools/demo_accounts.py "$port" $((port + 1))
    # Both in the background, so that a signal to this shell is heard at once and stops both by their pids.
    "$BUILD/tongban" serve --data "$data" --port "$port" --web web/dist --site-address "127.0.0.1:$port" \
        --exchange-at "http://127.0.0.1:$((port + 1))" &
    server=$!
    stopping=
    trap 'stopping=yes; kill -TERM "$server" 2>/dev/null' INT TERM
    code=0
    wait "$server" || code=$?
    if [ -n "$stopping" ]; then
        code=0
        wait "$server" || code=$?
    fi
    return $code
}

# dev_departments PORT: the pretended departments, until this shell ends.
dev_departments() {
    "$BUILD/tongban-sim" serve --port "$1" --pack packs/demo-city >build/sim.log 2>&1 &
    simulation=$!
    trap 'kill -TERM "$simulation" 2>/dev/null; wait "$simulation" 2>/dev/null || true' EXIT
    tries=0
    until grep -q "listening on" build/sim.log; do
        tries=$((tries + 1))
        if [ "$tries" -gt 300 ] || ! kill -0 "$simulation" 2>/dev/null; then
            cat build/sim.log >&2
            return 1
        fi
        sleep 0.1
    done
}

dev_test() {
    need_packages "$TEST_PACKAGES"
    dev_configure
    if [ $# -gt 0 ]; then
        targets=
        for name in "$@"; do targets="$targets test_$name"; done
        # shellcheck disable=SC2086
        cmake --build "$BUILD" -j "$(jobs_now)" --target $targets
    else
        cmake --build "$BUILD" -j "$(jobs_now)"
        python3 test/fuzz/fuzz.py --only-build || echo "dev: the fuzz targets do not build; their test says why" >&2
        dev_web
    fi
    exec python3 tools/run_tests.py --build "$BUILD" "$@"
}

dev_journeys() {
    need_packages "$TEST_PACKAGES"
    dev_build
    exec python3 tools/run_tests.py --build "$BUILD" --only journeys "$@"
}

dev_bench() {
    need_packages "$TEST_PACKAGES"
    dev_build
    cmake --build "$BUILD" -j "$(jobs_now)" --target bench
    exec python3 test/bench/bench.py --build "$BUILD" "$@"
}
