#!/bin/sh
# From a bare Debian 12 to a trained network: installs what is needed, builds Atled, compiles a
# classifier's loss and gradient to an object, links a C program with it, and trains on handwritten
# digits. Run as root or with sudo; may be run again.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."

# Says what is run, then runs it.
run() {
  echo "\$ $*"
  "$@"
}

echo "== Installing what is needed from Debian"
sh tools/scripts/setup.sh build

echo "== Building Atled"
run cmake --preset release > /dev/null
run cmake --build --preset release

echo "== Compiling the model"
digits=docs/Examples/Digits
run build/release/bin/atled-compile $digits/model.mlir --value-and-grad=loss --wrt=0,1,2,3 \
  --entry=loss_value_and_grad,predict -o build/model.o --header=build/model.h

echo "== What the object needs from outside"
run nm -u build/model.o

echo "== Compiling and linking the C program"
run clang-22 -std=c99 -O2 -Wall -Wextra -I build $digits/train.c docs/Examples/Plot/plot.c build/model.o \
  -lm -o build/train

echo "== Training; weights and loss curve go to build/digits"
mkdir -p build/digits
gzip -dc $digits/digits.csv.gz > build/digits/digits.csv
run build/train build/digits/digits.csv build/digits
