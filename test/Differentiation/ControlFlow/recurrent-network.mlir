// A recurrent network over a sequence of six, hᵢ = tanh(hᵢ₋₁ W + xᵢ U + b), with the squared error of hᵢ O in every
// step: its gradients by all weights, inputs and the first state, and the Hessian by W times a matrix of ones. The
// expected numbers are PyTorch's, in f64, written with the same constants:
//
//     for x, y in zip(xs, ys):
//         h = torch.tanh(h @ w + x @ u + b)
//         e = h @ o - y
//         loss = loss + e @ e
//
// and torch.autograd.grad(loss, [w, u, b, o, xs, h0]) and torch.autograd.functional.hvp. PyTorch is Debian 12's, 1.13.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @loss(%w: tensor<3x3xf64>, %u: tensor<2x3xf64>, %b: tensor<3xf64>, %o: tensor<3x2xf64>, %xs: tensor<6x2xf64>,
                        %ys: tensor<6x2xf64>, %h0: tensor<3xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r:2 = scf.for %i = %c0 to %c6 step %c1 iter_args(%h = %h0, %sum = %zero) -> (tensor<3xf64>, tensor<f64>) {
    %x = tensor.extract_slice %xs[%i, 0] [1, 2] [1, 1] : tensor<6x2xf64> to tensor<2xf64>
    %y = tensor.extract_slice %ys[%i, 0] [1, 2] [1, 1] : tensor<6x2xf64> to tensor<2xf64>
    %hw = atled.contract %h, %w batch = [] x [] contracting = [0] x [0] : (tensor<3xf64>, tensor<3x3xf64>) -> tensor<3xf64>
    %xu = atled.contract %x, %u batch = [] x [] contracting = [0] x [0] : (tensor<2xf64>, tensor<2x3xf64>) -> tensor<3xf64>
    %s = atled.add %hw, %xu : tensor<3xf64>
    %a = atled.add %s, %b : tensor<3xf64>
    %t = atled.tanh %a : tensor<3xf64>
    %to = atled.contract %t, %o batch = [] x [] contracting = [0] x [0] : (tensor<3xf64>, tensor<3x2xf64>) -> tensor<2xf64>
    %e = atled.sub %to, %y : tensor<2xf64>
    %ee = atled.dot %e, %e : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
    %next = atled.add %sum, %ee : tensor<f64>
    scf.yield %t, %next : tensor<3xf64>, tensor<f64>
  }
  return %r#1 : tensor<f64>
}
func.func @gradients() {
  %w = atled.constant dense<[[0.3, -0.2, 1.0], [0.1, 0.7, -0.4], [0.9, -0.3, 0.2]]> : tensor<3x3xf64>
  %u = atled.constant dense<[[0.5, -0.25, 0.125], [-0.75, 1.0, 0.3]]> : tensor<2x3xf64>
  %b = atled.constant dense<[0.05, -0.1, 0.2]> : tensor<3xf64>
  %o = atled.constant dense<[[1.0, -0.5], [0.25, 0.75], [-1.25, 0.3]]> : tensor<3x2xf64>
  %xs = atled.constant dense<[[1.0, 2.0], [0.1, -0.4], [0.7, 0.3], [-1.0, 0.2], [0.0, 1.0], [0.5, 0.5]]> : tensor<6x2xf64>
  %ys = atled.constant dense<[[0.1, 0.2], [-0.3, 0.4], [0.5, -0.6], [0.7, 0.8], [-0.9, 1.0], [0.0, 0.5]]> : tensor<6x2xf64>
  %h = atled.constant dense<[0.1, 0.2, -0.3]> : tensor<3xf64>
  %d:7 = ad.value_and_grad @loss(%w, %u, %b, %o, %xs, %ys, %h) wrt = [0, 1, 2, 3, 4, 6]
    : (tensor<3x3xf64>, tensor<2x3xf64>, tensor<3xf64>, tensor<3x2xf64>, tensor<6x2xf64>, tensor<6x2xf64>, tensor<3xf64>)
    -> (tensor<f64>, tensor<3x3xf64>, tensor<2x3xf64>, tensor<3xf64>, tensor<3x2xf64>, tensor<6x2xf64>, tensor<3xf64>)
  %l = atled.constant dense<13.673927740979675> : tensor<f64>
  check.expect_close %d#0, %l within rtol = 1.0e-13 : tensor<f64>
  %dw = atled.constant dense<[[-6.337755048280217, 1.677513395893084, 5.975490400586811],
    [3.67155180826716, -1.8602751798377533, -3.3311697201524657],
    [6.100968276281971, -2.08509021565835, -5.752336675005537]]> : tensor<3x3xf64>
  check.expect_close %d#1, %dw within rtol = 1.0e-12 : tensor<3x3xf64>
  %du = atled.constant dense<[[-3.2245486615080337, 1.0464390666206846, 3.7461067000754755],
    [-6.099365396018351, 1.0598559500559288, 9.734566433626561]]> : tensor<2x3xf64>
  check.expect_close %d#2, %du within rtol = 1.0e-12 : tensor<2x3xf64>
  %db = atled.constant dense<[-0.7584108624944697, -2.87753091612608, 2.610300988100394]> : tensor<3xf64>
  check.expect_close %d#3, %db within rtol = 1.0e-12 : tensor<3xf64>
  %do = atled.constant dense<[[6.411096236441134, -3.7944215870647726], [-2.248214821652831, 1.8222729899267787],
    [-8.128954481431172, 4.752464997126739]]> : tensor<3x2xf64>
  check.expect_close %d#4, %do within rtol = 1.0e-12 : tensor<3x2xf64>
  %dxs = atled.constant dense<[[-0.5853319502319486, 2.751211758169398], [1.6705126543303717, -5.3639438579592715],
    [-1.229684336148047, 2.945999416602332], [0.45976733967946937, -1.2186191339284849],
    [-0.31521138609753135, 1.1736263945893881], [0.66641259976452, -1.813907050298472]]> : tensor<6x2xf64>
  check.expect_close %d#5, %dxs within rtol = 1.0e-12 : tensor<6x2xf64>
  %dh = atled.constant dense<[3.0572009557827093, -1.5972593807779143, -1.1281678160815967]> : tensor<3xf64>
  check.expect_close %d#6, %dh within rtol = 1.0e-12 : tensor<3xf64>

  %ones = atled.constant dense<1.0> : tensor<3x3xf64>
  %p = ad.hvp @loss(%w, %u, %b, %o, %xs, %ys, %h) tangent(%ones) wrt = [0]
    : (tensor<3x3xf64>, tensor<2x3xf64>, tensor<3xf64>, tensor<3x2xf64>, tensor<6x2xf64>, tensor<6x2xf64>, tensor<3xf64>,
       tensor<3x3xf64>) -> tensor<3x3xf64>
  %dp = atled.constant dense<[[3.263085710446401, -1.3602702368029236, 5.54417833373439],
    [-11.50910611812336, 1.7217414614468243, -7.041340969495003],
    [-2.6082958148159676, 1.651510890522678, -2.6080026896228006]]> : tensor<3x3xf64>
  check.expect_close %p, %dp within rtol = 1.0e-11 : tensor<3x3xf64>

  check.gradients @loss at (%w, %u, %b, %o, %xs, %ys, %h) order = 2
    : tensor<3x3xf64>, tensor<2x3xf64>, tensor<3xf64>, tensor<3x2xf64>, tensor<6x2xf64>, tensor<6x2xf64>, tensor<3xf64>
  return
}
