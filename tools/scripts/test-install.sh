#!/bin/sh
# Installs the library and the tools from a build, moves what is installed, and builds and runs every example with
# it, outside of the sources: `test-install.sh build/release FOLDER`. The folder is emptied. CC, CXX, CFLAGS and
# CXXFLAGS are for the examples.
set -eu
build=$(CDPATH='' cd -- "$1" && pwd)
mkdir -p "$2"
folder=$(CDPATH='' cd -- "$2" && pwd)
CDPATH='' cd -- "$(dirname -- "$0")/../.."

# Says what is run, then runs it; only what fails says more.
run() {
  echo "\$ $*"
  "$@" > "$folder/log.txt" 2>&1 || { cat "$folder/log.txt"; exit 1; }
}

# What was run last has said this.
expect() {
  grep -E "$1" "$folder/log.txt" || { cat "$folder/log.txt"; echo "'$1' is not there"; exit 1; }
}

echo "== Installing, and moving what is installed"
rm -rf "$folder/installed" "$folder/moved" "$folder/examples"
for component in Library Tools; do
  run cmake --install "$build" --prefix "$folder/installed" --component "$component"
done
mv "$folder/installed" "$folder/moved"
cp -r docs/Examples "$folder/examples"
cd "$folder/examples"
export PATH="$folder/moved/bin:$PATH" CMAKE_PREFIX_PATH="$folder/moved"

echo "== The first chapter"
for program in Textbook/*.mlir; do
  run atled-run --check "$program"
  expect ' 0 failed'
done

echo "== C, with make"
run make -C Sine picture
expect '200 points'
run make -C Digits training
expect 'test accuracy 0\.9[5-9]'

echo "== C++, with CMake"
for project in Digits Traced; do
  run cmake -S "$project" -B "$project/build" -DCMAKE_BUILD_TYPE=Release
  run cmake --build "$project/build"
done
run Digits/build/train Digits/digits/digits.csv
expect 'us a step'
expect 'test accuracy 0\.9[5-9]'
run Digits/build/traced Digits/digits/digits.csv Digits/digits
expect 'us a step'
expect 'test accuracy 0\.9[5-9]'
run Traced/build/regression
expect 'bias \[0\.5\]'
run Traced/build/fit Traced/line.mlir
expect 'slope 2\.0000, offset -1\.0000'
run Traced/build/use
expect 'loss 0\.213552, gradient 0\.726862 0\.726862 0\.363431'
echo "every example works"
