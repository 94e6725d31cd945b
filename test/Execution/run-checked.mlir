// With --checked an index that is out of range is an error that names its line, whatever became of the program; without,
// and within, it changes nothing.

// DEFINE: %{run} = not atled-run %s --checked

// As deep as a recursion goes: unrolled, and as a loop.
// RUN: %{run} --entry=shallow --input=6xf64=1,2,3,4,5,6 --input=i64=6 2>&1 | FileCheck %s --check-prefix=SHALLOW
// RUN: %{run} --grad=shallow --input=6xf64=1,2,3,4,5,6 --input=i64=6 2>&1 | FileCheck %s --check-prefix=SHALLOW
// RUN: atled-run %s --checked --grad=shallow --input=6xf64=1,2,3,4,5,6 --input=i64=2 | FileCheck %s --check-prefix=THREE
// RUN: %{run} --entry=deep --input=6xf64=1,2,3,4,5,6 --input=i64=6 2>&1 | FileCheck %s --check-prefix=DEEP
// RUN: %{run} --grad=deep --input=6xf64=1,2,3,4,5,6 --input=i64=6 2>&1 | FileCheck %s --check-prefix=DEEP
// RUN: atled-run %s --checked --grad=deep --input=6xf64=1,2,3,4,5,6 --input=i64=2 | FileCheck %s --check-prefix=THREE
// THREE: [2.0, 4.0, 6.0, 0.0, 0.0, 0.0]
func.func @shallow(%x: tensor<6xf64>, %n: tensor<i64>) -> tensor<f64> attributes {ad.max_depth = 8 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %goes = arith.cmpi sge, %k, %c0 : i64
  %r = scf.if %goes -> (tensor<f64>) {
    // SHALLOW: an index is out of range, at run-checked.mlir:[[#@LINE+1]]:13: 'atled.dynamic_slice' along dimension 0, which takes 0 to 5
    %part = atled.dynamic_slice %x[%n] sizes = [1] : (tensor<6xf64>, tensor<i64>) -> tensor<1xf64>
    %square = atled.dot %part, %part : (tensor<1xf64>, tensor<1xf64>) -> tensor<f64>
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @shallow(%x, %m) : (tensor<6xf64>, tensor<i64>) -> tensor<f64>
    %z = atled.add %square, %y : tensor<f64>
    scf.yield %z : tensor<f64>
  } else {
    %zero = atled.constant dense<0.0> : tensor<f64>
    scf.yield %zero : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @deep(%x: tensor<6xf64>, %n: tensor<i64>) -> tensor<f64> attributes {ad.max_depth = 100 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %goes = arith.cmpi sge, %k, %c0 : i64
  %r = scf.if %goes -> (tensor<f64>) {
    %index = arith.index_cast %k : i64 to index
    // DEEP: an index is out of range, at run-checked.mlir:[[#@LINE+1]]:13: 'tensor.extract_slice' along dimension 0, which takes 0 to 5
    %part = tensor.extract_slice %x[%index] [1] [1] : tensor<6xf64> to tensor<f64>
    %square = atled.mul %part, %part : tensor<f64>
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @deep(%x, %m) : (tensor<6xf64>, tensor<i64>) -> tensor<f64>
    %z = atled.add %square, %y : tensor<f64>
    scf.yield %z : tensor<f64>
  } else {
    %zero = atled.constant dense<0.0> : tensor<f64>
    scf.yield %zero : tensor<f64>
  }
  return %r : tensor<f64>
}

// RUN: %{run} --grad=sized --input=6xf64=1 --input=i64=1 2>&1 | FileCheck %s --check-prefix=SIZED
// RUN: atled-run %s --checked --grad=sized --input=6xf64=1 --input=i64=0 | FileCheck %s --check-prefix=SIX
// SIX: [6.0, 6.0, 6.0, 6.0, 6.0, 6.0]
func.func @sized(%x: tensor<6xf64>, %k: tensor<i64>) -> tensor<f64> {
  %d = tensor.extract %k[] : tensor<i64>
  %i = arith.index_cast %d : i64 to index
  // SIZED: an index is out of range, at run-checked.mlir:[[#@LINE+1]]:8: 'tensor.dim' of a tensor of rank 1
  %n = tensor.dim %x, %i : tensor<6xf64>
  %m = arith.index_cast %n : index to i64
  %size = tensor.from_elements %m : tensor<i64>
  %factor = atled.convert %size : tensor<i64> to tensor<f64>
  %sum = atled.reduce_sum %x dimensions = [0] : tensor<6xf64> -> tensor<f64>
  %r = atled.mul %sum, %factor : tensor<f64>
  return %r : tensor<f64>
}

// In a loop of unknown length, which is counted first; with checkpoints; in the half that keeps.
// RUN: %{run} --entry=walk --input=6xf64=1 --input=i64=4 --input=i64=9 2>&1 | FileCheck %s --check-prefix=WALK
// RUN: %{run} --grad=walk --input=6xf64=1 --input=i64=4 --input=i64=9 2>&1 | FileCheck %s --check-prefix=WALK
// RUN: %{run} --jvp=walk --wrt=0 --input=6xf64=1 --input=i64=4 --input=i64=9 --input=6xf64=1 2>&1 | FileCheck %s --check-prefix=WALK
// RUN: atled-run %s --checked --grad=walk --input=6xf64=1 --input=i64=4 --input=i64=2 | FileCheck %s --check-prefix=WALKED
// WALKED: [0.0, 0.0, 0.0, 0.0, 2.0, 2.0]
func.func @walk(%x: tensor<6xf64>, %from: tensor<i64>, %steps: tensor<i64>) -> tensor<f64> {
  %zero = atled.constant dense<0.0> : tensor<f64>
  %none = atled.constant dense<0> : tensor<i64>
  %one = atled.constant dense<1> : tensor<i64>
  %r:3 = scf.while (%sum = %zero, %at = %from, %left = %steps)
      : (tensor<f64>, tensor<i64>, tensor<i64>) -> (tensor<f64>, tensor<i64>, tensor<i64>) {
    %more = atled.compare gt, %left, %none : tensor<i64>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %sum, %at, %left : tensor<f64>, tensor<i64>, tensor<i64>
  } do {
  ^bb0(%sum: tensor<f64>, %at: tensor<i64>, %left: tensor<i64>):
    // WALK: an index is out of range, at run-checked.mlir:[[#@LINE+1]]:16: 'atled.gather' along dimension 0, which takes 0 to 5
    %element = atled.gather %x[%at] sizes = [1] offset = [] collapsed = [0] indexed = [0] vector = 0
        : (tensor<6xf64>, tensor<i64>) -> tensor<f64>
    %square = atled.mul %element, %element : tensor<f64>
    %next = atled.add %sum, %square : tensor<f64>
    %beyond = atled.add %at, %one : tensor<i64>
    %fewer = atled.sub %left, %one : tensor<i64>
    scf.yield %next, %beyond, %fewer : tensor<f64>, tensor<i64>, tensor<i64>
  } attributes {ad.checkpoint = #ad.binomial<2>}
  return %r#0 : tensor<f64>
}

// Where nothing but the derivative is computed, and the primal is run again on its way back.
// RUN: %{run} --grad=again --input=6xf64=1 --input=2xi32=0,6 2>&1 | FileCheck %s --check-prefix=AGAIN
// RUN: %{run} --entry=again_fwd --input=6xf64=1 --input=2xi32=0,6 2>&1 | FileCheck %s --check-prefix=AGAIN
// RUN: atled-run %s --checked --grad=again --input=6xf64=1,2,3,4,5,6 --input=2xi32=0,5 | FileCheck %s --check-prefix=TWICE
// TWICE: [ 2.0, 0.0, 0.0, 0.0, 0.0, 12.0]
func.func @again(%x: tensor<6xf64>, %i: tensor<2xi32>) -> tensor<f64> {
  %r = ad.checkpoint -> tensor<f64> {
    // AGAIN: an index is out of range, at run-checked.mlir:[[#@LINE+1]]:10: 'atled.gather' along dimension 0, which takes 0 to 5
    %y = atled.gather %x[%i] sizes = [1] offset = [] collapsed = [0] indexed = [0] vector = 1
        : (tensor<6xf64>, tensor<2xi32>) -> tensor<2xf64>
    %z = atled.dot %y, %y : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
    ad.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}
ad.split @again wrt = [0] forward @again_fwd reverse @again_bwd

// A rule of one's own has the checks of what it is made of.
// RUN: %{run} --entry=ruled_slope --input=6xf64=1 --input=2xui8=0,255 2>&1 | FileCheck %s --check-prefix=RULE
// RUN: atled-run %s --checked --entry=ruled_slope --input=6xf64=1 --input=2xui8=0,5 | FileCheck %s --check-prefix=RULED
// RULED: [1.0, 0.0, 0.0, 0.0, 0.0, 1.0]
func.func private @ruled(%x: tensor<6xf64>, %i: tensor<2xui8>) -> tensor<f64> {
  %y = atled.reduce_sum %x dimensions = [0] : tensor<6xf64> -> tensor<f64>
  return %y : tensor<f64>
}
func.func private @ruled_forward(%x: tensor<6xf64>, %i: tensor<2xui8>) -> (tensor<f64>, tensor<2xui8>) {
  %y = atled.reduce_sum %x dimensions = [0] : tensor<6xf64> -> tensor<f64>
  return %y, %i : tensor<f64>, tensor<2xui8>
}
func.func private @ruled_reverse(%i: tensor<2xui8>, %d: tensor<f64>) -> tensor<6xf64> {
  %zeros = atled.constant dense<0.0> : tensor<6xf64>
  %ds = atled.broadcast %d dimensions = [] : tensor<f64> -> tensor<2xf64>
  // RULE: an index is out of range, at run-checked.mlir:[[#@LINE+1]]:8: 'atled.scatter' along dimension 0, which takes 0 to 5
  %y = atled.scatter add, %ds into %zeros[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<6xf64>, tensor<2xui8>, tensor<2xf64>) -> tensor<6xf64>
  return %y : tensor<6xf64>
}
ad.custom_vjp @ruled forward @ruled_forward reverse @ruled_reverse
func.func @ruled_slope(%x: tensor<6xf64>, %i: tensor<2xui8>) -> tensor<6xf64> {
  %r = ad.grad @ruled(%x, %i) wrt = [0] : (tensor<6xf64>, tensor<2xui8>) -> tensor<6xf64>
  return %r : tensor<6xf64>
}

// As large as the caller says, on several threads.
// RUN: %{run} --vjp=rows --input=5x1000xf64=1 --input=1000xi64=5 --input=1000x1000xf64=1 --num-threads=2 2>&1 | FileCheck %s --check-prefix=ROWS
// RUN: atled-run %s --checked --vjp=rows --input=6x1000xf64=1 --input=1000xi64=5 --input=1000x1000xf64=1 --num-threads=2 --output=%t.y.npy --output=%t.dx.npy
// RUN: atled-run %s --vjp=rows --input=6x1000xf64=1 --input=1000xi64=5 --input=1000x1000xf64=1 --output=%t.y2.npy --output=%t.dx2.npy
// RUN: cmp %t.y.npy %t.y2.npy
// RUN: cmp %t.dx.npy %t.dx2.npy
func.func @rows(%x: tensor<?x1000xf64>, %i: tensor<?xi64>) -> tensor<?x1000xf64> {
  // ROWS: an index is out of range, at run-checked.mlir:[[#@LINE+1]]:8: 'atled.gather' along dimension 0
  %y = atled.gather %x[%i] sizes = [1, 1000] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<?x1000xf64>, tensor<?xi64>) -> tensor<?x1000xf64>
  %z = atled.mul %y, %y : tensor<?x1000xf64>
  return %z : tensor<?x1000xf64>
}

// What nobody asks for is out of no range: a gather of nothing, a part of a tensor without elements.
// RUN: atled-run %s --checked --entry=nothing --input=0x2xf64=0 --input=0xi64=0 | FileCheck %s --check-prefix=NOTHING
// NOTHING: 0x2xf64
func.func @nothing(%x: tensor<?x2xf64>, %i: tensor<?xi64>) -> tensor<?x2xf64> {
  %y = atled.gather %x[%i] sizes = [1, 2] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<?x2xf64>, tensor<?xi64>) -> tensor<?x2xf64>
  return %y : tensor<?x2xf64>
}

// What is wrong with the values of inputs is said at the line where that is.
// RUN: %{run} --entry=slice --input=4xf64=1 --input=i64=3 2>&1 | FileCheck %s --check-prefix=SLICE
// RUN: not atled-run %s --check-nan --entry=slice --input=4xf64=-1 --input=i64=0 2>&1 | FileCheck %s --check-prefix=LOGARITHM
func.func @slice(%x: tensor<4xf64>, %i: tensor<i64>) -> tensor<2xf64> {
  // LOGARITHM: {{.*}}/run-checked.mlir:[[#@LINE+1]]:8: error: a call of @slice has failed: there is a NaN, at run-checked.mlir:[[#@LINE+1]]:8: the result of 'atled.log'
  %l = atled.log %x : tensor<4xf64>
  // SLICE: {{.*}}/run-checked.mlir:[[#@LINE+2]]:8: error: a call of @slice has failed: an index is out of range, at run-checked.mlir:[[#@LINE+2]]:8: 'atled.dynamic_slice' along dimension 0, which takes 0 to 2
  // SLICE-NEXT: %y = atled.dynamic_slice
  %y = atled.dynamic_slice %l[%i] sizes = [2] : (tensor<4xf64>, tensor<i64>) -> tensor<2xf64>
  return %y : tensor<2xf64>
}

// A budget knows what the checks need.
// RUN: atled-compile %s --checked --grad=again --memory-budget=4KiB -o %t.o
