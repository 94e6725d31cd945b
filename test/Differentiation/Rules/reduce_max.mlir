// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The elements that attain it share the cotangent.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %result = atled.reduce_max %x dimensions = [1] : tensor<2x3xf64> -> tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reduce_max %[[X]]
// CHECK: %[[C:.*]] = atled.compare eq, %[[X]]
// CHECK: %[[W:.*]] = atled.div
// CHECK-NEXT: %[[T:.*]] = atled.mul %[[DX]], %[[W]]
// CHECK-NEXT: %[[OUT:.*]] = atled.reduce_sum %[[T]] dimensions = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reduce_max %[[X]]
// CHECK: %[[C:.*]] = atled.compare eq, %[[X]]
// CHECK: %[[W:.*]] = atled.div
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %{{.*}}, %[[W]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2x3xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  check.gradients @f at (%x0) : tensor<2x3xf64>
  return
}

// Ties share evenly; zeros of both signs tie.
func.func @ties() {
  %x0 = atled.constant dense<[[1.0, 3.0, 3.0], [-0.0, 0.0, -1.0]]> : tensor<2x3xf64>
  %seed = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %e0 = atled.constant dense<[[0.0, 0.5, 0.5], [0.5, 0.5, 0.0]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}

// NaNs share what there is, and numbers get nothing.
func.func @not_a_number() {
  %x0 = atled.constant dense<[[0x7FF8000000000000, 9.0, -9.0], [0x7FF8000000000000, 1.0, 0x7FF8000000000000]]> : tensor<2x3xf64>
  %seed = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %e0 = atled.constant dense<[[1.0, 0.0, 0.0], [0.5, 0.0, 0.5]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}

// Or the first has all, in row-major order, whichever dimensions are reduced; the first NaN, if there is one.
func.func private @first(%x: tensor<2x2x3xf64>) -> tensor<2xf64> {
  %result = atled.reduce_max %x dimensions = [0, 2] tie = first : tensor<2x2x3xf64> -> tensor<2xf64>
  return %result : tensor<2xf64>
}
func.func @first_of_ties() {
  %smooth = atled.constant dense<[[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]], [[0.7, 0.1, 0.2], [0.4, -3.0, 6.0]]]> : tensor<2x2x3xf64>
  check.gradients @first at (%smooth) order = 2 : tensor<2x2x3xf64>
  %x = atled.constant dense<[[[1.0, 5.0, 5.0], [0x7FF8000000000000, 1.0, 7.0]], [[5.0, 2.0, 5.0], [0x7FF8000000000000, 8.0, 9.0]]]> : tensor<2x2x3xf64>
  %seed = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:2 = ad.vjp @first(%x) seed(%seed) wrt = [0] : (tensor<2x2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x2x3xf64>)
  %e0 = atled.constant dense<[[[0.0, 2.0, 0.0], [3.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]> : tensor<2x2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x2x3xf64>
  return
}

// f16 does not hold the number of ties, and each has its share all the same: together the whole, in both directions.
func.func private @many(%x: tensor<?xf16>) -> tensor<f16> {
  %y = atled.reduce_max %x dimensions = [0] : tensor<?xf16> -> tensor<f16>
  return %y : tensor<f16>
}
func.func @many_ties() {
  %n = arith.constant 70000 : index
  %scalar = atled.constant dense<1.0> : tensor<f16>
  %x = atled.broadcast %scalar dimensions = [] sizes(%n) : tensor<f16> -> tensor<?xf16>
  %r:2 = ad.jvp @many(%x) tangent(%x) wrt = [0] : (tensor<?xf16>, tensor<?xf16>) -> (tensor<f16>, tensor<f16>)
  check.expect_eq %r#1, %scalar : tensor<f16>
  %dx = ad.grad @many(%x) wrt = [0] : (tensor<?xf16>) -> tensor<?xf16>
  %share = atled.constant dense<1.4285714e-5> : tensor<f16>
  %least = atled.reduce_min %dx dimensions = [0] : tensor<?xf16> -> tensor<f16>
  check.expect_eq %least, %share : tensor<f16>
  %greatest = atled.reduce_max %dx dimensions = [0] : tensor<?xf16> -> tensor<f16>
  check.expect_eq %greatest, %share : tensor<f16>
  return
}
