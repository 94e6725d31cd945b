// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s
// RUN: atled-opt %s --ad-differentiate | FileCheck %s --check-prefix=IR

// CHECK: checks passed, 0 failed

// More results than arguments: columns, by forward mode. y = (a b, a², b, 3)
func.func private @tall(%x: tensor<2xf64>) -> tensor<2x2xf64> {
  %a = atled.slice %x[0:1] : tensor<2xf64> -> tensor<1xf64>
  %b = atled.slice %x[1:2] : tensor<2xf64> -> tensor<1xf64>
  %ab = atled.mul %a, %b : tensor<1xf64>
  %aa = atled.mul %a, %a : tensor<1xf64>
  %three = atled.constant dense<3.0> : tensor<1xf64>
  %y = atled.concatenate %ab, %aa, %b, %three dimension = 0 : (tensor<1xf64>, tensor<1xf64>, tensor<1xf64>, tensor<1xf64>) -> tensor<4xf64>
  %r = atled.reshape %y : tensor<4xf64> -> tensor<2x2xf64>
  return %r : tensor<2x2xf64>
}
// IR-LABEL: func.func @by_columns
// IR: call @tall.jvp.0
func.func @by_columns() {
  %x = atled.constant dense<[5.0, 7.0]> : tensor<2xf64>
  %j = ad.jacobian @tall(%x) wrt = [0] : (tensor<2xf64>) -> tensor<2x2x2xf64>
  %expected = atled.constant dense<[[[7.0, 5.0], [10.0, 0.0]], [[0.0, 1.0], [0.0, 0.0]]]> : tensor<2x2x2xf64>
  check.expect_eq %j, %expected : tensor<2x2x2xf64>
  return
}

