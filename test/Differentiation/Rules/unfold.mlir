// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Each element gets what the windows have that it is in.
func.func private @f(%x: tensor<7xf64>) -> tensor<3x3xf64> {
  %result = atled.unfold %x dimensions = [0] sizes = [3] strides = [2] dilations = [1] : tensor<7xf64> -> tensor<3x3xf64>
  return %result : tensor<3x3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<7xf64>, %[[DX:.*]]: tensor<7xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.unfold %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.unfold %[[DX]] dimensions = [0] sizes = [3] strides = [2] dilations = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<7xf64>, %dx: tensor<7xf64>) -> (tensor<3x3xf64>, tensor<3x3xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<7xf64>, tensor<7xf64>) -> (tensor<3x3xf64>, tensor<3x3xf64>)
  return %r#0, %r#1 : tensor<3x3xf64>, tensor<3x3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<7xf64>, %[[SEED:.*]]: tensor<3x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.unfold %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.overlap_add %[[SEED]] dimensions = [0] extents = [7] strides = [2] dilations = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<7xf64>, %seed: tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<7xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<7xf64>, tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<7xf64>)
  return %r#0, %r#1 : tensor<3x3xf64>, tensor<7xf64>
}

// By the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, -0.7, 0.25, 2.25, -1.0, 0.3]> : tensor<7xf64>
  check.gradients @f at (%x0) order = 2 : tensor<7xf64>
  return
}

func.func @exact() {
  %x0 = atled.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]> : tensor<7xf64>
  %seed = atled.constant dense<[[1.0, 2.0, 4.0], [8.0, 16.0, 32.0], [64.0, 128.0, 256.0]]> : tensor<3x3xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<7xf64>, tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<7xf64>)
  %y = atled.constant dense<[[1.0, 2.0, 3.0], [3.0, 4.0, 5.0], [5.0, 6.0, 7.0]]> : tensor<3x3xf64>
  check.expect_eq %r#0, %y : tensor<3x3xf64>
  %e0 = atled.constant dense<[1.0, 2.0, 12.0, 16.0, 96.0, 128.0, 256.0]> : tensor<7xf64>
  check.expect_eq %r#1, %e0 : tensor<7xf64>
  return
}

// Pooling: the greatest of each window and its edge, where ties share; the mean; to the second order.
func.func private @greatest(%x: tensor<4x4xf64>) -> tensor<3x3xf64> {
  %least = atled.constant dense<0xFFF0000000000000> : tensor<f64>
  %padded = atled.pad %x, %least low = [1, 1] high = [0, 0] interior = [0, 0]
      : (tensor<4x4xf64>, tensor<f64>) -> tensor<5x5xf64>
  %w = atled.unfold %padded dimensions = [0, 1] sizes = [2, 2] strides = [1, 1] dilations = [2, 2]
      : tensor<5x5xf64> -> tensor<3x3x2x2xf64>
  %y = atled.reduce_max %w dimensions = [2, 3] : tensor<3x3x2x2xf64> -> tensor<3x3xf64>
  return %y : tensor<3x3xf64>
}
func.func private @means(%x: tensor<4x4xf64>) -> tensor<2x2xf64> {
  %w = atled.unfold %x dimensions = [0, 1] sizes = [2, 2] strides = [2, 2] dilations = [1, 1]
      : tensor<4x4xf64> -> tensor<2x2x2x2xf64>
  %y = atled.mean %w dimensions = [2, 3] : tensor<2x2x2x2xf64> -> tensor<2x2xf64>
  %z = atled.sin %y : tensor<2x2xf64>
  return %z : tensor<2x2xf64>
}
func.func @pooling() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5], [0.1, 0.2, 0.4, 0.8], [-1.0, -2.0, 4.0, -0.5]]> : tensor<4x4xf64>
  check.gradients @greatest at (%x0) order = 2 : tensor<4x4xf64>
  check.gradients @means at (%x0) order = 2 : tensor<4x4xf64>
  // Along each dimension there are the windows {x1}, {x0, x2} and {x1, x3}.
  %ties = atled.constant dense<1.0> : tensor<4x4xf64>
  %seed = atled.constant dense<12.0> : tensor<3x3xf64>
  %r:2 = ad.vjp @greatest(%ties) seed(%seed) wrt = [0] : (tensor<4x4xf64>, tensor<3x3xf64>) -> (tensor<3x3xf64>, tensor<4x4xf64>)
  %shares = atled.constant dense<[[3.0, 9.0, 3.0, 3.0], [9.0, 27.0, 9.0, 9.0], [3.0, 9.0, 3.0, 3.0], [3.0, 9.0, 3.0, 3.0]]> : tensor<4x4xf64>
  check.expect_eq %r#1, %shares : tensor<4x4xf64>
  return
}

// StableHLO's select_and_scatter with the greater of two and their sum: windows of 2 by 2, 1 apart, where each cotangent
// goes to the first greatest element. The numbers are those of its definition, worked out by hand: the windows begin at
// (0, 0), (0, 1), (1, 0), (1, 1), and their first greatest stand at (0, 1), (0, 1), (1, 0), (1, 1).
func.func private @pool_first(%x: tensor<3x3xf64>) -> tensor<2x2xf64> {
  %w = atled.unfold %x dimensions = [0, 1] sizes = [2, 2] strides = [1, 1] dilations = [1, 1]
      : tensor<3x3xf64> -> tensor<2x2x2x2xf64>
  %y = atled.reduce_max %w dimensions = [2, 3] tie = first : tensor<2x2x2x2xf64> -> tensor<2x2xf64>
  return %y : tensor<2x2xf64>
}
func.func @select_and_scatter() {
  %x = atled.constant dense<[[1.0, 4.0, 4.0], [3.0, 3.0, 2.0], [3.0, 0.0, 3.0]]> : tensor<3x3xf64>
  %source = atled.constant dense<[[1.0, 2.0], [4.0, 8.0]]> : tensor<2x2xf64>
  %r:2 = ad.vjp @pool_first(%x) seed(%source) wrt = [0] : (tensor<3x3xf64>, tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<3x3xf64>)
  %e0 = atled.constant dense<[[0.0, 3.0, 0.0], [4.0, 8.0, 0.0], [0.0, 0.0, 0.0]]> : tensor<3x3xf64>
  check.expect_eq %r#1, %e0 : tensor<3x3xf64>
  return
}
// With margins, a stride and a dilation along one dimension: the windows are {-, x1}, {x1, x3} and {x3, -}, and a
// margin is never the greatest.
func.func private @padded_first(%x: tensor<5xf64>) -> tensor<3xf64> {
  %least = atled.constant dense<0xFFF0000000000000> : tensor<f64>
  %p = atled.pad %x, %least low = [1] high = [1] interior = [0] : (tensor<5xf64>, tensor<f64>) -> tensor<7xf64>
  %w = atled.unfold %p dimensions = [0] sizes = [2] strides = [2] dilations = [2] : tensor<7xf64> -> tensor<3x2xf64>
  %y = atled.reduce_max %w dimensions = [1] tie = first : tensor<3x2xf64> -> tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func @margins() {
  %x = atled.constant dense<[9.0, 5.0, 9.0, 5.0, 9.0]> : tensor<5xf64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0]> : tensor<3xf64>
  %r:2 = ad.vjp @padded_first(%x) seed(%seed) wrt = [0] : (tensor<5xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<5xf64>)
  %e0 = atled.constant dense<[0.0, 3.0, 0.0, 4.0, 0.0]> : tensor<5xf64>
  check.expect_eq %r#1, %e0 : tensor<5xf64>
  return
}
