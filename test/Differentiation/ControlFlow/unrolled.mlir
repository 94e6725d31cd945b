// A loop, or a recursion, has the derivatives of the program that writes out its iterations: to the bit, in both modes,
// where nothing is added in another order. A value that all iterations read gets a sum, which one adds up from the last
// iteration to the first and the other as a balanced tree: equal to rounding.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @loop(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

func.func private @while_loop(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.while (%h = %x, %i = %c0) : (tensor<4xf64>, index) -> (tensor<4xf64>, index) {
    %go = arith.cmpi ult, %i, %c3 : index
    scf.condition(%go) %h, %i : tensor<4xf64>, index
  } do {
  ^bb0(%h: tensor<4xf64>, %i: index):
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    %next = arith.addi %i, %c1 : index
    scf.yield %t, %next : tensor<4xf64>, index
  }
  return %r#0 : tensor<4xf64>
}
func.func private @recursion(%x: tensor<4xf64>, %w: tensor<4xf64>, %n: tensor<i64>) -> tensor<4xf64>
    attributes {ad.max_depth = 4 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi eq, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<4xf64>) {
    scf.yield %x : tensor<4xf64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %a = atled.mul %x, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    %y = func.call @recursion(%t, %w, %m) : (tensor<4xf64>, tensor<4xf64>, tensor<i64>) -> tensor<4xf64>
    scf.yield %y : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func private @recursion_of_three(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %n = atled.constant dense<3> : tensor<i64>
  %y = call @recursion(%x, %w, %n) : (tensor<4xf64>, tensor<4xf64>, tensor<i64>) -> tensor<4xf64>
  return %y : tensor<4xf64>
}

func.func private @unrolled(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %a0 = atled.mul %x, %w : tensor<4xf64>
  %t0 = atled.tanh %a0 : tensor<4xf64>
  %a1 = atled.mul %t0, %w : tensor<4xf64>
  %t1 = atled.tanh %a1 : tensor<4xf64>
  %a2 = atled.mul %t1, %w : tensor<4xf64>
  %t2 = atled.tanh %a2 : tensor<4xf64>
  return %t2 : tensor<4xf64>
}

func.func @for_as_unrolled() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %a:3 = ad.vjp @loop(%x, %w) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %b:3 = ad.vjp @unrolled(%x, %w) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %a#0, %b#0 : tensor<4xf64>
  check.expect_eq %a#1, %b#1 : tensor<4xf64>
  check.expect_close %a#2, %b#2 within ulps = 4 : tensor<4xf64>
  %c:2 = ad.jvp @loop(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %d:2 = ad.jvp @unrolled(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %c#1, %d#1 : tensor<4xf64>
  check.gradients @loop at (%x, %w) order = 3 : tensor<4xf64>, tensor<4xf64>
  return
}

func.func @while_as_unrolled() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %a:3 = ad.vjp @while_loop(%x, %w) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %b:3 = ad.vjp @unrolled(%x, %w) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %a#0, %b#0 : tensor<4xf64>
  check.expect_eq %a#1, %b#1 : tensor<4xf64>
  check.expect_close %a#2, %b#2 within ulps = 4 : tensor<4xf64>
  %c:2 = ad.jvp @while_loop(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %d:2 = ad.jvp @unrolled(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %c#1, %d#1 : tensor<4xf64>
  return
}

func.func @recursion_as_unrolled() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %a:3 = ad.vjp @recursion_of_three(%x, %w) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %b:3 = ad.vjp @unrolled(%x, %w) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %a#0, %b#0 : tensor<4xf64>
  check.expect_eq %a#1, %b#1 : tensor<4xf64>
  check.expect_close %a#2, %b#2 within ulps = 4 : tensor<4xf64>
  %c:2 = ad.jvp @recursion_of_three(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %d:2 = ad.jvp @unrolled(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %c#1, %d#1 : tensor<4xf64>
  return
}

// Second derivatives: the product of the Hessian of the sum with a vector.
func.func private @sum_of_loop(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<f64> {
  %y = call @loop(%x, %w) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %s = atled.reduce_sum %y dimensions = [0] : tensor<4xf64> -> tensor<f64>
  return %s : tensor<f64>
}
func.func private @sum_of_while_loop(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<f64> {
  %y = call @while_loop(%x, %w) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %s = atled.reduce_sum %y dimensions = [0] : tensor<4xf64> -> tensor<f64>
  return %s : tensor<f64>
}
func.func private @sum_of_recursion_of_three(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<f64> {
  %y = call @recursion_of_three(%x, %w) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %s = atled.reduce_sum %y dimensions = [0] : tensor<4xf64> -> tensor<f64>
  return %s : tensor<f64>
}
func.func private @sum_of_unrolled(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<f64> {
  %y = call @unrolled(%x, %w) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %s = atled.reduce_sum %y dimensions = [0] : tensor<4xf64> -> tensor<f64>
  return %s : tensor<f64>
}
func.func @second_order() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %v = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %a:2 = ad.hvp @sum_of_unrolled(%x, %w) tangent(%v, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %b:2 = ad.hvp @sum_of_loop(%x, %w) tangent(%v, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %c:2 = ad.hvp @sum_of_while_loop(%x, %w) tangent(%v, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %d:2 = ad.hvp @sum_of_recursion_of_three(%x, %w) tangent(%v, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_close %b#0, %a#0 within rtol = 1.0e-14 : tensor<4xf64>
  check.expect_close %b#1, %a#1 within rtol = 1.0e-14 : tensor<4xf64>
  check.expect_close %c#0, %a#0 within rtol = 1.0e-14 : tensor<4xf64>
  check.expect_close %c#1, %a#1 within rtol = 1.0e-14 : tensor<4xf64>
  check.expect_close %d#0, %a#0 within rtol = 1.0e-14 : tensor<4xf64>
  check.expect_close %d#1, %a#1 within rtol = 1.0e-14 : tensor<4xf64>
  return
}
