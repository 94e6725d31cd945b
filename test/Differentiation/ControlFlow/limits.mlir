// What only a run tells of loops and recursion comes back as an error code; without a failure, all is as it would be
// without the limit, the stacks of the way back have a constant size.

// RUN: atled-run %s --check | FileCheck %s --check-prefix=TESTS
// TESTS: checks passed, 0 failed

// RUN: not atled-run %s --entry=doubling_slope --input=f64=1 --input=i64=9 2>&1 | FileCheck %s --check-prefix=ITERATIONS
// RUN: not atled-run %s --entry=doubling --input=f64=1 --input=i64=9 2>&1 | FileCheck %s --check-prefix=ITERATIONS
// RUN: not atled-run %s --entry=while_slope --input=f64=1 --input=f64=1000 2>&1 | FileCheck %s --check-prefix=ITERATIONS
// RUN: not atled-run %s --entry=sum_slope --input=f64=1 --input=i64=9 2>&1 | FileCheck %s --check-prefix=ITERATIONS
// ITERATIONS: a loop would run more often than the program allows

// RUN: not atled-run %s --entry=endless --input=f64=1 2>&1 | FileCheck %s --check-prefix=DEPTH
// RUN: not atled-run %s --entry=endless_slope --input=f64=1 2>&1 | FileCheck %s --check-prefix=DEPTH
// RUN: not atled-run %s --entry=endless_tree --input=f64=1 2>&1 | FileCheck %s --check-prefix=DEPTH
// RUN: not atled-run %s --entry=endless_tree_slope --input=f64=1 2>&1 | FileCheck %s --check-prefix=DEPTH
// RUN: not atled-run %s --entry=nested_slope --input=f64=1 --input=i64=20 2>&1 | FileCheck %s --check-prefix=DEPTH
// DEPTH: calls would be inside one another more deeply than the program allows

// RUN: not atled-run %s --entry=positive --input=f64=-1 2>&1 | FileCheck %s --check-prefix=ASSERTION
// RUN: not atled-run %s --entry=positive_slope --input=f64=-1 2>&1 | FileCheck %s --check-prefix=ASSERTION
// ASSERTION: an assertion in the program does not hold

// RUN: atled-compile %s --entry=while_slope --emit=header -o - | FileCheck %s --check-prefix=HEADER
// HEADER-NOT: A call may need
// HEADER: #define WHILE_SLOPE_WORKSPACE_BYTES

