#!/bin/sh
# Times what Atled compiles beside what one would write by hand in C, in one run, by turns.
#
#   bench.sh digits        one training step of the digits example, also in PyTorch eager where it is installed
#   bench.sh control-flow  loops, recursion and higher orders, with checkpoints and without: time and workspace
#   bench.sh calls         what a call costs beside what it computes, with Google Benchmark
#   bench.sh shapes        gradients with a dynamic dimension beside static ones, on one thread and on two
#   bench.sh frontend      libatled: the trainer of the digits traced, beside the same from text; backward()
#   bench.sh               all
#
# Needs numpy, libbenchmark-dev and what demo.sh has built.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
python=${PYTHON:-/usr/bin/python3}
compile=build/release/bin/atled-compile

# Starts an empty folder, with the clock.
start() {
  out=build/bench/$1
  rm -rf "$out"
  mkdir -p "$out"
  clang-22 -std=gnu99 -O2 -shared test/Benchmarks/timer.c -o "$out/timer.so"
}

digits() {
  start digits
  bench=test/Benchmarks/Digits
  atled() {
    $compile docs/Examples/Digits/model.mlir --value-and-grad=loss --wrt=0,1,2,3 \
      --entry=loss_value_and_grad -o $out/model.o --header=$out/model.h $2
    clang-22 -shared $out/model.o -lm -o "$out/$1.so"
  }
  by_hand() {
    # shellcheck disable=SC2086  # several options
    clang-22 -std=c99 $2 -shared -fPIC $bench/handwritten.c $bench/uniform.c -lm -o "$out/$1.so"
  }
  atled "1-Atled" ""
  by_hand "2-C_by_hand,_clang_-O2" "-O2"
  by_hand "3-C_by_hand,_clang_-O3" "-O3"
  atled "4-Atled,_-mcpu=native" "-mcpu=native"
  by_hand "5-C_by_hand,_clang_-O3_-march=native" "-O3 -march=native"
  "$python" $bench/compare.py $out
}

control_flow() {
  start control-flow
  bench=test/Benchmarks/ControlFlow
  programs() {
    sed "${2:+s|// \(.*\){checkpoint\}|\1{ad.checkpoint = $2\}|}" $bench/programs.mlir > $out/$1.mlir
    $compile $out/$1.mlir -o $out/$1.o --header=$out/$1.h
    clang-22 -shared $out/$1.o -lm -o $out/$1.so
  }
  programs programs
  programs periodic "#ad.periodic<32>"
  programs binomial "#ad.binomial<10>"
  clang-22 -std=c99 -O3 -shared -fPIC $bench/adjoints.c -lm -o $out/adjoints.so
  "$python" $bench/table.py $out
}

calls() {
  out=build/bench/calls
  rm -rf $out
  mkdir -p $out
  object() {
    $compile test/Benchmarks/Calls/Inputs/calls.mlir --symbol-prefix="$1_" $2 -o "$out/$1.o" --header="$out/$1.h"
  }
  object any ""
  object v3 "-mcpu=x86-64-v3"
  object both "--multiversion=x86-64,x86-64-v3"
  clang++-22 -std=c++17 -O2 -I$out test/Benchmarks/Calls/calls.cpp $out/*.o -lbenchmark -o $out/calls
  $out/calls
}

shapes() {
  "$python" test/Benchmarks/Shapes/table.py build/release/bin/atled-run build/bench/shapes
}

frontend() {
  out=build/bench/frontend
  rm -rf $out
  mkdir -p $out
  digits=docs/Examples/Digits
  gunzip -c $digits/digits.csv.gz > $out/digits.csv
  $compile $digits/model.mlir --value-and-grad=loss --wrt=0,1,2,3 --entry=loss_value_and_grad,predict -mcpu=native \
    -o $out/model.o --header=$out/model.h --hpp=$out/model.hpp
  program() {
    source=$1
    shift
    clang++-22 -std=c++17 -O2 -I$out -Iinclude -Ibuild/release/include "$source" "$@"
  }
  library="-Lbuild/release/lib -latled -Wl,-rpath,$PWD/build/release/lib"
  program $digits/train.cpp $out/model.o -lm -o $out/text
  # shellcheck disable=SC2086  # several options
  program $digits/traced.cpp $library -o $out/traced
  # shellcheck disable=SC2086
  program test/Benchmarks/Recording/backward.cpp $library -o $out/backward
  for _ in 1 2 3; do
    echo "from text: $($out/text $out/digits.csv | grep 'us a step')"
    echo "traced: $($out/traced $out/digits.csv $out | grep 'us a step')"
  done
  $out/backward
}

case ${1:-all} in
digits) digits ;;
control-flow) control_flow ;;
calls) calls ;;
shapes) shapes ;;
frontend) frontend ;;
all) digits && control_flow && calls && shapes && frontend ;;
*) echo "bench.sh: there is no benchmark '$1'; there are digits, control-flow, calls, shapes and frontend" >&2 && exit 2 ;;
esac
