// Gradient descent as an inner loop, by ad.grad in its body; then the result is differentiated by what the loop was
// given. For ½ λ |w - a|² the n-th iterate is a + (1 - η λ)ⁿ (w₀ - a), and its derivatives can be written down. A
// minimum over x of a maximum over y, both found by descent in while loops, is differentiated twice.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @bowl(%w: tensor<2xf64>, %a: tensor<2xf64>, %lambda: tensor<f64>) -> tensor<f64> {
  %half = atled.constant dense<0.5> : tensor<f64>
  %d = atled.sub %w, %a : tensor<2xf64>
  %dd = atled.dot %d, %d : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
  %s = atled.mul %half, %lambda : tensor<f64>
  %r = atled.mul %s, %dd : tensor<f64>
  return %r : tensor<f64>
}
func.func private @descend(%w0: tensor<2xf64>, %a: tensor<2xf64>, %lambda: tensor<f64>, %rate: tensor<f64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %eta = atled.broadcast %rate dimensions = [] : tensor<f64> -> tensor<2xf64>
  %w = scf.for %i = %c0 to %c5 step %c1 iter_args(%w = %w0) -> (tensor<2xf64>) {
    %g = ad.grad @bowl(%w, %a, %lambda) wrt = [0] : (tensor<2xf64>, tensor<2xf64>, tensor<f64>) -> tensor<2xf64>
    %step = atled.mul %eta, %g : tensor<2xf64>
    %next = atled.sub %w, %step : tensor<2xf64>
    scf.yield %next : tensor<2xf64>
  }
  return %w : tensor<2xf64>
}
func.func @iterates() {
  // 1 - η λ is 0.5, which five times is 2⁻⁵; w₀ - a is (4, -2). With a seed of (1, 1):
  %w0 = atled.constant dense<[5.0, 1.0]> : tensor<2xf64>
  %a = atled.constant dense<[1.0, 3.0]> : tensor<2xf64>
  %lambda = atled.constant dense<2.0> : tensor<f64>
  %rate = atled.constant dense<0.25> : tensor<f64>
  %ones = atled.constant dense<1.0> : tensor<2xf64>
  %v:5 = ad.vjp @descend(%w0, %a, %lambda, %rate) seed(%ones) wrt = [0, 1, 2, 3]
    : (tensor<2xf64>, tensor<2xf64>, tensor<f64>, tensor<f64>, tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<f64>, tensor<f64>)
  %w = atled.constant dense<[1.125, 2.9375]> : tensor<2xf64>
  check.expect_eq %v#0, %w : tensor<2xf64>
  // 2⁻⁵, and 1 - 2⁻⁵.
  %dw0 = atled.constant dense<0.03125> : tensor<2xf64>
  check.expect_eq %v#1, %dw0 : tensor<2xf64>
  %da = atled.constant dense<0.96875> : tensor<2xf64>
  check.expect_eq %v#2, %da : tensor<2xf64>
  // -5 η 2⁻⁴ (4 - 2), and -5 λ 2⁻⁴ (4 - 2).
  %dlambda = atled.constant dense<-0.15625> : tensor<f64>
  check.expect_eq %v#3, %dlambda : tensor<f64>
  %drate = atled.constant dense<-1.25> : tensor<f64>
  check.expect_eq %v#4, %drate : tensor<f64>
  check.gradients @descend at (%w0, %a, %lambda, %rate) order = 2
    : tensor<2xf64>, tensor<2xf64>, tensor<f64>, tensor<f64>
  return
}

