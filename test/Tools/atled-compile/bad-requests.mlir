// What one cannot ask for: an error that says what to ask for, and no file.

// RUN: rm -rf %t && mkdir %t
// RUN: not atled-compile %s --grad=los -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NO-FUNCTION
// NO-FUNCTION: error: there is no function 'los'; did you mean 'loss'?

// RUN: not atled-compile %s --entry=los -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NO-ENTRY
// NO-ENTRY: error: there is no function 'los'; did you mean 'loss'?

// RUN: not atled-compile %s --entry=nothing_of_the_kind -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NOT-NEAR
// NOT-NEAR: error: there is no function 'nothing_of_the_kind'{{$}}

// RUN: not atled-compile %s --grad=loss --wrt=2 -o %t/m.o 2>&1 | FileCheck %s --check-prefix=RANGE
// RANGE: bad-requests.mlir:[[#@LINE+41]]:{{[0-9]+}}: error: wrt asks for argument 2, counted from 0, and 'loss' has 2

// RUN: not atled-compile %s --grad=loss --wrt=-1 -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: wrt asks for argument -1, counted from 0, and 'loss' has 2

// RUN: not atled-compile %s --grad=loss --wrt=y -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: bad-requests.mlir:[[#@LINE+35]]:{{[0-9]+}}: error: wrt asks for argument 'y', and those of 'loss' are called 'x', 'in1'

// RUN: not atled-compile %s --grad=loss --wrt=0,1 -o %t/m.o 2>&1 | FileCheck %s --check-prefix=INTEGER
// INTEGER: bad-requests.mlir:[[#@LINE+32]]:55: error: argument 1 of 'loss' has no derivative: its type is 'tensor<4xi32>'

// RUN: not atled-compile %s --grad=double_it -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NOT-SCALAR
// NOT-SCALAR: error: 'grad' needs a function with one real number as its only result, and 'double_it' has type '(tensor<4xf32>) -> tensor<4xf32>'
// NOT-SCALAR: note: ask for the vjp, which takes a seed for each result

// RUN: not atled-compile %s --vjp=count -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: error: function 'count' has no argument with a derivative

// RUN: not atled-compile %s --vjp=number -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NUMBER
// RUN: not atled-compile %s --jvp=number --wrt=1 -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NUMBER
// NUMBER: bad-requests.mlir:[[#@LINE+35]]:38: error: argument 1 of 'number' has no derivative: its type is 'f64'; a number that has one is 'tensor<f64>'

// RUN: not atled-compile %s --grad=plain -o %t/m.o 2>&1 | FileCheck %s --check-prefix=PLAIN
// RUN: not atled-run %s --grad=plain 2>&1 | FileCheck %s --check-prefix=PLAIN
// PLAIN: bad-requests.mlir:[[#@LINE+35]]:1: error: the result of 'plain' has no derivative: its type is 'f64'; a number that has one is 'tensor<f64>'

// RUN: not atled-compile %s --jvp=outside -o %t/m.o 2>&1 | FileCheck %s --check-prefix=NO-BODY
// NO-BODY: error: function 'outside' has no body

// RUN: not atled-compile %s --grad=loss --grad=loss -o %t/m.o 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: --grad names 'loss' twice
// RUN: sed 's/@count/@loss_grad/' %s | not atled-compile --grad=loss -o %t/m.o 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: error: the derivative of 'loss' would be called 'loss_grad', and the program has a function of that name

// RUN: not atled-compile %s --wrt=0 -o %t/m.o 2>&1 | FileCheck %s --check-prefix=WRT-ALONE
// WRT-ALONE: error: --wrt goes with --grad, --value-and-grad, --vjp, --jvp or --split

// RUN: ls %t | count 0

func.func private @outside(tensor<4xf32>) -> tensor<4xf32>

func.func @loss(%x: tensor<4xf32> {atled.name = "x"}, %n: tensor<4xi32>) -> tensor<f32> {
  %r = atled.reduce_sum %x dimensions = [0] : tensor<4xf32> -> tensor<f32>
  return %r : tensor<f32>
}

func.func @double_it(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = atled.add %x, %x : tensor<4xf32>
  return %r : tensor<4xf32>
}

func.func @count(%n: tensor<4xi32>) -> tensor<4xi32> {
  return %n : tensor<4xi32>
}

func.func @number(%n: tensor<4xi32>, %x: f64) -> f64 {
  return %x : f64
}

func.func @plain(%x: tensor<f64>) -> f64 {
  %r = tensor.extract %x[] : tensor<f64>
  return %r : f64
}
