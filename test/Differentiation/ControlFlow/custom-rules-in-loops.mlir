// Functions with rules of their own, called in loops, branches and recursion: the rule runs wherever the function is
// called. Rules that write something else than the derivative tell that they were asked, once for every iteration;
// rules that write the derivative are checked against differences, to the second order.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// The identity, whose cotangent is kept between -1 and 1.
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

// Three times clipped and multiplied: the cotangent is clipped after each.
func.func private @through_loop(%x: tensor<4xf64>, %s: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %y = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = func.call @through_call(%h, %s) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    scf.yield %a : tensor<4xf64>
  }
  return %y : tensor<4xf64>
}
func.func private @through_while(%x: tensor<4xf64>, %s: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %y:2 = scf.while (%h = %x, %i = %c0) : (tensor<4xf64>, index) -> (tensor<4xf64>, index) {
    %go = arith.cmpi ult, %i, %c3 : index
    scf.condition(%go) %h, %i : tensor<4xf64>, index
  } do {
  ^bb0(%h: tensor<4xf64>, %i: index):
    %a = func.call @through_call(%h, %s) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    %next = arith.addi %i, %c1 : index
    scf.yield %a, %next : tensor<4xf64>, index
  }
  return %y#0 : tensor<4xf64>
}
func.func private @through_branch(%x: tensor<4xf64>, %s: tensor<4xf64>, %c: tensor<i1>) -> tensor<4xf64> {
  %b = tensor.extract %c[] : tensor<i1>
  %y = scf.if %b -> (tensor<4xf64>) {
    %a = func.call @through_call(%x, %s) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    scf.yield %a : tensor<4xf64>
  } else {
    %a = atled.mul %x, %s : tensor<4xf64>
    scf.yield %a : tensor<4xf64>
  }
  return %y : tensor<4xf64>
}