// f(x, y, p) = x² - p x + x y - exp(y). The maximum over y is at log x, where f is x² - p x + x log x - x.
func.func private @game(%x: tensor<f64>, %y: tensor<f64>, %p: tensor<f64>) -> tensor<f64> {
  %xx = atled.mul %x, %x : tensor<f64>
  %px = atled.mul %p, %x : tensor<f64>
  %xy = atled.mul %x, %y : tensor<f64>
  %e = atled.exp %y : tensor<f64>
  %a = atled.sub %xx, %px : tensor<f64>
  %b = atled.sub %xy, %e : tensor<f64>
  %f = atled.add %a, %b : tensor<f64>
  return %f : tensor<f64>
}
// Begins away from the maximum: a derivative takes as many iterations as its value.
func.func private @highest(%x: tensor<f64>, %p: tensor<f64>) -> tensor<f64> {
  %start = atled.constant dense<-1.0> : tensor<f64>
  %rate = atled.constant dense<0.7> : tensor<f64>
  %tiny = arith.constant 1.0e-13 : f64
  %y = scf.while (%y = %start) : (tensor<f64>) -> tensor<f64> {
    %g = ad.grad @game(%x, %y, %p) wrt = [1] : (tensor<f64>, tensor<f64>, tensor<f64>) -> tensor<f64>
    %d = atled.mul %rate, %g : tensor<f64>
    %next = atled.add %y, %d : tensor<f64>
    %a = atled.abs %g : tensor<f64>
    %v = tensor.extract %a[] : tensor<f64>
    %go = arith.cmpf ogt, %v, %tiny : f64
    scf.condition(%go) %next : tensor<f64>
  } do {
  ^bb0(%y: tensor<f64>):
    scf.yield %y : tensor<f64>
  }
  %f = call @game(%x, %y, %p) : (tensor<f64>, tensor<f64>, tensor<f64>) -> tensor<f64>
  return %f : tensor<f64>
}
// Where the maximum is least: 2x + log x = p.
func.func private @least(%p: tensor<f64>) -> tensor<f64> {
  %start = atled.constant dense<1.25> : tensor<f64>
  %rate = atled.constant dense<0.3> : tensor<f64>
  %tiny = arith.constant 1.0e-12 : f64
  %x = scf.while (%x = %start) : (tensor<f64>) -> tensor<f64> {
    %g = ad.grad @highest(%x, %p) wrt = [0] : (tensor<f64>, tensor<f64>) -> tensor<f64>
    %d = atled.mul %rate, %g : tensor<f64>
    %next = atled.sub %x, %d : tensor<f64>
    %a = atled.abs %g : tensor<f64>
    %v = tensor.extract %a[] : tensor<f64>
    %go = arith.cmpf ogt, %v, %tiny : f64
    scf.condition(%go) %next : tensor<f64>
  } do {
  ^bb0(%x: tensor<f64>):
    scf.yield %x : tensor<f64>
  }
  return %x : tensor<f64>
}
func.func private @value(%p: tensor<f64>) -> tensor<f64> {
  %x = call @least(%p) : (tensor<f64>) -> tensor<f64>
  %f = call @highest(%x, %p) : (tensor<f64>, tensor<f64>) -> tensor<f64>
  return %f : tensor<f64>
}
func.func @minimum_of_maxima() {
  // At p = 2 the saddle is at x = 1, y = 0. The slope of the maximum at x is 2x + log x - p, its slope 2 + 1/x.
  %p = atled.constant dense<2.0> : tensor<f64>
  %x = atled.constant dense<1.5> : tensor<f64>
  %g = ad.grad @highest(%x, %p) wrt = [0] : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %log = atled.log %x : tensor<f64>
  %g0 = atled.add %one, %log : tensor<f64>
  check.expect_close %g, %g0 within rtol = 1.0e-12 : tensor<f64>
  %h = ad.hessian @highest(%x, %p) wrt = [0] : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %h0 = atled.constant dense<2.6666666666666667> : tensor<f64>
  check.expect_close %h, %h0 within rtol = 1.0e-9 : tensor<f64>
  // dx/dp = x / (2x + 1), and its derivative x / (2x + 1)³.
  %r:2 = ad.value_and_grad @least(%p) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_close %r#0, %one within rtol = 1.0e-11 : tensor<f64>
  %third = atled.constant dense<0.33333333333333333> : tensor<f64>
  check.expect_close %r#1, %third within rtol = 1.0e-9 : tensor<f64>
  %s = ad.hessian @least(%p) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %s0 = atled.constant dense<0.037037037037037037> : tensor<f64>
  check.expect_close %s, %s0 within rtol = 1.0e-7 : tensor<f64>
  // The derivative of the value by p is that of f alone, -x: the envelope theorem.
  %v = ad.grad @value(%p) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %minus = atled.constant dense<-1.0> : tensor<f64>
  check.expect_close %v, %minus within rtol = 1.0e-11 : tensor<f64>
  return
}
