#!/bin/sh
# Installs what is needed, builds, runs every test, the compiler's own also under the address and
# undefined-behaviour sanitizers, and prints `N passed, N failed`. `test.sh NAME...` runs only the tests
# with one of the names in their path, in any case, a hyphen also as an underscore or nothing:
# `test.sh control-flow` finds ControlFlow and control_flow. Comparisons with PyTorch say how much they compared, in a
# line `ops N, samples N, differ N`. Run as root or with sudo; may be run again.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
sh tools/scripts/setup.sh

filter=$(IFS='|'; echo "$*" | sed 's/-/[-_]?/g')
code=0
rm -f build/*/test/results.json
for preset in development sanitizers; do
  echo "== Building and testing: $preset"
  cmake --preset $preset > /dev/null
  cmake --build --preset $preset --target all AtledUnitTests
  /usr/lib/llvm-22/bin/lit -sv --filter="$filter" -o build/$preset/test/results.json build/$preset/test || code=$?
done

python3 - <<'END'
import glob, json, re
tests = [test for name in glob.glob("build/*/test/results.json") for test in json.load(open(name))["tests"]]
codes = [test["code"] for test in tests]
for test in tests:
    for line in re.findall(r"^(?:values|ops) \d+, .*", test["output"], re.M):
        print(line)
passed = sum(code in ("PASS", "XFAIL") for code in codes)
skipped = sum(code in ("UNSUPPORTED", "SKIPPED", "EXCLUDED") for code in codes)
print(f"{passed} passed, {len(codes) - passed - skipped} failed")
END
exit $code
