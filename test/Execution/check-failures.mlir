// RUN: not atled-run --check %s > %t.out 2> %t.err
// RUN: FileCheck %s --input-file=%t.out --check-prefix=SUMMARY
// RUN: FileCheck %s --input-file=%t.err

// SUMMARY: 10 tests, 1 checks passed, 11 failed

func.func @values() {
  %x = atled.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf64>
  %y = atled.constant dense<[[1.0, 2.5], [3.0, 5.0]]> : tensor<2x2xf64>
  // CHECK: check-failures.mlir:[[#@LINE+5]]:3: error: 2 of 4 elements are not as expected; the worst, at [1, 1], is 4.0 instead of 5.0, off by 1
  // CHECK: note: actual:
  // CHECK-NEXT: {{\[}}[1.0, 2.0],
  // CHECK: note: expected:
  // CHECK-NEXT: {{\[}}[1.0, 2.5],
  check.expect_eq %x, %y : tensor<2x2xf64>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: 1 of 4 elements are not as expected; the worst, at [1, 1], is 4.0 instead of 5.0, off by 1
  check.expect_close %x, %y within atol = 0.5 : tensor<2x2xf64>
  check.expect_close %x, %y within atol = 1.0 : tensor<2x2xf64>
  return
}

func.func @zeros_differ() {
  %x = atled.constant dense<0.0> : tensor<f32>
  %y = atled.constant dense<-0.0> : tensor<f32>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: 1 of 1 elements are not as expected; the worst is 0.0 instead of -0.0, off by 0
  check.expect_eq %x, %y : tensor<f32>
  return
}

func.func @nan_differs() {
  %x = atled.constant dense<[0x7FC00000, 1.0e+30]> : tensor<2xf32>
  %y = atled.constant dense<1.0> : tensor<2xf32>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: 2 of 2 elements are not as expected; the worst, at [0], is nan instead of 1.0, off by nan
  check.expect_close %x, %y within rtol = 1.0 : tensor<2xf32>
  return
}

// What detach hides is missing from the derivative, and not from the function.
func.func private @hidden(%x: tensor<f64>) -> tensor<f64> {
  %u = ad.detach %x : tensor<f64>
  %y = atled.mul %x, %u : tensor<f64>
  return %y : tensor<f64>
}

func.func @wrong_derivative() {
  %x = atled.constant dense<3.0> : tensor<f64>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: the derivative of @hidden with respect to argument 0 is not that of central differences: element 0 of result 0 is {{.*}} instead of {{.*}}; the relative error is 0.5, allowed is 1e-07
  check.gradients @hidden at (%x) : tensor<f64>
  return
}

func.func @wrong_second_derivative() {
  %x = atled.constant dense<3.0> : tensor<f64>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: the derivative of order 2 of @with_constant_slope
  check.gradients @with_constant_slope at (%x) order = 2 : tensor<f64>
  return
}

// A tangent of the sine: its derivative, a cosine, is right, and has none of its own.
func.func private @with_constant_slope(%x: tensor<f64>) -> tensor<f64> {
  %s = atled.sin %x : tensor<f64>
  %c = atled.cos %x : tensor<f64>
  %cd = ad.detach %c : tensor<f64>
  %sd = ad.detach %s : tensor<f64>
  %xd = ad.detach %x : tensor<f64>
  %dx = atled.sub %x, %xd : tensor<f64>
  %line = atled.mul %cd, %dx : tensor<f64>
  %y = atled.add %sd, %line : tensor<f64>
  return %y : tensor<f64>
}

// A function without a gradient anywhere.
func.func private @jump(%x: tensor<2xf64>) -> tensor<2xf64> {
  %zero = atled.constant dense<0.0> : tensor<2xf64>
  %p = atled.compare gt, %x, %zero : tensor<2xf64>
  %y = atled.convert %p : tensor<2xi1> to tensor<2xf64>
  return %y : tensor<2xf64>
}

func.func @not_differentiable() {
  %x = atled.constant dense<[0.0, 1.0]> : tensor<2xf64>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: the derivative of @jump with respect to argument 0 is not that of central differences: element 0 of result 0 is 0
  check.gradients @jump at (%x) : tensor<2xf64>
  return
}

// At a pole there is nothing to compare: infinities of both signs add up to no number.
func.func private @pole(%x: tensor<8xf64>) -> tensor<8xf64> {
  %y = atled.rsqrt %x : tensor<8xf64>
  return %y : tensor<8xf64>
}

func.func @at_the_pole() {
  %x = atled.constant dense<0.0> : tensor<8xf64>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: the derivative of @pole with respect to argument 0 differs between forward and reverse mode: <w, J v> and <J' w, v> are nan apart, relative to their terms; allowed is 1e-12
  check.gradients @pole at (%x) : tensor<8xf64>
  return
}

// More than any memory: in the test itself, and in what it checks.
func.func private @large(%x: tensor<f64>) -> tensor<f64> {
  %b = atled.broadcast %x dimensions = [] : tensor<f64> -> tensor<1125899906842624xf64>
  %i = atled.iota dimension = 0 : tensor<1125899906842624xf64>
  %p = atled.mul %b, %i : tensor<1125899906842624xf64>
  %e = atled.exp %p : tensor<1125899906842624xf64>
  %max = atled.reduce_max %e dimensions = [0] : tensor<1125899906842624xf64> -> tensor<f64>
  %min = atled.reduce_min %e dimensions = [0] : tensor<1125899906842624xf64> -> tensor<f64>
  %y = atled.add %max, %min : tensor<f64>
  return %y : tensor<f64>
}

// CHECK: check-failures.mlir:[[#@LINE+1]]:1: error: the test cannot run: there is not enough memory for the workspace of @large_test
func.func @large_test() {
  %x = atled.constant dense<0.0> : tensor<f64>
  %y = call @large(%x) : (tensor<f64>) -> tensor<f64>
  check.expect_eq %y, %x : tensor<f64>
  return
}

func.func @large_gradient() {
  %x = atled.constant dense<0.0> : tensor<f64>
  // CHECK: check-failures.mlir:[[#@LINE+1]]:3: error: cannot check the gradients: there is not enough memory for the workspace of @large_value
  check.gradients @large at (%x) : tensor<f64>
  return
}

// A test that remembers the last run.
memref.global "private" @runs : memref<f32> = dense<0.0>

// CHECK: check-failures.mlir:[[#@LINE+1]]:1: error: the test cannot run: two runs of it have different results
func.func @counts_its_runs() {
  %buffer = memref.get_global @runs : memref<f32>
  %last = memref.load %buffer[] : memref<f32>
  %one = arith.constant 1.0 : f32
  %count = arith.addf %last, %one : f32
  memref.store %count, %buffer[] : memref<f32>
  %runs = tensor.from_elements %count : tensor<f32>
  %zero = atled.constant dense<0.0> : tensor<f32>
  check.expect_eq %runs, %zero : tensor<f32>
  return
}
