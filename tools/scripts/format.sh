#!/bin/sh
# Formats every C and C++ source in place, as test/Meta/format.py demands.
set -eu
cd "$(dirname "$0")/../.."
find include lib tools test docs -type f \
  \( -name '*.h' -o -name '*.hpp' -o -name '*.c' -o -name '*.cpp' \) -exec clang-format-22 -i {} +
