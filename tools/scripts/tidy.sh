#!/bin/sh
# Runs clang-tidy, as .clang-tidy configures it, over every C++ file of the development build, or over the
# files given. Needs what test.sh builds.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
build=build/development
[ $# -gt 0 ] || set -- $(find lib tools -name '*.cpp' ! -path 'lib/CMake/*')
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 clang-tidy-22 -p $build --quiet