func.func private @through_recursion(%x: tensor<4xf64>, %s: tensor<4xf64>, %n: tensor<i64>) -> tensor<4xf64>
    attributes {ad.max_depth = 4 : i64} {
  %c0 = arith.constant 0 : i64
  %one = atled.constant dense<1> : tensor<i64>
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi eq, %k, %c0 : i64
  %y = scf.if %ends -> (tensor<4xf64>) {
    scf.yield %x : tensor<4xf64>
  } else {
    %m = atled.sub %n, %one : tensor<i64>
    %a = func.call @through_call(%x, %s) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    %b = func.call @through_recursion(%a, %s, %m) : (tensor<4xf64>, tensor<4xf64>, tensor<i64>) -> tensor<4xf64>
    scf.yield %b : tensor<4xf64>
  }
  return %y : tensor<4xf64>
}
func.func @clipped() {
  %x = atled.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
  %s = atled.constant dense<[2.0, 2.0, 2.0, 0.5]> : tensor<4xf64>
  %d = atled.constant dense<[0.125, 0.5, -7.0, 1.0]> : tensor<4xf64>
  %thrice = atled.constant dense<[1.0, 1.0, -1.0, 0.125]> : tensor<4xf64>
  %l:2 = ad.vjp @through_loop(%x, %s) seed(%d) wrt = [0]
    : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %l#1, %thrice : tensor<4xf64>
  %w:2 = ad.vjp @through_while(%x, %s) seed(%d) wrt = [0]
    : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %w#1, %thrice : tensor<4xf64>
  %n = atled.constant dense<3> : tensor<i64>
  %r:2 = ad.vjp @through_recursion(%x, %s, %n) seed(%d) wrt = [0]
    : (tensor<4xf64>, tensor<4xf64>, tensor<i64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %r#1, %thrice : tensor<4xf64>

  %true = atled.constant dense<true> : tensor<i1>
  %false = atled.constant dense<false> : tensor<i1>
  %once = atled.constant dense<[0.25, 1.0, -1.0, 0.5]> : tensor<4xf64>
  %unclipped = atled.constant dense<[0.25, 1.0, -14.0, 0.5]> : tensor<4xf64>
  %t:2 = ad.vjp @through_branch(%x, %s, %true) seed(%d) wrt = [0]
    : (tensor<4xf64>, tensor<4xf64>, tensor<i1>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %t#1, %once : tensor<4xf64>
  %f:2 = ad.vjp @through_branch(%x, %s, %false) seed(%d) wrt = [0]
    : (tensor<4xf64>, tensor<4xf64>, tensor<i1>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %f#1, %unclipped : tensor<4xf64>
  return
}

// x², whose slope is said to be 3x. Three times: x, x², x⁴, so the slope of x⁸ is said to be 27 x⁷. The slopes of the
// three are said to be 1, 3x and 9x³, and so the slope of that 27 (1 + 3 + 9) x⁶.
func.func private @square(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.mul %x, %x : tensor<f64>
  return %y : tensor<f64>
}
func.func private @square_jvp(%x: tensor<f64>, %dx: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
  %y = call @square(%x) : (tensor<f64>) -> tensor<f64>
  %three = atled.constant dense<3.0> : tensor<f64>
  %s = atled.mul %three, %x : tensor<f64>
  %dy = atled.mul %s, %dx : tensor<f64>
  return %y, %dy : tensor<f64>, tensor<f64>
}
ad.custom_jvp @square rule @square_jvp
func.func private @eighth(%x: tensor<f64>) -> tensor<f64> {
  %limit = arith.constant 100.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %a = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %g = func.call @square(%h) : (tensor<f64>) -> tensor<f64>
    scf.yield %g : tensor<f64>
  }
  %r = scf.while (%h = %a) : (tensor<f64>) -> tensor<f64> {
    %v = tensor.extract %h[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    scf.condition(%go) %h : tensor<f64>
  } do {
  ^bb0(%h: tensor<f64>):
    %g = func.call @square(%h) : (tensor<f64>) -> tensor<f64>
    scf.yield %g : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @forward_rules() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %y = atled.constant dense<256.0> : tensor<f64>
  %dy = atled.constant dense<3456.0> : tensor<f64>
  %ddy = atled.constant dense<22464.0> : tensor<f64>
  %f:2 = ad.jvp @eighth(%x) tangent(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_eq %f#0, %y : tensor<f64>
  check.expect_eq %f#1, %dy : tensor<f64>
  %r = ad.grad @eighth(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  check.expect_eq %r, %dy : tensor<f64>
  %h = ad.hessian @eighth(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  check.expect_eq %h, %ddy : tensor<f64>
  return
}

// A sine that is only declared, and softplus, whose derivative by its operations is inf / inf far out.
func.func private @sine(tensor<2xf64>) -> tensor<2xf64>
func.func private @sine_forward(%x: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %y = atled.sin %x : tensor<2xf64>
  %slope = atled.cos %x : tensor<2xf64>
  return %y, %slope : tensor<2xf64>, tensor<2xf64>
}
func.func private @sine_reverse(%slope: tensor<2xf64>, %dy: tensor<2xf64>) -> tensor<2xf64> {
  %dx = atled.mul %dy, %slope : tensor<2xf64>
  return %dx : tensor<2xf64>
}
ad.custom_vjp @sine forward @sine_forward reverse @sine_reverse
func.func private @softplus(%x: tensor<2xf64>) -> tensor<2xf64> {
  %e = atled.exp %x : tensor<2xf64>
  %y = atled.log1p %e : tensor<2xf64>
  return %y : tensor<2xf64>
}
func.func private @softplus_jvp(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %y = call @softplus(%x) : (tensor<2xf64>) -> tensor<2xf64>
  %slope = atled.logistic %x : tensor<2xf64>
  %dy = atled.mul %slope, %dx : tensor<2xf64>
  return %y, %dy : tensor<2xf64>, tensor<2xf64>
}
ad.custom_jvp @softplus rule @softplus_jvp
// The value of the declared function is asked for by its rule alone, so this is no function to compute differences of.
func.func private @sines(%x: tensor<2xf64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<2xf64>) {
    %s = func.call @sine(%h) : (tensor<2xf64>) -> tensor<2xf64>
    scf.yield %s : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func private @sines_by_operations(%x: tensor<2xf64>) -> tensor<2xf64> {
  %a = atled.sin %x : tensor<2xf64>
  %b = atled.sin %a : tensor<2xf64>
  %c = atled.sin %b : tensor<2xf64>
  return %c : tensor<2xf64>
}
func.func private @softplus_loop(%x: tensor<2xf64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<2xf64>) {
    %first = arith.cmpi eq, %i, %c0 : index
    %s = scf.if %first -> (tensor<2xf64>) {
      %a = atled.mul %h, %x : tensor<2xf64>
      scf.yield %a : tensor<2xf64>
    } else {
      %a = func.call @softplus(%h) : (tensor<2xf64>) -> tensor<2xf64>
      scf.yield %a : tensor<2xf64>
    }
    scf.yield %s : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func @derivatives() {
  %x = atled.constant dense<[0.5, -1.5]> : tensor<2xf64>
  %d = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:2 = ad.vjp @sines(%x) seed(%d) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  %e:2 = ad.vjp @sines_by_operations(%x) seed(%d) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %r#0, %e#0 : tensor<2xf64>
  check.expect_eq %r#1, %e#1 : tensor<2xf64>
  check.gradients @softplus_loop at (%x) order = 2 : tensor<2xf64>
  // Far out, softplus(softplus(x²)) is x²: the slope is 2x.
  %far = atled.constant dense<[40.0, -50.0]> : tensor<2xf64>
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %s:2 = ad.vjp @softplus_loop(%far) seed(%one) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  %slope = atled.constant dense<[80.0, -100.0]> : tensor<2xf64>
  check.expect_eq %s#1, %slope : tensor<2xf64>
  return
}
