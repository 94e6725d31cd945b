// Functions that call themselves, directly and through others, as deeply as `ad.max_depth` says, against closed forms
// and the program that writes out the calls.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// xⁿ by n multiplications: the slope is n xⁿ⁻¹, and so on to the third order.
func.func private @power(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> attributes {ad.max_depth = 6 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi sle, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<f64>) {
    %one = atled.constant dense<1.0> : tensor<f64>
    scf.yield %one : tensor<f64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @power(%x, %m) : (tensor<f64>, tensor<i64>) -> tensor<f64>
    %z = atled.mul %x, %y : tensor<f64>
    scf.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @direct() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %n = atled.constant dense<4> : tensor<i64>
  %r:2 = ad.value_and_grad @power(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> (tensor<f64>, tensor<f64>)
  %y = atled.constant dense<81.0> : tensor<f64>
  %dx = atled.constant dense<108.0> : tensor<f64>
  check.expect_eq %r#0, %y : tensor<f64>
  check.expect_eq %r#1, %dx : tensor<f64>
  %h = ad.hessian @power(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %ddx = atled.constant dense<108.0> : tensor<f64>
  check.expect_eq %h, %ddx : tensor<f64>
  check.gradients @power at (%x, %n) order = 3 : tensor<f64>, tensor<i64>
  // As deep as it may go, and not at all.
  %five = atled.constant dense<5> : tensor<i64>
  %deep = ad.grad @power(%x, %five) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %d = atled.constant dense<405.0> : tensor<f64>
  check.expect_eq %deep, %d : tensor<f64>
  %zero = atled.constant dense<0> : tensor<i64>
  %flat = ad.grad @power(%x, %zero) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %f = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %flat, %f : tensor<f64>
  return
}

// Two functions that call each other, of which one has the bound: sin(x · sin(x · 2x)).
func.func private @even(%x: tensor<3xf64>, %n: tensor<i64>) -> tensor<3xf64> {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi sle, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<3xf64>) {
    scf.yield %x : tensor<3xf64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @odd(%x, %m) : (tensor<3xf64>, tensor<i64>) -> tensor<3xf64>
    %z = atled.sin %y : tensor<3xf64>
    scf.yield %z : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}
func.func private @odd(%x: tensor<3xf64>, %n: tensor<i64>) -> tensor<3xf64> attributes {ad.max_depth = 3 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi sle, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<3xf64>) {
    %y = atled.add %x, %x : tensor<3xf64>
    scf.yield %y : tensor<3xf64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @even(%x, %m) : (tensor<3xf64>, tensor<i64>) -> tensor<3xf64>
    %z = atled.mul %x, %y : tensor<3xf64>
    scf.yield %z : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}
func.func private @unrolled(%x: tensor<3xf64>) -> tensor<3xf64> {
  %a = atled.add %x, %x : tensor<3xf64>
  %b = atled.sin %a : tensor<3xf64>
  %c = atled.mul %x, %b : tensor<3xf64>
  %d = atled.sin %c : tensor<3xf64>
  return %d : tensor<3xf64>
}
func.func @mutual() {
  %x = atled.constant dense<[0.5, -1.5, 0.25]> : tensor<3xf64>
  %s = atled.constant dense<[1.0, 2.0, -1.0]> : tensor<3xf64>
  %n = atled.constant dense<3> : tensor<i64>
  %a:2 = ad.vjp @even(%x, %n) seed(%s) wrt = [0] : (tensor<3xf64>, tensor<i64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %b:2 = ad.vjp @unrolled(%x) seed(%s) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  check.expect_eq %a#0, %b#0 : tensor<3xf64>
  // Each depth adds what it contributes to x to the sum of those inside it.
  check.expect_close %a#1, %b#1 within ulps = 2 : tensor<3xf64>
  check.gradients @even at (%x, %n) order = 2 : tensor<3xf64>, tensor<i64>
  %five = atled.constant dense<5> : tensor<i64>
  check.gradients @odd at (%x, %five) : tensor<3xf64>, tensor<i64>
  return
}

// A tree of calls, with a detach in it.
func.func private @tree(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> attributes {ad.max_depth = 5 : i64} {
  %c2 = arith.constant 2 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi slt, %k, %c2 : i64
  %r = scf.if %ends -> (tensor<f64>) {
    scf.yield %x : tensor<f64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %l = atled.sub %m, %one : tensor<i64>
    %a = func.call @tree(%x, %m) : (tensor<f64>, tensor<i64>) -> tensor<f64>
    %b = func.call @tree(%x, %l) : (tensor<f64>, tensor<i64>) -> tensor<f64>
    %s = atled.sin %a : tensor<f64>
    %y = atled.mul %s, %b : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @calls_twice() {
  %x = atled.constant dense<0.75> : tensor<f64>
  %n = atled.constant dense<5> : tensor<i64>
  check.gradients @tree at (%x, %n) order = 2 : tensor<f64>, tensor<i64>
  return
}
