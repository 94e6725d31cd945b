// Guards such as x > 0 ? log x : 7. As a branch they work: log is not looked at where it is not asked. As a selection
// they do not, in any framework: the zero that comes back to log meets an infinite slope, and 0 · ∞ is NaN, as IEEE 754
// has it. Choosing the argument, log(x > 0 ? x : 1), works.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @guarded(%x: tensor<f64>) -> tensor<f64> {
  %v = tensor.extract %x[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %p = arith.cmpf ogt, %v, %zero : f64
  %r = scf.if %p -> tensor<f64> {
    %y = atled.log %x : tensor<f64>
    scf.yield %y : tensor<f64>
  } else {
    %y = atled.constant dense<7.0> : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @branches() {
  %x = atled.constant dense<0.0> : tensor<f64>
  %d = ad.grad @guarded(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %d, %zero : tensor<f64>
  %half = atled.constant dense<0.5> : tensor<f64>
  check.gradients @guarded at (%half) order = 2 : tensor<f64>
  return
}

// A guard in every iteration, by a branch for each element.
func.func private @guarded_elements(%x: tensor<4xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %e = tensor.extract_slice %x[%i] [1] [1] : tensor<4xf64> to tensor<f64>
    %l = func.call @guarded(%e) : (tensor<f64>) -> tensor<f64>
    %t = atled.add %s, %l : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @root_or_zero(%x: tensor<f64>) -> tensor<f64> {
  %v = tensor.extract %x[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %p = arith.cmpf ogt, %v, %zero : f64
  %r = scf.if %p -> tensor<f64> {
    %y = atled.sqrt %x : tensor<f64>
    scf.yield %y : tensor<f64>
  } else {
    %y = atled.constant dense<0.0> : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
// The norm of a vector, guarded.
func.func private @norm(%x: tensor<4xf64>) -> tensor<f64> {
  %d = atled.dot %x, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<f64>
  %r = call @root_or_zero(%d) : (tensor<f64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @branches_in_loops_and_callees() {
  %x = atled.constant dense<[0.0, 4.0, -1.0, 0.5]> : tensor<4xf64>
  %d = ad.grad @guarded_elements(%x) wrt = [0] : (tensor<4xf64>) -> tensor<4xf64>
  %e = atled.constant dense<[0.0, 0.25, 0.0, 2.0]> : tensor<4xf64>
  check.expect_eq %d, %e : tensor<4xf64>
  // -1 / x² where x is positive.
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %h = ad.hvp @guarded_elements(%x) tangent(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %f = atled.constant dense<[0.0, -0.0625, 0.0, -4.0]> : tensor<4xf64>
  check.expect_eq %h, %f : tensor<4xf64>

  %zero = atled.constant dense<0.0> : tensor<4xf64>
  %n = ad.grad @norm(%zero) wrt = [0] : (tensor<4xf64>) -> tensor<4xf64>
  check.expect_eq %n, %zero : tensor<4xf64>
  %p = atled.constant dense<[0.0, 3.0, 0.0, -4.0]> : tensor<4xf64>
  %m = ad.grad @norm(%p) wrt = [0] : (tensor<4xf64>) -> tensor<4xf64>
  %u = atled.constant dense<[0.0, 0.6, 0.0, -0.8]> : tensor<4xf64>
  check.expect_close %m, %u within ulps = 1 : tensor<4xf64>
  return
}

// The result is selected, or the argument.
func.func private @select_result(%x: tensor<3xf64>) -> tensor<3xf64> {
  %zero = atled.constant dense<0.0> : tensor<3xf64>
  %p = atled.compare gt, %x, %zero : tensor<3xf64>
  %y = atled.log %x : tensor<3xf64>
  %r = atled.select %p, %y, %zero : tensor<3xi1>, tensor<3xf64>
  return %r : tensor<3xf64>
}
func.func private @select_argument(%x: tensor<3xf64>) -> tensor<3xf64> {
  %zero = atled.constant dense<0.0> : tensor<3xf64>
  %one = atled.constant dense<1.0> : tensor<3xf64>
  %p = atled.compare gt, %x, %zero : tensor<3xf64>
  %s = atled.select %p, %x, %one : tensor<3xi1>, tensor<3xf64>
  %r = atled.log %s : tensor<3xf64>
  return %r : tensor<3xf64>
}
func.func @selections() {
  // At 0 the slope of log is infinite; at -1 it is -1, and 0 · -1 is -0.
  %x = atled.constant dense<[0.0, -1.0, 4.0]> : tensor<3xf64>
  %ones = atled.constant dense<1.0> : tensor<3xf64>
  %a:2 = ad.vjp @select_result(%x) seed(%ones) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %e = atled.constant dense<[0x7FF8000000000000, -0.0, 0.25]> : tensor<3xf64>
  check.expect_eq %a#1, %e : tensor<3xf64>
  %b:2 = ad.vjp @select_argument(%x) seed(%ones) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %f = atled.constant dense<[0.0, 0.0, 0.25]> : tensor<3xf64>
  check.expect_eq %b#1, %f : tensor<3xf64>
  // Forward, the tangent of log is infinite too, but the selection takes the other.
  %c:2 = ad.jvp @select_result(%x) tangent(%ones) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  check.expect_eq %c#1, %f : tensor<3xf64>
  %d:2 = ad.jvp @select_argument(%x) tangent(%ones) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  check.expect_eq %d#1, %f : tensor<3xf64>
  return
}
