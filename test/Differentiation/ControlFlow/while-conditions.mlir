// A branch in the condition of a while loop whose result is passed on: at two positions, beside what is carried, and as
// the carried value itself.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// Twice h while that is below 100: from 2, h is 2, 4, ... 128.
func.func private @doubling(%x: tensor<f64>) -> tensor<f64> {
  %limit = arith.constant 100.0 : f64
  %c = atled.constant dense<1000.0> : tensor<f64>
  %r:3 = scf.while (%h = %x) : (tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>) {
    %v = tensor.extract %h[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    %q = scf.if %go -> (tensor<f64>) {
      %d = atled.add %h, %h : tensor<f64>
      scf.yield %d : tensor<f64>
    } else {
      scf.yield %c : tensor<f64>
    }
    scf.condition(%go) %q, %q, %h : tensor<f64>, tensor<f64>, tensor<f64>
  } do {
  ^bb0(%a: tensor<f64>, %b: tensor<f64>, %old: tensor<f64>):
    scf.yield %b : tensor<f64>
  }
  return %r#2 : tensor<f64>
}

// h, p become h * h, p + h while h is below 100.
func.func private @squaring(%x: tensor<f64>) -> tensor<f64> {
  %limit = arith.constant 100.0 : f64
  %c = atled.constant dense<1000.0> : tensor<f64>
  %r:2 = scf.while (%h = %x, %p = %x) : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>) {
    %v = tensor.extract %h[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    %q = scf.if %go -> (tensor<f64>) {
      scf.yield %h : tensor<f64>
    } else {
      scf.yield %c : tensor<f64>
    }
    scf.condition(%go) %q, %p : tensor<f64>, tensor<f64>
  } do {
  ^bb0(%h: tensor<f64>, %p: tensor<f64>):
    %s = atled.mul %h, %h : tensor<f64>
    %t = atled.add %p, %h : tensor<f64>
    scf.yield %s, %t : tensor<f64>, tensor<f64>
  }
  %y = atled.add %r#0, %r#1 : tensor<f64>
  return %y : tensor<f64>
}

func.func @conditions() {
  %two = atled.constant dense<2.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %a:2 = ad.vjp @doubling(%two) seed(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %doubled = atled.constant dense<128.0> : tensor<f64>
  %doubled_slope = atled.constant dense<64.0> : tensor<f64>
  check.expect_eq %a#0, %doubled : tensor<f64>
  check.expect_eq %a#1, %doubled_slope : tensor<f64>
  // From 3, h is 3, 9, 81, 6561: 1000 + 3 + (3 + 9 + 81), with slope 1 + 1 + 6 + 108.
  %three = atled.constant dense<3.0> : tensor<f64>
  %b:2 = ad.vjp @squaring(%three) seed(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %squared = atled.constant dense<1096.0> : tensor<f64>
  %squared_slope = atled.constant dense<116.0> : tensor<f64>
  check.expect_eq %b#0, %squared : tensor<f64>
  check.expect_eq %b#1, %squared_slope : tensor<f64>
  return
}
