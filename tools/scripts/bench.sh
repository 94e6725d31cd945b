#!/bin/sh
# Times one training step of the digits example: compiled by Atled, written by hand in C, and in PyTorch
# eager where python3-torch is installed; all in one run, by turns, on one thread. Needs numpy and what
# demo.sh has built.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
python=${PYTHON:-/usr/bin/python3}
bench=test/Benchmarks/Digits
out=build/bench
mkdir -p $out
rm -f $out/*.so

atled() {
  build/release/bin/atled-compile docs/Examples/Digits/model.mlir --value-and-grad=loss --wrt=0,1,2,3 \
    --entry=loss_value_and_grad -o $out/model.o --header=$out/model.h $2
  clang-22 -shared $out/model.o -lm -o "$out/$1.so"
}
by_hand() {
  # shellcheck disable=SC2086  # several options
  clang-22 -std=c99 $2 -shared -fPIC $bench/handwritten.c $bench/uniform.c -lm -o "$out/$1.so"
}

clang-22 -std=gnu99 -O2 -shared -fPIC $bench/timer.c -o $out/timer.so
atled "1-Atled" ""
by_hand "2-C_by_hand,_clang_-O2" "-O2"
by_hand "3-C_by_hand,_clang_-O3" "-O3"
atled "4-Atled,_-mcpu=native" "-mcpu=native"
by_hand "5-C_by_hand,_clang_-O3_-march=native" "-O3 -march=native"
exec "$python" $bench/compare.py $out
