// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// log(1 + exp x), whose derivative by its operations is inf / inf far out.
func.func private @softplus(%x: tensor<3xf64>) -> tensor<3xf64> {
  %e = atled.exp %x : tensor<3xf64>
  %y = atled.log1p %e : tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func private @softplus_forward(%x: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %y = call @softplus(%x) : (tensor<3xf64>) -> tensor<3xf64>
  return %y, %x : tensor<3xf64>, tensor<3xf64>
}
func.func private @softplus_reverse(%x: tensor<3xf64>, %dy: tensor<3xf64>) -> tensor<3xf64> {
  %slope = atled.logistic %x : tensor<3xf64>
  %dx = atled.mul %dy, %slope : tensor<3xf64>
  return %dx : tensor<3xf64>
}
ad.custom_vjp @softplus forward @softplus_forward reverse @softplus_reverse
func.func @stable() {
  %x = atled.constant dense<[-1000.0, 0.0, 1000.0]> : tensor<3xf64>
  %one = atled.constant dense<1.0> : tensor<3xf64>
  %slope = atled.constant dense<[0.0, 0.5, 1.0]> : tensor<3xf64>
  %r:2 = ad.vjp @softplus(%x) seed(%one) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  check.expect_eq %r#1, %slope : tensor<3xf64>
  %t:2 = ad.jvp @softplus(%x) tangent(%one) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  check.expect_eq %t#1, %slope : tensor<3xf64>
  // Forward mode is derived, and higher orders are those of the rule.
  %p = atled.constant dense<[-1.5, 0.25, 2.0]> : tensor<3xf64>
  check.gradients @softplus at (%p) order = 3 : tensor<3xf64>
  return
}

// The same by a rule for forward mode; reverse mode is derived.
func.func private @softplus_again(%x: tensor<3xf64>) -> tensor<3xf64> {
  %e = atled.exp %x : tensor<3xf64>
  %y = atled.log1p %e : tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func private @softplus_jvp(%x: tensor<3xf64>, %dx: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %y = call @softplus_again(%x) : (tensor<3xf64>) -> tensor<3xf64>
  %slope = atled.logistic %x : tensor<3xf64>
  %dy = atled.mul %slope, %dx : tensor<3xf64>
  return %y, %dy : tensor<3xf64>, tensor<3xf64>
}
ad.custom_jvp @softplus_again rule @softplus_jvp
func.func @stable_again() {
  %x = atled.constant dense<[-1000.0, 0.0, 1000.0]> : tensor<3xf64>
  %one = atled.constant dense<1.0> : tensor<3xf64>
  %slope = atled.constant dense<[0.0, 0.5, 1.0]> : tensor<3xf64>
  %r:2 = ad.vjp @softplus_again(%x) seed(%one) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  check.expect_eq %r#1, %slope : tensor<3xf64>
  %p = atled.constant dense<[-1.5, 0.25, 2.0]> : tensor<3xf64>
  check.gradients @softplus_again at (%p) order = 3 : tensor<3xf64>
  return
}

// The identity, whose cotangent is kept between -1 and 1: this is no
// derivative, so what comes out tells that the rule was run.
func.func private @clip(%x: tensor<4xf64>) -> tensor<4xf64> {
  return %x : tensor<4xf64>
}
func.func private @clip_forward(%x: tensor<4xf64>) -> tensor<4xf64> {
  return %x : tensor<4xf64>
}
func.func private @clip_reverse(%dy: tensor<4xf64>) -> tensor<4xf64> {
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %minus = atled.constant dense<-1.0> : tensor<4xf64>
  %low = atled.maximum %dy, %minus : tensor<4xf64>
  %dx = atled.minimum %low, %one : tensor<4xf64>
  return %dx : tensor<4xf64>
}
ad.custom_vjp @clip forward @clip_forward reverse @clip_reverse

func.func private @through_call(%x: tensor<4xf64>, %s: tensor<4xf64>) -> tensor<4xf64> {
  %a = call @clip(%x) : (tensor<4xf64>) -> tensor<4xf64>
  %b = atled.mul %a, %s : tensor<4xf64>
  return %b : tensor<4xf64>
}
func.func private @through_calls(%x: tensor<4xf64>, %s: tensor<4xf64>) -> tensor<4xf64> {
  %a = call @through_call(%x, %s) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %a : tensor<4xf64>
}
func.func @clipped() {
  %x = atled.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
  %s = atled.constant dense<[2.0, 2.0, 2.0, 0.5]> : tensor<4xf64>
  %d = atled.constant dense<[0.125, 0.5, -7.0, 1.0]> : tensor<4xf64>
  %once = atled.constant dense<[0.25, 1.0, -1.0, 0.5]> : tensor<4xf64>
  %r:2 = ad.vjp @through_calls(%x, %s) seed(%d) wrt = [0]
    : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %r#1, %once : tensor<4xf64>
  return
}

// Arguments of all kinds, two results, one of which is discrete. The rules
// write other numbers than the derivative: 10, 20 and 30 tell who was asked.
func.func private @mixed(%x: tensor<2xf64>, %n: tensor<2xi32>, %y: tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>) {
  %a = atled.mul %x, %y : tensor<2xf64>
  return %a, %n, %y : tensor<2xf64>, tensor<2xi32>, tensor<2xf64>
}
func.func private @mixed_forward(%x: tensor<2xf64>, %n: tensor<2xi32>, %y: tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xi32>) {
  %r:3 = call @mixed(%x, %n, %y)
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>)
  return %r#0, %r#1, %r#2, %n : tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xi32>
}
// dx = 10 n da, dy = 20 da + 30 db.
func.func private @mixed_reverse(%n: tensor<2xi32>, %da: tensor<2xf64>, %db: tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xf64>) {
  %c10 = atled.constant dense<10.0> : tensor<2xf64>
  %c20 = atled.constant dense<20.0> : tensor<2xf64>
  %c30 = atled.constant dense<30.0> : tensor<2xf64>
  %m = atled.convert %n : tensor<2xi32> to tensor<2xf64>
  %k = atled.mul %m, %c10 : tensor<2xf64>
  %dx = atled.mul %k, %da : tensor<2xf64>
  %p = atled.mul %c20, %da : tensor<2xf64>
  %q = atled.mul %c30, %db : tensor<2xf64>
  %dy = atled.add %p, %q : tensor<2xf64>
  return %dx, %dy : tensor<2xf64>, tensor<2xf64>
}
ad.custom_vjp @mixed forward @mixed_forward reverse @mixed_reverse
// Only one of the results, and only one of the arguments.
func.func private @first(%x: tensor<2xf64>, %n: tensor<2xi32>, %y: tensor<2xf64>) -> tensor<2xf64> {
  %u = ad.detach %y : tensor<2xf64>
  %r:3 = call @mixed(%x, %n, %u)
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>)
  return %r#0 : tensor<2xf64>
}
func.func private @last(%x: tensor<2xf64>, %n: tensor<2xi32>, %y: tensor<2xf64>) -> tensor<2xf64> {
  %r:3 = call @mixed(%x, %n, %y)
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>)
  return %r#2 : tensor<2xf64>
}
func.func @subsets() {
  %x = atled.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %n = atled.constant dense<[3, 4]> : tensor<2xi32>
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %zero = atled.constant dense<0.0> : tensor<2xf64>
  %slope = atled.constant dense<[30.0, 40.0]> : tensor<2xf64>
  %c20 = atled.constant dense<20.0> : tensor<2xf64>
  %c30 = atled.constant dense<30.0> : tensor<2xf64>
  %c50 = atled.constant dense<50.0> : tensor<2xf64>

  %r:5 = ad.vjp @mixed(%x, %n, %x) seed(%one, %one) wrt = [0, 2]
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %r#3, %slope : tensor<2xf64>
  check.expect_eq %r#4, %c50 : tensor<2xf64>
  %s:4 = ad.vjp @mixed(%x, %n, %x) seed(%one, %one) wrt = [2]
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %s#3, %c50 : tensor<2xf64>
  // Forward mode is derived: of the first result 10 n dx + 20 dy, of the last one 30 dy.
  %t:5 = ad.jvp @mixed(%x, %n, %x) tangent(%one) wrt = [0]
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %t#3, %slope : tensor<2xf64>
  check.expect_eq %t#4, %zero : tensor<2xf64>
  %u:5 = ad.jvp @mixed(%x, %n, %x) tangent(%one) wrt = [2]
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %u#3, %c20 : tensor<2xf64>
  check.expect_eq %u#4, %c30 : tensor<2xf64>

  %a:3 = ad.vjp @first(%x, %n, %x) seed(%one) wrt = [0, 2]
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %a#1, %slope : tensor<2xf64>
  check.expect_eq %a#2, %zero : tensor<2xf64>
  %b:3 = ad.vjp @last(%x, %n, %x) seed(%one) wrt = [0, 2]
    : (tensor<2xf64>, tensor<2xi32>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %b#1, %zero : tensor<2xf64>
  check.expect_eq %b#2, %c30 : tensor<2xf64>
  return
}

// The rule for forward mode has a loop: x⁵ and 5 x⁴ dx, step by step. Reverse
// mode is derived, and both are differentiated again.
func.func private @fifth(%x: tensor<2xf64>) -> tensor<2xf64> {
  %five = atled.constant dense<5.0> : tensor<2xf64>
  %y = atled.pow %x, %five : tensor<2xf64>
  return %y : tensor<2xf64>
}
func.func private @fifth_jvp(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r:2 = scf.for %i = %c0 to %c4 step %c1 iter_args(%p = %x, %dp = %dx) -> (tensor<2xf64>, tensor<2xf64>) {
    %q = atled.mul %p, %x : tensor<2xf64>
    %a = atled.mul %dp, %x : tensor<2xf64>
    %b = atled.mul %p, %dx : tensor<2xf64>
    %dq = atled.add %a, %b : tensor<2xf64>
    scf.yield %q, %dq : tensor<2xf64>, tensor<2xf64>
  }
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}
ad.custom_jvp @fifth rule @fifth_jvp
func.func private @sum_of_fifths(%x: tensor<2xf64>) -> tensor<f64> {
  %y = call @fifth(%x) : (tensor<2xf64>) -> tensor<2xf64>
  %s = atled.reduce_sum %y dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %s : tensor<f64>
}
func.func private @slope(%x: tensor<2xf64>) -> tensor<2xf64> {
  %d = ad.grad @sum_of_fifths(%x) wrt = [0] : (tensor<2xf64>) -> tensor<2xf64>
  return %d : tensor<2xf64>
}
func.func @loops_in_rules() {
  %x = atled.constant dense<[2.0, -1.0]> : tensor<2xf64>
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %d = ad.grad @sum_of_fifths(%x) wrt = [0] : (tensor<2xf64>) -> tensor<2xf64>
  %first = atled.constant dense<[80.0, 5.0]> : tensor<2xf64>
  check.expect_eq %d, %first : tensor<2xf64>
  %h:2 = ad.vjp @slope(%x) seed(%one) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  %second = atled.constant dense<[160.0, -20.0]> : tensor<2xf64>
  check.expect_eq %h#1, %second : tensor<2xf64>
  %p = atled.constant dense<[0.75, -1.25]> : tensor<2xf64>
  check.gradients @fifth at (%p) order = 2 : tensor<2xf64>
  return
}

// A function without a body, whose value nobody asks for outside of its rule.
func.func private @elsewhere(tensor<2xf64>) -> tensor<2xf64>
func.func private @elsewhere_jvp(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %y = atled.sin %x : tensor<2xf64>
  %slope = atled.cos %x : tensor<2xf64>
  %dy = atled.mul %slope, %dx : tensor<2xf64>
  return %y, %dy : tensor<2xf64>, tensor<2xf64>
}
ad.custom_jvp @elsewhere rule @elsewhere_jvp
func.func private @twice(%x: tensor<2xf64>) -> tensor<2xf64> {
  %a = call @elsewhere(%x) : (tensor<2xf64>) -> tensor<2xf64>
  %b = call @elsewhere(%a) : (tensor<2xf64>) -> tensor<2xf64>
  return %b : tensor<2xf64>
}
func.func private @sine_of_sine(%x: tensor<2xf64>) -> tensor<2xf64> {
  %a = atled.sin %x : tensor<2xf64>
  %b = atled.sin %a : tensor<2xf64>
  return %b : tensor<2xf64>
}
func.func @without_body() {
  %x = atled.constant dense<[0.5, -1.5]> : tensor<2xf64>
  %d = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:2 = ad.vjp @twice(%x) seed(%d) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  %e:2 = ad.vjp @sine_of_sine(%x) seed(%d) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_close %r#0, %e#0 within ulps = 1 : tensor<2xf64>
  check.expect_close %r#1, %e#1 within ulps = 2 : tensor<2xf64>
  return
}