// Fewer results: rows, by reverse mode, with one run of the primal. y = (sum of squares of a row)
func.func private @wide(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %s = atled.mul %x, %x : tensor<2x3xf64>
  %y = atled.reduce_sum %s dimensions = [1] : tensor<2x3xf64> -> tensor<2xf64>
  return %y : tensor<2xf64>
}
// IR-LABEL: func.func @by_rows
// IR: call @wide.fwd.0
// IR: scf.for
// IR: call @wide.bwd.0
func.func @by_rows() {
  %x = atled.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %j = ad.jacobian @wide(%x) wrt = [0] : (tensor<2x3xf64>) -> tensor<2x2x3xf64>
  %expected = atled.constant dense<[[[2.0, 4.0, 6.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [8.0, 10.0, 12.0]]]> : tensor<2x2x3xf64>
  check.expect_eq %j, %expected : tensor<2x2x3xf64>

  // A row of ones times the Jacobian is the gradient with a seed of ones.
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %g:2 = ad.vjp @wide(%x) seed(%one) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %sum = atled.reduce_sum %j dimensions = [0] : tensor<2x2x3xf64> -> tensor<2x3xf64>
  check.expect_eq %sum, %g#1 : tensor<2x3xf64>
  return
}

// Several results and arguments, of any rank; an integer takes no part. r = s x k, t = s s
func.func private @many(%s: tensor<f64>, %k: tensor<2xi32>, %x: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xi32>, tensor<f64>) {
  %f = atled.convert %k : tensor<2xi32> to tensor<2xf64>
  %w = atled.broadcast %s dimensions = [] : tensor<f64> -> tensor<2xf64>
  %wx = atled.mul %w, %x : tensor<2xf64>
  %r = atled.mul %wx, %f : tensor<2xf64>
  %t = atled.mul %s, %s : tensor<f64>
  return %r, %k, %t : tensor<2xf64>, tensor<2xi32>, tensor<f64>
}
func.func @pairs() {
  %s = atled.constant dense<3.0> : tensor<f64>
  %k = atled.constant dense<[2, -1]> : tensor<2xi32>
  %x = atled.constant dense<[5.0, 7.0]> : tensor<2xf64>
  %j:4 = ad.jacobian @many(%s, %k, %x) wrt = [0, 2] : (tensor<f64>, tensor<2xi32>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x2xf64>, tensor<f64>, tensor<2xf64>)
  %rs = atled.constant dense<[10.0, -7.0]> : tensor<2xf64>
  check.expect_eq %j#0, %rs : tensor<2xf64>
  %rx = atled.constant dense<[[6.0, 0.0], [-0.0, -3.0]]> : tensor<2x2xf64>
  check.expect_eq %j#1, %rx : tensor<2x2xf64>
  %ts = atled.constant dense<6.0> : tensor<f64>
  check.expect_eq %j#2, %ts : tensor<f64>
  %tx = atled.constant dense<0.0> : tensor<2xf64>
  check.expect_eq %j#3, %tx : tensor<2xf64>
  return
}

// What has no coordinates has an empty matrix.
func.func private @nothing(%x: tensor<0xf32>) -> tensor<3xf32> {
  %s = atled.reduce_sum %x dimensions = [0] : tensor<0xf32> -> tensor<f32>
  %y = atled.broadcast %s dimensions = [] : tensor<f32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func @empty() {
  %x = atled.constant dense<> : tensor<0xf32>
  %j = ad.jacobian @nothing(%x) wrt = [0] : (tensor<0xf32>) -> tensor<3x0xf32>
  %expected = atled.constant dense<> : tensor<3x0xf32>
  check.expect_eq %j, %expected : tensor<3x0xf32>
  return
}

// x² y + y³: its Hessian is [[2y, 2x], [2x, 6y]], and the product with (v, w) is its rows with it.
func.func private @loss(%x: tensor<f64>, %y: tensor<f64>) -> tensor<f64> {
  %xx = atled.mul %x, %x : tensor<f64>
  %xxy = atled.mul %xx, %y : tensor<f64>
  %yy = atled.mul %y, %y : tensor<f64>
  %yyy = atled.mul %yy, %y : tensor<f64>
  %r = atled.add %xxy, %yyy : tensor<f64>
  return %r : tensor<f64>
}
func.func @second_derivatives() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %y = atled.constant dense<5.0> : tensor<f64>
  %h:4 = ad.hessian @loss(%x, %y) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  %xx = atled.constant dense<10.0> : tensor<f64>
  %xy = atled.constant dense<6.0> : tensor<f64>
  %yy = atled.constant dense<30.0> : tensor<f64>
  check.expect_eq %h#0, %xx : tensor<f64>
  check.expect_eq %h#1, %xy : tensor<f64>
  check.expect_eq %h#2, %xy : tensor<f64>
  check.expect_eq %h#3, %yy : tensor<f64>

  %v = atled.constant dense<2.0> : tensor<f64>
  %w = atled.constant dense<-1.0> : tensor<f64>
  %p:2 = ad.hvp @loss(%x, %y) tangent(%v, %w) wrt = [0, 1] : (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %p0 = atled.constant dense<14.0> : tensor<f64>
  %p1 = atled.constant dense<-18.0> : tensor<f64>
  check.expect_eq %p#0, %p0 : tensor<f64>
  check.expect_eq %p#1, %p1 : tensor<f64>
  %q = ad.hvp @loss(%x, %y) tangent(%v) wrt = [0] : (tensor<f64>, tensor<f64>, tensor<f64>) -> tensor<f64>
  %q0 = atled.constant dense<20.0> : tensor<f64>
  check.expect_eq %q, %q0 : tensor<f64>
  return
}

// A function that asks for a Jacobian, by rows and by columns, is differentiated itself. The Jacobian of @tall
// is linear in x, that of @wide too.
func.func private @of_columns(%x: tensor<2xf64>) -> tensor<2x2x2xf64> {
  %j = ad.jacobian @tall(%x) wrt = [0] : (tensor<2xf64>) -> tensor<2x2x2xf64>
  return %j : tensor<2x2x2xf64>
}
func.func private @of_rows(%x: tensor<2x3xf64>) -> tensor<2x2x3xf64> {
  %j = ad.jacobian @wide(%x) wrt = [0] : (tensor<2x3xf64>) -> tensor<2x2x3xf64>
  return %j : tensor<2x2x3xf64>
}
func.func @nested() {
  %x = atled.constant dense<[5.0, 7.0]> : tensor<2xf64>
  check.gradients @of_columns at (%x) order = 2 : tensor<2xf64>
  %y = atled.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  check.gradients @of_rows at (%y) order = 2 : tensor<2x3xf64>
  return
}
