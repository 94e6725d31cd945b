#!/bin/sh
# Installs what is needed, builds, runs every test and prints `N passed, N failed`.
set -eu
cd "$(dirname "$0")/../.."
sh tools/scripts/setup.sh

cmake --preset development > /dev/null
cmake --build --preset development
results=build/development/test/results.json
code=0
/usr/lib/llvm-22/bin/lit -s -o "$results" build/development/test || code=$?
python3 - "$results" <<'EOF'
import json, sys
codes = [test["code"] for test in json.load(open(sys.argv[1]))["tests"]]
passed = sum(code in ("PASS", "XFAIL") for code in codes)
skipped = sum(code in ("UNSUPPORTED", "SKIPPED") for code in codes)
print(f"{passed} passed, {len(codes) - passed - skipped} failed, {skipped} skipped")
EOF
exit $code