func.func @doubling(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %r = scf.for %i = %c0 to %k step %c1 iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %y = atled.mul %h, %h : tensor<f64>
    scf.yield %y : tensor<f64>
  } {ad.max_iterations = 8 : i64}
  return %r : tensor<f64>
}
func.func @doubling_slope(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %r = ad.grad @doubling(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func private @growing(%x: tensor<f64>, %limit: tensor<f64>) -> tensor<f64> {
  %r = scf.while (%a = %x) : (tensor<f64>) -> tensor<f64> {
    %c = atled.compare lt, %a, %limit : tensor<f64>
    %b = tensor.extract %c[] : tensor<i1>
    scf.condition(%b) %a : tensor<f64>
  } do {
  ^bb0(%a: tensor<f64>):
    %s = atled.mul %a, %a : tensor<f64>
    %b = atled.add %a, %s : tensor<f64>
    scf.yield %b : tensor<f64>
  } attributes {ad.max_iterations = 3 : i64}
  return %r : tensor<f64>
}
func.func @while_slope(%x: tensor<f64>, %limit: tensor<f64>) -> tensor<f64> {
  %r = ad.grad @growing(%x, %limit) wrt = [0] : (tensor<f64>, tensor<f64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @endless(%x: tensor<f64>) -> tensor<f64> attributes {ad.max_depth = 10 : i64} {
  %y = call @endless(%x) : (tensor<f64>) -> tensor<f64>
  %z = atled.mul %x, %y : tensor<f64>
  return %z : tensor<f64>
}
func.func @endless_slope(%x: tensor<f64>) -> tensor<f64> {
  %r = ad.grad @endless(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @endless_tree(%x: tensor<f64>) -> tensor<f64> attributes {ad.max_depth = 1000 : i64} {
  %a = call @endless_tree(%x) : (tensor<f64>) -> tensor<f64>
  %b = call @endless_tree(%x) : (tensor<f64>) -> tensor<f64>
  %z = atled.mul %a, %b : tensor<f64>
  return %z : tensor<f64>
}
func.func @endless_tree_slope(%x: tensor<f64>) -> tensor<f64> {
  %r = ad.grad @endless_tree(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @positive(%x: tensor<f64>) -> tensor<f64> {
  %zero = atled.constant dense<0.0> : tensor<f64>
  %c = atled.compare gt, %x, %zero : tensor<f64>
  %holds = tensor.extract %c[] : tensor<i1>
  cf.assert %holds, "x is positive"
  %y = atled.log %x : tensor<f64>
  return %y : tensor<f64>
}
func.func @positive_slope(%x: tensor<f64>) -> tensor<f64> {
  %r = ad.grad @positive(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %r : tensor<f64>
}

// n x, in two ways; a rule says that the slope is n, and the bounds of what it is for hold all the same.
func.func private @sum(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %zero = atled.constant dense<0.0> : tensor<f64>
  %k = tensor.extract %n[] : tensor<i64>
  %r = scf.for %i = %c0 to %k step %c1 iter_args(%h = %zero) -> (tensor<f64>) : i64 {
    %y = atled.add %h, %x : tensor<f64>
    scf.yield %y : tensor<f64>
  } {ad.max_iterations = 8 : i64}
  return %r : tensor<f64>
}
func.func private @nested(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> attributes {ad.max_depth = 20 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi eq, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<f64>) {
    %zero = atled.constant dense<0.0> : tensor<f64>
    scf.yield %zero : tensor<f64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @nested(%x, %m) : (tensor<f64>, tensor<i64>) -> tensor<f64>
    %z = atled.add %x, %y : tensor<f64>
    scf.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @sum_forward(%x: tensor<f64>, %n: tensor<i64>) -> (tensor<f64>, tensor<i64>) {
  %y = call @sum(%x, %n) : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %y, %n : tensor<f64>, tensor<i64>
}
func.func private @nested_forward(%x: tensor<f64>, %n: tensor<i64>) -> (tensor<f64>, tensor<i64>) {
  %y = call @nested(%x, %n) : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %y, %n : tensor<f64>, tensor<i64>
}
func.func private @times(%n: tensor<i64>, %d: tensor<f64>) -> tensor<f64> {
  %k = tensor.extract %n[] : tensor<i64>
  %f = arith.sitofp %k : i64 to f64
  %t = tensor.from_elements %f : tensor<f64>
  %r = atled.mul %t, %d : tensor<f64>
  return %r : tensor<f64>
}
ad.custom_vjp @sum forward @sum_forward reverse @times
ad.custom_vjp @nested forward @nested_forward reverse @times
func.func @sum_slope(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %r = ad.grad @sum(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @nested_slope(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %r = ad.grad @nested(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}

func.func @within() {
  %x = atled.constant dense<0.5> : tensor<f64>
  %n8 = atled.constant dense<8> : tensor<i64>
  %n2 = atled.constant dense<2> : tensor<i64>
  %n0 = atled.constant dense<0> : tensor<i64>
  %limit = atled.constant dense<2.0> : tensor<f64>
  check.gradients @doubling at (%x, %n2) order = 2 : tensor<f64>, tensor<i64>
  check.gradients @doubling at (%x, %n0) : tensor<f64>, tensor<i64>
  check.gradients @growing at (%x, %limit) wrt = [0] order = 2 : tensor<f64>, tensor<f64>
  check.gradients @positive at (%x) order = 2 : tensor<f64>
  check.gradients @sum at (%x, %n8) : tensor<f64>, tensor<i64>
  check.gradients @nested at (%x, %n8) : tensor<f64>, tensor<i64>
  // Eight iterations are allowed: x to the power of 256 has the slope 256 x²⁵⁵.
  %d = ad.grad @doubling(%x, %n8) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %expected = atled.constant dense<0x3080000000000000> : tensor<f64>
  check.expect_close %d, %expected within rtol = 1.0e-12 : tensor<f64>
  return
}
