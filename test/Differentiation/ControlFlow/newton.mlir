// Newton's method in a while loop: the derivative of the root y of F(y, p) = 0 by p is -F_p / F_y, by the implicit
// function theorem, whatever the number of iterations is. Derived once more, the theorem gives the second derivatives.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// The square root by Newton's method, until it no longer changes: its derivative is 1 / (2 √x), the second
// one -1 / (4 √x³).
func.func private @root(%x: tensor<f64>) -> tensor<f64> {
  %half = atled.constant dense<0.5> : tensor<f64>
  %tiny = arith.constant 1.0e-14 : f64
  %r = scf.while (%y = %x) : (tensor<f64>) -> tensor<f64> {
    %q = atled.div %x, %y : tensor<f64>
    %s = atled.add %y, %q : tensor<f64>
    %next = atled.mul %half, %s : tensor<f64>
    %d = atled.sub %next, %y : tensor<f64>
    %a = atled.abs %d : tensor<f64>
    %v = tensor.extract %a[] : tensor<f64>
    %go = arith.cmpf ogt, %v, %tiny : f64
    scf.condition(%go) %next : tensor<f64>
  } do {
  ^bb0(%y: tensor<f64>):
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @root_slope(%x: tensor<f64>) -> tensor<f64> {
  %d = ad.grad @root(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %d : tensor<f64>
}
func.func @square_root() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %d = ad.grad @root(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<0.35355339059327379> : tensor<f64>
  check.expect_close %d, %e within rtol = 1.0e-13 : tensor<f64>
  %f:2 = ad.jvp @root(%x) tangent(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_close %f#1, %e within rtol = 1.0e-13 : tensor<f64>
  %d2 = ad.grad @root_slope(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e2 = atled.constant dense<-0.088388347648318447> : tensor<f64>
  check.expect_close %d2, %e2 within rtol = 1.0e-12 : tensor<f64>
  return
}

// The root of y³ + p y = q, for positive p.
func.func private @cubic(%p: tensor<f64>, %q: tensor<f64>) -> tensor<f64> {
  %one = atled.constant dense<1.0> : tensor<f64>
  %three = atled.constant dense<3.0> : tensor<f64>
  %tiny = arith.constant 1.0e-14 : f64
  %r = scf.while (%y = %one) : (tensor<f64>) -> tensor<f64> {
    %yy = atled.mul %y, %y : tensor<f64>
    %sum = atled.add %yy, %p : tensor<f64>
    %left = atled.mul %sum, %y : tensor<f64>
    %f = atled.sub %left, %q : tensor<f64>
    %yy3 = atled.mul %three, %yy : tensor<f64>
    %slope = atled.add %yy3, %p : tensor<f64>
    %d = atled.div %f, %slope : tensor<f64>
    %next = atled.sub %y, %d : tensor<f64>
    %a = atled.abs %d : tensor<f64>
    %v = tensor.extract %a[] : tensor<f64>
    %go = arith.cmpf ogt, %v, %tiny : f64
    scf.condition(%go) %next : tensor<f64>
  } do {
  ^bb0(%y: tensor<f64>):
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @implicit_function() {
  // 2³ + 1 · 2 = 10, where F_y = 3 y² + p is 13.
  %p = atled.constant dense<1.0> : tensor<f64>
  %q = atled.constant dense<10.0> : tensor<f64>
  %y = call @cubic(%p, %q) : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %two = atled.constant dense<2.0> : tensor<f64>
  check.expect_close %y, %two within rtol = 1.0e-15 : tensor<f64>
  // -y / F_y and 1 / F_y.
  %d:2 = ad.grad @cubic(%p, %q) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %n13 = atled.constant dense<13.0> : tensor<f64>
  %minus = atled.constant dense<-2.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %dp = atled.div %minus, %n13 : tensor<f64>
  %dq = atled.div %one, %n13 : tensor<f64>
  check.expect_close %d#0, %dp within rtol = 1.0e-14 : tensor<f64>
  check.expect_close %d#1, %dq within rtol = 1.0e-14 : tensor<f64>
  // By p twice 2 p y / F_y³, by p and q (F_y - 2 p) / F_y³, by q twice -6 y / F_y³.
  %h:4 = ad.hessian @cubic(%p, %q) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  %n2197 = atled.constant dense<2197.0> : tensor<f64>
  %n4 = atled.constant dense<4.0> : tensor<f64>
  %n11 = atled.constant dense<11.0> : tensor<f64>
  %n12 = atled.constant dense<-12.0> : tensor<f64>
  %pp = atled.div %n4, %n2197 : tensor<f64>
  %pq = atled.div %n11, %n2197 : tensor<f64>
  %qq = atled.div %n12, %n2197 : tensor<f64>
  check.expect_close %h#0, %pp within rtol = 1.0e-12 : tensor<f64>
  check.expect_close %h#1, %pq within rtol = 1.0e-12 : tensor<f64>
  check.expect_close %h#2, %pq within rtol = 1.0e-12 : tensor<f64>
  check.expect_close %h#3, %qq within rtol = 1.0e-12 : tensor<f64>
  return
}

// Two equations at once, x² + y² = s and x y = p: (x + y)² = s + 2 p and (x - y)² = s - 2 p, so that with
// a = 1 / (2 √(s + 2p)) and b = 1 / (2 √(s - 2p)) the derivatives of x are (a + b) / 2 by s and a - b by p, those of y
// (a - b) / 2 and a + b.
func.func private @circle_and_hyperbola(%s: tensor<f64>, %p: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
  %x0 = atled.constant dense<3.0> : tensor<f64>
  %y0 = atled.constant dense<1.0> : tensor<f64>
  %two = atled.constant dense<2.0> : tensor<f64>
  %tiny = arith.constant 1.0e-13 : f64
  %r:2 = scf.while (%x = %x0, %y = %y0) : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>) {
    %xx = atled.mul %x, %x : tensor<f64>
    %yy = atled.mul %y, %y : tensor<f64>
    %sum = atled.add %xx, %yy : tensor<f64>
    %f = atled.sub %sum, %s : tensor<f64>
    %xy = atled.mul %x, %y : tensor<f64>
    %g = atled.sub %xy, %p : tensor<f64>
    // The inverse of [[2x, 2y], [y, x]].
    %difference = atled.sub %xx, %yy : tensor<f64>
    %det = atled.mul %two, %difference : tensor<f64>
    %xf = atled.mul %x, %f : tensor<f64>
    %yf = atled.mul %y, %f : tensor<f64>
    %x2 = atled.mul %two, %x : tensor<f64>
    %y2 = atled.mul %two, %y : tensor<f64>
    %xg = atled.mul %x2, %g : tensor<f64>
    %yg = atled.mul %y2, %g : tensor<f64>
    %dx0 = atled.sub %xf, %yg : tensor<f64>
    %dy0 = atled.sub %xg, %yf : tensor<f64>
    %dx = atled.div %dx0, %det : tensor<f64>
    %dy = atled.div %dy0, %det : tensor<f64>
    %x1 = atled.sub %x, %dx : tensor<f64>
    %y1 = atled.sub %y, %dy : tensor<f64>
    %ax = atled.abs %dx : tensor<f64>
    %ay = atled.abs %dy : tensor<f64>
    %a = atled.maximum %ax, %ay : tensor<f64>
    %v = tensor.extract %a[] : tensor<f64>
    %go = arith.cmpf ogt, %v, %tiny : f64
    scf.condition(%go) %x1, %y1 : tensor<f64>, tensor<f64>
  } do {
  ^bb0(%x: tensor<f64>, %y: tensor<f64>):
    scf.yield %x, %y : tensor<f64>, tensor<f64>
  }
  return %r#0, %r#1 : tensor<f64>, tensor<f64>
}
func.func @two_equations() {
  // s = 10.25, p = 2: √(s + 2p) = √14.25 and √(s - 2p) = 2.5.
  %s = atled.constant dense<10.25> : tensor<f64>
  %p = atled.constant dense<2.0> : tensor<f64>
  %n14 = atled.constant dense<14.25> : tensor<f64>
  %half = atled.constant dense<0.5> : tensor<f64>
  %root = atled.sqrt %n14 : tensor<f64>
  %a = atled.div %half, %root : tensor<f64>
  %b = atled.constant dense<0.2> : tensor<f64>
  %plus = atled.add %a, %b : tensor<f64>
  %minus = atled.sub %a, %b : tensor<f64>
  %plus_half = atled.mul %half, %plus : tensor<f64>
  %minus_half = atled.mul %half, %minus : tensor<f64>
  %j:4 = ad.jacobian @circle_and_hyperbola(%s, %p) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  check.expect_close %j#0, %plus_half within rtol = 1.0e-13 : tensor<f64>
  check.expect_close %j#1, %minus within rtol = 1.0e-13 : tensor<f64>
  check.expect_close %j#2, %minus_half within rtol = 1.0e-13 : tensor<f64>
  check.expect_close %j#3, %plus within rtol = 1.0e-13 : tensor<f64>
  check.gradients @circle_and_hyperbola at (%s, %p) order = 2 : tensor<f64>, tensor<f64>
  return
}
