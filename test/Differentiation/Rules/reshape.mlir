// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The cotangent takes the shape of the operand.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<6xf64> {
  %result = atled.reshape %x : tensor<2x3xf64> -> tensor<6xf64>
  return %result : tensor<6xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reshape %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.reshape %[[DX]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<6xf64>, tensor<6xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  return %r#0, %r#1 : tensor<6xf64>, tensor<6xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<6xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reshape %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.reshape %[[SEED]] : tensor<6xf64> -> tensor<2x3xf64>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<6xf64>) -> (tensor<6xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<6xf64>, tensor<2x3xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x3xf64>
  return
}
