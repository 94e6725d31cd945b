// Jacobians, Hessians and their products with vectors, of functions with loops. A row of ones times the Jacobian is the
// gradient with a seed of ones, for tensors of any rank; the Hessian is symmetric, its columns are its products with
// unit vectors; and for loops that are powers, linear or not, all of them can be written down.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// The Hessian of Σ xᵢ⁴ is diagonal, 12 x², and its product with v 12 x² v.
func.func private @quartic(%x: tensor<3xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %y = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %x) -> (tensor<3xf64>) {
    %hh = atled.mul %h, %h : tensor<3xf64>
    scf.yield %hh : tensor<3xf64>
  }
  %r = atled.reduce_sum %y dimensions = [0] : tensor<3xf64> -> tensor<f64>
  return %r : tensor<f64>
}
func.func @through_a_loop() {
  %x = atled.constant dense<[1.0, 2.0, -3.0]> : tensor<3xf64>
  %v = atled.constant dense<[1.0, 0.5, 2.0]> : tensor<3xf64>
  %h = ad.hessian @quartic(%x) wrt = [0] : (tensor<3xf64>) -> tensor<3x3xf64>
  %expected = atled.constant dense<[[12.0, 0.0, 0.0], [0.0, 48.0, 0.0], [0.0, 0.0, 108.0]]> : tensor<3x3xf64>
  check.expect_eq %h, %expected : tensor<3x3xf64>
  %p = ad.hvp @quartic(%x) tangent(%v) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  %p0 = atled.constant dense<[12.0, 24.0, 216.0]> : tensor<3xf64>
  check.expect_eq %p, %p0 : tensor<3xf64>
  return
}

func.func private @of_hessian(%x: tensor<3xf64>) -> tensor<3x3xf64> {
  %j = ad.hessian @quartic(%x) wrt = [0] : (tensor<3xf64>) -> tensor<3x3xf64>
  return %j : tensor<3x3xf64>
}

func.func @derivatives_of_a_hessian() {
  %z = atled.constant dense<[1.0, 2.0, -3.0]> : tensor<3xf64>
  check.gradients @of_hessian at (%z) order = 2 : tensor<3xf64>
  return
}

// Of any rank: hᵢ₊₁ = hᵢ + x sin(Σ hᵢ).
func.func private @scalar(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %all = atled.exp %h : tensor<f64>
    %s = atled.sin %all : tensor<f64>
    %p = atled.mul %s, %x : tensor<f64>
    %n = atled.add %p, %h : tensor<f64>
    scf.yield %n : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @vector(%x: tensor<3xf64>) -> tensor<3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<3xf64>) {
    %sum = atled.reduce_sum %h dimensions = [0] : tensor<3xf64> -> tensor<f64>
    %all = atled.broadcast %sum dimensions = [] : tensor<f64> -> tensor<3xf64>
    %s = atled.sin %all : tensor<3xf64>
    %p = atled.mul %s, %x : tensor<3xf64>
    %n = atled.add %p, %h : tensor<3xf64>
    scf.yield %n : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}
