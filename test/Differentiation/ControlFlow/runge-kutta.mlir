// A differential equation solved by the classical Runge-Kutta method, n steps of equal length: y' = r y (1 - y), of
// which y(t) = 1 / (1 + (1 / y₀ - 1) exp(-r t)) is the solution. With e = exp(-r t) the derivatives are
//
//     by y₀    (y / y₀)² e            by y₀ twice    -2 (1 - e) (y / y₀)³ e
//     by r     t y (1 - y)            by r twice     t² y (1 - y) (1 - 2 y)
//                                     by both        (y / y₀)² e t (1 - 2 y)
//
// and the error of the method, so also of its derivatives, is of the fourth order: half the step, a 16th of the error.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @growth(%y: tensor<f64>, %r: tensor<f64>) -> tensor<f64> {
  %one = atled.constant dense<1.0> : tensor<f64>
  %rest = atled.sub %one, %y : tensor<f64>
  %ry = atled.mul %r, %y : tensor<f64>
  %d = atled.mul %ry, %rest : tensor<f64>
  return %d : tensor<f64>
}
// From 0 to t in n steps of t / n.
func.func private @solve(%y0: tensor<f64>, %r: tensor<f64>, %t: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %f = atled.convert %n : tensor<i64> to tensor<f64>
  %h = atled.div %t, %f : tensor<f64>
  %two = atled.constant dense<2.0> : tensor<f64>
  %six = atled.constant dense<6.0> : tensor<f64>
  %half = atled.div %h, %two : tensor<f64>
  %sixth = atled.div %h, %six : tensor<f64>
  %y = scf.for %i = %c0 to %m step %c1 iter_args(%y = %y0) -> (tensor<f64>) : i64 {
    %k1 = func.call @growth(%y, %r) : (tensor<f64>, tensor<f64>) -> tensor<f64>
    %d2 = atled.mul %half, %k1 : tensor<f64>
    %y2 = atled.add %y, %d2 : tensor<f64>
    %k2 = func.call @growth(%y2, %r) : (tensor<f64>, tensor<f64>) -> tensor<f64>
    %d3 = atled.mul %half, %k2 : tensor<f64>
    %y3 = atled.add %y, %d3 : tensor<f64>
    %k3 = func.call @growth(%y3, %r) : (tensor<f64>, tensor<f64>) -> tensor<f64>
    %d4 = atled.mul %h, %k3 : tensor<f64>
    %y4 = atled.add %y, %d4 : tensor<f64>
    %k4 = func.call @growth(%y4, %r) : (tensor<f64>, tensor<f64>) -> tensor<f64>
    %k23 = atled.add %k2, %k3 : tensor<f64>
    %k2233 = atled.mul %two, %k23 : tensor<f64>
    %k14 = atled.add %k1, %k4 : tensor<f64>
    %k = atled.add %k14, %k2233 : tensor<f64>
    %d = atled.mul %sixth, %k : tensor<f64>
    %next = atled.add %y, %d : tensor<f64>
    scf.yield %next : tensor<f64>
  }
  return %y : tensor<f64>
}
// The solution, its derivatives by y₀ and by r, and those of these.
func.func private @closed(%y0: tensor<f64>, %r: tensor<f64>, %t: tensor<f64>)
    -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>) {
  %one = atled.constant dense<1.0> : tensor<f64>
  %two = atled.constant dense<2.0> : tensor<f64>
  %rt = atled.mul %r, %t : tensor<f64>
  %minus = atled.neg %rt : tensor<f64>
  %e = atled.exp %minus : tensor<f64>
  %inverse = atled.div %one, %y0 : tensor<f64>
  %less = atled.sub %inverse, %one : tensor<f64>
  %product = atled.mul %less, %e : tensor<f64>
  %sum = atled.add %one, %product : tensor<f64>
  %y = atled.div %one, %sum : tensor<f64>
  %q = atled.div %y, %y0 : tensor<f64>
  %qq = atled.mul %q, %q : tensor<f64>
  %dy0 = atled.mul %qq, %e : tensor<f64>
  %rest = atled.sub %one, %y : tensor<f64>
  %ty = atled.mul %t, %y : tensor<f64>
  %dr = atled.mul %ty, %rest : tensor<f64>
  %y2 = atled.mul %two, %y : tensor<f64>
  %skew = atled.sub %one, %y2 : tensor<f64>
  %tskew = atled.mul %t, %skew : tensor<f64>
  %drr = atled.mul %dr, %tskew : tensor<f64>
  %dy0r = atled.mul %dy0, %tskew : tensor<f64>
  %em1 = atled.sub %e, %one : tensor<f64>
  %em2 = atled.mul %two, %em1 : tensor<f64>
  %qe = atled.mul %q, %em2 : tensor<f64>
  %dy0y0 = atled.mul %dy0, %qe : tensor<f64>
  return %y, %dy0, %dr, %dy0y0, %dy0r, %drr
    : tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>
}
func.func @sensitivities() {
  %y0 = atled.constant dense<0.2> : tensor<f64>
  %r = atled.constant dense<1.3> : tensor<f64>
  %t = atled.constant dense<2.0> : tensor<f64>
  %n = atled.constant dense<400> : tensor<i64>
  %e:6 = call @closed(%y0, %r, %t) : (tensor<f64>, tensor<f64>, tensor<f64>)
    -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  %v:3 = ad.value_and_grad @solve(%y0, %r, %t, %n) wrt = [0, 1]
    : (tensor<f64>, tensor<f64>, tensor<f64>, tensor<i64>) -> (tensor<f64>, tensor<f64>, tensor<f64>)
  check.expect_close %v#0, %e#0 within rtol = 1.0e-10 : tensor<f64>
  check.expect_close %v#1, %e#1 within rtol = 1.0e-10 : tensor<f64>
  check.expect_close %v#2, %e#2 within rtol = 1.0e-10 : tensor<f64>
  %h:4 = ad.hessian @solve(%y0, %r, %t, %n) wrt = [0, 1]
    : (tensor<f64>, tensor<f64>, tensor<f64>, tensor<i64>) -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  check.expect_close %h#0, %e#3 within rtol = 1.0e-9 : tensor<f64>
  check.expect_close %h#1, %e#4 within rtol = 1.0e-9 : tensor<f64>
  check.expect_close %h#2, %e#4 within rtol = 1.0e-9 : tensor<f64>
  check.expect_close %h#3, %e#5 within rtol = 1.0e-9 : tensor<f64>
  // The way from 0 to t by t is what the equation says: r y (1 - y).
  %dt = ad.grad @solve(%y0, %r, %t, %n) wrt = [2] : (tensor<f64>, tensor<f64>, tensor<f64>, tensor<i64>) -> tensor<f64>
  %g = call @growth(%e#0, %r) : (tensor<f64>, tensor<f64>) -> tensor<f64>
  check.expect_close %dt, %g within rtol = 1.0e-10 : tensor<f64>
  return
}

// The error of the derivative by r for n steps.
func.func private @error(%n: tensor<i64>) -> tensor<f64> {
  %y0 = atled.constant dense<0.2> : tensor<f64>
  %r = atled.constant dense<1.3> : tensor<f64>
  %t = atled.constant dense<2.0> : tensor<f64>
  %e:6 = call @closed(%y0, %r, %t) : (tensor<f64>, tensor<f64>, tensor<f64>)
    -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  %d = ad.grad @solve(%y0, %r, %t, %n) wrt = [1] : (tensor<f64>, tensor<f64>, tensor<f64>, tensor<i64>) -> tensor<f64>
  %error = atled.sub %d, %e#2 : tensor<f64>
  return %error : tensor<f64>
}
func.func @order() {
  %n20 = atled.constant dense<20> : tensor<i64>
  %n40 = atled.constant dense<40> : tensor<i64>
  %a = call @error(%n20) : (tensor<i64>) -> tensor<f64>
  %b = call @error(%n40) : (tensor<i64>) -> tensor<f64>
  %ratio = atled.div %a, %b : tensor<f64>
  %n16 = atled.constant dense<16.0> : tensor<f64>
  check.expect_close %ratio, %n16 within rtol = 0.1 : tensor<f64>
  return
}
func.func @differences() {
  %y0 = atled.constant dense<0.2> : tensor<f64>
  %r = atled.constant dense<1.3> : tensor<f64>
  %t = atled.constant dense<2.0> : tensor<f64>
  %n = atled.constant dense<5> : tensor<i64>
  check.gradients @solve at (%y0, %r, %t, %n) order = 2 : tensor<f64>, tensor<f64>, tensor<f64>, tensor<i64>
  return
}
