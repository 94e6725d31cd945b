// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Each element of a window is in one sum.
func.func private @f(%x: tensor<3x3xf64>) -> tensor<7xf64> {
  %result = atled.overlap_add %x dimensions = [0] extents = [7] strides = [2] dilations = [1] : tensor<3x3xf64> -> tensor<7xf64>
  return %result : tensor<7xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<3x3xf64>, %[[DX:.*]]: tensor<3x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.overlap_add %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.overlap_add %[[DX]] dimensions = [0] extents = [7] strides = [2] dilations = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<3x3xf64>, %dx: tensor<3x3xf64>) -> (tensor<7xf64>, tensor<7xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<3x3xf64>, tensor<3x3xf64>) -> (tensor<7xf64>, tensor<7xf64>)
  return %r#0, %r#1 : tensor<7xf64>, tensor<7xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<3x3xf64>, %[[SEED:.*]]: tensor<7xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.overlap_add %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.unfold %[[SEED]] dimensions = [0] sizes = [3] strides = [2] dilations = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<3x3xf64>, %seed: tensor<7xf64>) -> (tensor<7xf64>, tensor<3x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<3x3xf64>, tensor<7xf64>) -> (tensor<7xf64>, tensor<3x3xf64>)
  return %r#0, %r#1 : tensor<7xf64>, tensor<3x3xf64>
}

// By the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [0.25, 2.25, -1.0], [0.3, -0.1, 0.6]]> : tensor<3x3xf64>
  check.gradients @f at (%x0) order = 2 : tensor<3x3xf64>
  return
}

func.func @exact() {
  %x0 = atled.constant dense<[[1.0, 2.0, 4.0], [8.0, 16.0, 32.0], [64.0, 128.0, 256.0]]> : tensor<3x3xf64>
  %seed = atled.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]> : tensor<7xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<3x3xf64>, tensor<7xf64>) -> (tensor<7xf64>, tensor<3x3xf64>)
  %y = atled.constant dense<[1.0, 2.0, 12.0, 16.0, 96.0, 128.0, 256.0]> : tensor<7xf64>
  check.expect_eq %r#0, %y : tensor<7xf64>
  %e0 = atled.constant dense<[[1.0, 2.0, 3.0], [3.0, 4.0, 5.0], [5.0, 6.0, 7.0]]> : tensor<3x3xf64>
  check.expect_eq %r#1, %e0 : tensor<3x3xf64>
  return
}

// Windows of one element along a dimension, among other dimensions of one.
func.func private @thin(%x: tensor<1x1x6x3x2x1xf64>) -> tensor<1x1x7x3xf64> {
  %result = atled.overlap_add %x dimensions = [2, 3] extents = [7, 3] strides = [1, 1] dilations = [1, 1]
      : tensor<1x1x6x3x2x1xf64> -> tensor<1x1x7x3xf64>
  return %result : tensor<1x1x7x3xf64>
}
func.func @thin_windows() {
  %ones = atled.constant dense<1.0> : tensor<1x1x6x3x2x1xf64>
  %y = call @thin(%ones) : (tensor<1x1x6x3x2x1xf64>) -> tensor<1x1x7x3xf64>
  %counts = atled.constant dense<[[[[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [2.0, 2.0, 2.0], [2.0, 2.0, 2.0],
                                    [2.0, 2.0, 2.0], [2.0, 2.0, 2.0], [1.0, 1.0, 1.0]]]]> : tensor<1x1x7x3xf64>
  check.expect_eq %y, %counts : tensor<1x1x7x3xf64>
  check.gradients @thin at (%ones) : tensor<1x1x6x3x2x1xf64>
  return
}