func.func private @matrix(%x: tensor<2x2xf64>) -> tensor<2x2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<2x2xf64>) {
    %sum = atled.reduce_sum %h dimensions = [0, 1] : tensor<2x2xf64> -> tensor<f64>
    %all = atled.broadcast %sum dimensions = [] : tensor<f64> -> tensor<2x2xf64>
    %s = atled.sin %all : tensor<2x2xf64>
    %p = atled.mul %s, %x : tensor<2x2xf64>
    %n = atled.add %p, %h : tensor<2x2xf64>
    scf.yield %n : tensor<2x2xf64>
  }
  return %r : tensor<2x2xf64>
}
func.func private @cube(%x: tensor<2x1x2xf64>) -> tensor<2x1x2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<2x1x2xf64>) {
    %sum = atled.reduce_sum %h dimensions = [0, 1, 2] : tensor<2x1x2xf64> -> tensor<f64>
    %all = atled.broadcast %sum dimensions = [] : tensor<f64> -> tensor<2x1x2xf64>
    %s = atled.sin %all : tensor<2x1x2xf64>
    %p = atled.mul %s, %x : tensor<2x1x2xf64>
    %n = atled.add %p, %h : tensor<2x1x2xf64>
    scf.yield %n : tensor<2x1x2xf64>
  }
  return %r : tensor<2x1x2xf64>
}
func.func @row_of_ones() {
  %scalar_x = atled.constant dense<0.7> : tensor<f64>
  %scalar_one = atled.constant dense<1.0> : tensor<f64>
  %scalar_j = ad.jacobian @scalar(%scalar_x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %scalar_g:2 = ad.vjp @scalar(%scalar_x) seed(%scalar_one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_close %scalar_j, %scalar_g#1 within rtol = 1.0e-14 atol = 1.0e-15 : tensor<f64>
  %vector_x = atled.constant dense<[0.3, -0.2, 0.9]> : tensor<3xf64>
  %vector_one = atled.constant dense<1.0> : tensor<3xf64>
  %vector_j = ad.jacobian @vector(%vector_x) wrt = [0] : (tensor<3xf64>) -> tensor<3x3xf64>
  %vector_sum = atled.reduce_sum %vector_j dimensions = [0] : tensor<3x3xf64> -> tensor<3xf64>
  %vector_g:2 = ad.vjp @vector(%vector_x) seed(%vector_one) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  check.expect_close %vector_sum, %vector_g#1 within rtol = 1.0e-14 atol = 1.0e-15 : tensor<3xf64>
  %matrix_x = atled.constant dense<[[0.3, -0.2], [0.9, 0.5]]> : tensor<2x2xf64>
  %matrix_one = atled.constant dense<1.0> : tensor<2x2xf64>
  %matrix_j = ad.jacobian @matrix(%matrix_x) wrt = [0] : (tensor<2x2xf64>) -> tensor<2x2x2x2xf64>
  %matrix_sum = atled.reduce_sum %matrix_j dimensions = [0, 1] : tensor<2x2x2x2xf64> -> tensor<2x2xf64>
  %matrix_g:2 = ad.vjp @matrix(%matrix_x) seed(%matrix_one) wrt = [0] : (tensor<2x2xf64>, tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>)
  check.expect_close %matrix_sum, %matrix_g#1 within rtol = 1.0e-14 atol = 1.0e-15 : tensor<2x2xf64>
  %cube_x = atled.constant dense<[[[0.3, -0.2]], [[0.9, 0.5]]]> : tensor<2x1x2xf64>
  %cube_one = atled.constant dense<1.0> : tensor<2x1x2xf64>
  %cube_j = ad.jacobian @cube(%cube_x) wrt = [0] : (tensor<2x1x2xf64>) -> tensor<2x1x2x2x1x2xf64>
  %cube_sum = atled.reduce_sum %cube_j dimensions = [0, 1, 2] : tensor<2x1x2x2x1x2xf64> -> tensor<2x1x2xf64>
  %cube_g:2 = ad.vjp @cube(%cube_x) seed(%cube_one) wrt = [0] : (tensor<2x1x2xf64>, tensor<2x1x2xf64>) -> (tensor<2x1x2xf64>, tensor<2x1x2xf64>)
  check.expect_close %cube_sum, %cube_g#1 within rtol = 1.0e-14 atol = 1.0e-15 : tensor<2x1x2xf64>
  return
}

// A linear map until the first element is 10: with A = [[1, 1], [0, 1]], that is Aᵏ = [[1, k], [0, 1]]. The Hessian of
// the square of the norm is 2 (Aᵏ)ᵀ Aᵏ.
func.func private @power(%x: tensor<2xf64>) -> tensor<2xf64> {
  %a = atled.constant dense<[[1.0, 1.0], [0.0, 1.0]]> : tensor<2x2xf64>
  %limit = arith.constant 10.0 : f64
  %c0 = arith.constant 0 : index
  %r = scf.while (%h = %x) : (tensor<2xf64>) -> tensor<2xf64> {
    %v = tensor.extract %h[%c0] : tensor<2xf64>
    %go = arith.cmpf olt, %v, %limit : f64
    scf.condition(%go) %h : tensor<2xf64>
  } do {
  ^bb0(%h: tensor<2xf64>):
    %n = atled.contract %a, %h batch = [] x [] contracting = [1] x [0] : (tensor<2x2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %n : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func private @square_of_power(%x: tensor<2xf64>) -> tensor<f64> {
  %y = call @power(%x) : (tensor<2xf64>) -> tensor<2xf64>
  %d = atled.dot %y, %y : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
  return %d : tensor<f64>
}
func.func @while_loop() {
  // 1, 4, 7, 10: k is 3.
  %x = atled.constant dense<[1.0, 3.0]> : tensor<2xf64>
  %v = atled.constant dense<[1.0, -1.0]> : tensor<2xf64>
  %j = ad.jacobian @power(%x) wrt = [0] : (tensor<2xf64>) -> tensor<2x2xf64>
  %j0 = atled.constant dense<[[1.0, 3.0], [0.0, 1.0]]> : tensor<2x2xf64>
  check.expect_eq %j, %j0 : tensor<2x2xf64>
  %h = ad.hessian @square_of_power(%x) wrt = [0] : (tensor<2xf64>) -> tensor<2x2xf64>
  %h0 = atled.constant dense<[[2.0, 6.0], [6.0, 20.0]]> : tensor<2x2xf64>
  check.expect_eq %h, %h0 : tensor<2x2xf64>
  %p = ad.hvp @square_of_power(%x) tangent(%v) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
  %p0 = atled.constant dense<[-4.0, -14.0]> : tensor<2xf64>
  check.expect_eq %p, %p0 : tensor<2xf64>
  return
}

// The Hessian of the sum of what the vector's loop makes: symmetric, and its product with v by ad.hvp.
func.func private @total(%x: tensor<3xf64>) -> tensor<f64> {
  %y = call @vector(%x) : (tensor<3xf64>) -> tensor<3xf64>
  %d = atled.dot %y, %y : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>
  return %d : tensor<f64>
}
func.func @symmetry() {
  %x = atled.constant dense<[0.3, -0.2, 0.9]> : tensor<3xf64>
  %v = atled.constant dense<[1.0, 0.5, -2.0]> : tensor<3xf64>
  %h = ad.hessian @total(%x) wrt = [0] : (tensor<3xf64>) -> tensor<3x3xf64>
  %t = atled.transpose %h permutation = [1, 0] : tensor<3x3xf64> -> tensor<3x3xf64>
  check.expect_close %h, %t within rtol = 1.0e-13 : tensor<3x3xf64>
  %hv = atled.contract %h, %v batch = [] x [] contracting = [1] x [0] : (tensor<3x3xf64>, tensor<3xf64>) -> tensor<3xf64>
  %p = ad.hvp @total(%x) tangent(%v) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  check.expect_close %p, %hv within rtol = 1.0e-13 : tensor<3xf64>
  return
}

// A loop that asks for a Jacobian in each iteration: that of x² is diag(2x), so three of them multiply by (2w)³.
func.func private @squares(%x: tensor<2xf64>) -> tensor<2xf64> {
  %y = atled.mul %x, %x : tensor<2xf64>
  return %y : tensor<2xf64>
}
func.func private @in_the_body(%x: tensor<2xf64>, %w: tensor<2xf64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<2xf64>) {
    %j = ad.jacobian @squares(%h) wrt = [0] : (tensor<2xf64>) -> tensor<2x2xf64>
    %n = atled.contract %j, %w batch = [] x [] contracting = [1] x [0] : (tensor<2x2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %n : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func @jacobians_in_loops() {
  %x = atled.constant dense<[3.0, 5.0]> : tensor<2xf64>
  %w = atled.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %j:2 = ad.jacobian @in_the_body(%x, %w) wrt = [0, 1] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>)
  %dx = atled.constant dense<[[8.0, 0.0], [0.0, 64.0]]> : tensor<2x2xf64>
  // 8 x 3 w².
  %dw = atled.constant dense<[[72.0, 0.0], [0.0, 480.0]]> : tensor<2x2xf64>
  check.expect_eq %j#0, %dx : tensor<2x2xf64>
  check.expect_eq %j#1, %dw : tensor<2x2xf64>
  return
}
