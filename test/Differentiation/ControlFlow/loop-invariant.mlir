// What the body of a loop reads from outside gets the sum of what the iterations contribute, also where the loop
// carries nothing of it, where it is read through loops inside one another, by a while loop's condition, or not at all.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @invariant(%x: tensor<3xf64>, %w: tensor<3xf64>) -> tensor<3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> (tensor<3xf64>) {
    %e = atled.exp %w : tensor<3xf64>
    %a = atled.mul %h, %e : tensor<3xf64>
    %s = atled.sin %a : tensor<3xf64>
    scf.yield %s : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}
func.func @invariant_reads() {
  %x = atled.constant dense<[0.3, -0.2, 1.0]> : tensor<3xf64>
  %w = atled.constant dense<[0.1, 0.7, -0.4]> : tensor<3xf64>
  check.gradients @invariant at (%x, %w) order = 2 : tensor<3xf64>, tensor<3xf64>
  return
}

// n x by additions, and x² once in every iteration of two loops.
func.func private @additions(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %zero = atled.constant dense<0.0> : tensor<f64>
  %m = tensor.extract %n[] : tensor<i64>
  %r = scf.for %i = %c0 to %m step %c1 iter_args(%s = %zero) -> (tensor<f64>) : i64 {
    %q = scf.for %j = %c0 to %i step %c1 iter_args(%t = %s) -> (tensor<f64>) : i64 {
      %xx = atled.mul %x, %x : tensor<f64>
      %u = atled.add %t, %xx : tensor<f64>
      scf.yield %u : tensor<f64>
    }
    %v = atled.add %q, %x : tensor<f64>
    scf.yield %v : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @additions_only() {
  // 10 x + 45 x²: 10 + 90 x, and 90.
  %x = atled.constant dense<3.0> : tensor<f64>
  %n = atled.constant dense<10> : tensor<i64>
  %n0 = atled.constant dense<0> : tensor<i64>
  %d = ad.grad @additions(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %e = atled.constant dense<280.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  %h = ad.hessian @additions(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %f = atled.constant dense<90.0> : tensor<f64>
  check.expect_eq %h, %f : tensor<f64>
  %z = ad.grad @additions(%x, %n0) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %z, %zero : tensor<f64>
  return
}

// A while loop reads the scale in its condition, the factor in both, and the matrix in its body.
func.func private @reads(%x: tensor<2xf64>, %scale: tensor<f64>, %factor: tensor<2xf64>, %w: tensor<2x2xf64>) -> (tensor<2xf64>, tensor<f64>) {
  %limit = arith.constant 20.0 : f64
  %r:2 = scf.while (%h = %x) : (tensor<2xf64>) -> (tensor<2xf64>, tensor<f64>) {
    %p = atled.mul %h, %factor : tensor<2xf64>
    %n = atled.dot %p, %p : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
    %s = atled.mul %n, %scale : tensor<f64>
    %v = tensor.extract %s[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    scf.condition(%go) %h, %s : tensor<2xf64>, tensor<f64>
  } do {
  ^bb0(%h: tensor<2xf64>, %s: tensor<f64>):
    %a = atled.contract %h, %w batch = [] x [] contracting = [0] x [0] : (tensor<2xf64>, tensor<2x2xf64>) -> tensor<2xf64>
    %t = atled.sin %a : tensor<2xf64>
    %u = atled.add %t, %h : tensor<2xf64>
    %b = atled.mul %u, %factor : tensor<2xf64>
    scf.yield %b : tensor<2xf64>
  }
  return %r#0, %r#1 : tensor<2xf64>, tensor<f64>
}
func.func @reads_of_a_while_loop() {
  %x = atled.constant dense<[0.3, 0.5]> : tensor<2xf64>
  %scale = atled.constant dense<1.25> : tensor<f64>
  %factor = atled.constant dense<[1.5, 1.25]> : tensor<2xf64>
  %w = atled.constant dense<[[0.3, 0.7], [1.2, -0.4]]> : tensor<2x2xf64>
  check.gradients @reads at (%x, %scale, %factor, %w) order = 2 : tensor<2xf64>, tensor<f64>, tensor<2xf64>, tensor<2x2xf64>
  check.gradients @reads at (%x, %scale, %factor, %w) wrt = [1] : tensor<2xf64>, tensor<f64>, tensor<2xf64>, tensor<2x2xf64>
  return
}
