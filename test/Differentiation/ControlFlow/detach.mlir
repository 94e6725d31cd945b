// What was detached counts as a constant: on a carried value, so that every iteration's factor is one; in a branch; in
// the condition of a while loop and in what it passes on; around a whole loop. Forward it is the identity, in both
// modes its derivative is zero, and nothing is kept for it.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s
// RUN: atled-opt %s --ad-differentiate | FileCheck %s --check-prefix=KEPT

// CHECK: checks passed, 0 failed

func.func private @detached(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %u = ad.detach %h : tensor<f64>
    %g = atled.mul %h, %u : tensor<f64>
    scf.yield %g : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @cut(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %g = atled.mul %h, %h : tensor<f64>
    %u = ad.detach %g : tensor<f64>
    scf.yield %u : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @carried_values() {
  // h: 2, 4, 16; r = 256. d = 2 · 4 · 16.
  %x = atled.constant dense<2.0> : tensor<f64>
  %d = ad.grad @detached(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<128.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  // A constant to the second derivative, too: that of 2 · 4 · 16 is zero, not that of 8 x⁷.
  %one = atled.constant dense<1.0> : tensor<f64>
  %f:2 = ad.jvp @detached(%x) tangent(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_eq %f#1, %e : tensor<f64>
  %z = ad.grad @cut(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %z, %zero : tensor<f64>
  return
}

// x · stop(x)² where it is positive, stop(x³) where not.
func.func private @in_branches(%x: tensor<f64>) -> tensor<f64> {
  %v = tensor.extract %x[] : tensor<f64>
  %c = arith.constant 0.0 : f64
  %p = arith.cmpf ogt, %v, %c : f64
  %r = scf.if %p -> (tensor<f64>) {
    %xx = atled.mul %x, %x : tensor<f64>
    %u = ad.detach %xx : tensor<f64>
    %y = atled.mul %x, %u : tensor<f64>
    scf.yield %y : tensor<f64>
  } else {
    %xx = atled.mul %x, %x : tensor<f64>
    %xxx = atled.mul %xx, %x : tensor<f64>
    %u = ad.detach %xxx : tensor<f64>
    scf.yield %u : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @branches() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %m = atled.constant dense<-3.0> : tensor<f64>
  %y = atled.constant dense<27.0> : tensor<f64>
  %a:2 = ad.value_and_grad @in_branches(%x) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %nine = atled.constant dense<9.0> : tensor<f64>
  check.expect_eq %a#0, %y : tensor<f64>
  check.expect_eq %a#1, %nine : tensor<f64>
  %b:2 = ad.value_and_grad @in_branches(%m) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %z = atled.neg %y : tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %b#0, %z : tensor<f64>
  check.expect_eq %b#1, %zero : tensor<f64>
  return
}

// The condition compares a detached value, and passes on the product with another: h, stop(h)² h. From 2: 4, 16, 256.
func.func private @in_conditions(%x: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
  %limit = arith.constant 200.0 : f64
  %r:2 = scf.while (%h = %x) : (tensor<f64>) -> (tensor<f64>, tensor<f64>) {
    %u = ad.detach %h : tensor<f64>
    %v = tensor.extract %u[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    %uu = atled.mul %u, %u : tensor<f64>
    %p = atled.mul %uu, %h : tensor<f64>
    scf.condition(%go) %h, %p : tensor<f64>, tensor<f64>
  } do {
  ^bb0(%h: tensor<f64>, %p: tensor<f64>):
    %next = atled.mul %h, %h : tensor<f64>
    scf.yield %next : tensor<f64>
  }
  return %r#0, %r#1 : tensor<f64>, tensor<f64>
}
// The loop goes on with the detached value alone, beside x added in each iteration.
func.func private @restarted(%x: tensor<f64>) -> tensor<f64> {
  %limit = arith.constant 200.0 : f64
  %r = scf.while (%h = %x) : (tensor<f64>) -> tensor<f64> {
    %v = tensor.extract %h[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    %u = ad.detach %h : tensor<f64>
    scf.condition(%go) %u : tensor<f64>
  } do {
  ^bb0(%u: tensor<f64>):
    %uu = atled.mul %u, %u : tensor<f64>
    %next = atled.add %uu, %x : tensor<f64>
    scf.yield %next : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @conditions() {
  // x⁸, and 256² x⁸: 8 · 2⁷ = 1024.
  %x = atled.constant dense<2.0> : tensor<f64>
  %j:2 = ad.jacobian @in_conditions(%x) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %a = atled.constant dense<1024.0> : tensor<f64>
  %b = atled.constant dense<67108864.0> : tensor<f64>
  check.expect_eq %j#0, %a : tensor<f64>
  check.expect_eq %j#1, %b : tensor<f64>
  // The result is what the condition detached.
  %d:2 = ad.value_and_grad @restarted(%x) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %y = atled.constant dense<1446.0> : tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %d#0, %y : tensor<f64>
  check.expect_eq %d#1, %zero : tensor<f64>
  return
}

// A target that is a loop of its own, as with two networks: (x³ - stop(x⁸))², whose gradient is 2 (x³ - x⁸) 3x².
func.func private @eighth_power(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %g = atled.mul %h, %h : tensor<f64>
    scf.yield %g : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @to_target(%x: tensor<f64>) -> tensor<f64> {
  %t = call @eighth_power(%x) : (tensor<f64>) -> tensor<f64>
  %u = ad.detach %t : tensor<f64>
  %xx = atled.mul %x, %x : tensor<f64>
  %xxx = atled.mul %xx, %x : tensor<f64>
  %d = atled.sub %xxx, %u : tensor<f64>
  %dd = atled.mul %d, %d : tensor<f64>
  return %dd : tensor<f64>
}
// KEPT-LABEL: func.func private @to_target.vjp.0
// KEPT-NOT: tensor.insert_slice
// KEPT-NOT: eighth_power.fwd
// KEPT: call @eighth_power(
// KEPT-NOT: eighth_power.bwd
// KEPT: return
func.func @whole_loop() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %d = ad.grad @to_target(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<-5952.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  return
}
