// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// What is repeated is summed, an extent of 1 too.
func.func private @f(%x: tensor<3x1xf64>) -> tensor<2x3x4xf64> {
  %result = atled.broadcast %x dimensions = [1, 2] : tensor<3x1xf64> -> tensor<2x3x4xf64>
  return %result : tensor<2x3x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<3x1xf64>, %[[DX:.*]]: tensor<3x1xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.broadcast %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.broadcast %[[DX]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<3x1xf64>, %dx: tensor<3x1xf64>) -> (tensor<2x3x4xf64>, tensor<2x3x4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<3x1xf64>, tensor<3x1xf64>) -> (tensor<2x3x4xf64>, tensor<2x3x4xf64>)
  return %r#0, %r#1 : tensor<2x3x4xf64>, tensor<2x3x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<3x1xf64>, %[[SEED:.*]]: tensor<2x3x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.broadcast %[[X]]
// CHECK-NEXT: %[[S:.*]] = atled.reduce_sum %[[SEED]] dimensions = [0, 2]
// CHECK-NEXT: %[[OUT:.*]] = atled.reshape %[[S]] : tensor<3xf64> -> tensor<3x1xf64>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<3x1xf64>, %seed: tensor<2x3x4xf64>) -> (tensor<2x3x4xf64>, tensor<3x1xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<3x1xf64>, tensor<2x3x4xf64>) -> (tensor<2x3x4xf64>, tensor<3x1xf64>)
  return %r#0, %r#1 : tensor<2x3x4xf64>, tensor<3x1xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5], [1.5], [-0.7]]> : tensor<3x1xf64>
  check.gradients @f at (%x0) order = 2 : tensor<3x1xf64>
  return
}
