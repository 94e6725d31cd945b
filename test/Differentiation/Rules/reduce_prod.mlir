// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The product of all the others, exact where elements are zero.
func.func private @f(%x: tensor<2x3x2xf64>) -> tensor<3xf64> {
  %result = atled.reduce_prod %x dimensions = [0, 2] : tensor<2x3x2xf64> -> tensor<3xf64>
  return %result : tensor<3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x2xf64>, %[[DX:.*]]: tensor<2x3x2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reduce_prod %[[X]]
// CHECK-NOT: atled.div
// CHECK: %[[T:.*]] = atled.mul %[[DX]]
// CHECK-NEXT: %[[OUT:.*]] = atled.reduce_sum %[[T]] dimensions = [0, 2]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3x2xf64>, %dx: tensor<2x3x2xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<2x3x2xf64>, tensor<2x3x2xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %r#0, %r#1 : tensor<3xf64>, tensor<3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x2xf64>, %[[SEED:.*]]: tensor<3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reduce_prod %[[X]]
// CHECK-NOT: atled.div
// CHECK: %[[ROWS:.*]] = atled.broadcast %{{.*}} dimensions = [0, 1] : tensor<2x3xf64> -> tensor<2x3x2xf64>
// CHECK-NEXT: %[[OTHERS:.*]] = atled.mul %{{.*}}, %[[ROWS]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %{{.*}}, %[[OTHERS]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3x2xf64>, %seed: tensor<3xf64>) -> (tensor<3xf64>, tensor<2x3x2xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<2x3x2xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<2x3x2xf64>)
  return %r#0, %r#1 : tensor<3xf64>, tensor<2x3x2xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[[0.5, 1.5], [-0.7, 2.0], [1.25, 0.8]], [[2.25, -1.0], [0.3, 1.1], [-0.6, 0.9]]]> : tensor<2x3x2xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x3x2xf64>
  return
}

// No zero, one, two: no division may be used.
func.func private @rows(%x: tensor<3x3xf64>) -> tensor<3xf64> {
  %y = atled.reduce_prod %x dimensions = [1] : tensor<3x3xf64> -> tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func @zeros() {
  %x = atled.constant dense<[[2.0, 3.0, 5.0], [2.0, 0.0, 5.0], [0.0, 3.0, 0.0]]> : tensor<3x3xf64>
  %seed = atled.constant dense<1.0> : tensor<3xf64>
  %r:2 = ad.vjp @rows(%x) seed(%seed) wrt = [0] : (tensor<3x3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3x3xf64>)
  %expected = atled.constant dense<[[15.0, 10.0, 6.0], [0.0, 10.0, 0.0], [0.0, 0.0, 0.0]]> : tensor<3x3xf64>
  check.expect_eq %r#1, %expected : tensor<3x3xf64>
  return
}

// The products of some of the factors may be beyond f16 where those of all the others are not: 2^14, twice, and 2^-14.
func.func private @narrow(%x: tensor<2x2xf16>) -> tensor<f16> {
  %y = atled.reduce_prod %x dimensions = [0, 1] : tensor<2x2xf16> -> tensor<f16>
  return %y : tensor<f16>
}
func.func @beyond_f16() {
  %x = atled.constant dense<[[6.103515625e-5, 6.103515625e-5], [16384.0, 16384.0]]> : tensor<2x2xf16>
  %dx = ad.grad @narrow(%x) wrt = [0] : (tensor<2x2xf16>) -> tensor<2x2xf16>
  %e0 = atled.constant dense<[[16384.0, 16384.0], [6.103515625e-5, 6.103515625e-5]]> : tensor<2x2xf16>
  check.expect_eq %dx, %e0 : tensor<2x2xf16>
  return
}
