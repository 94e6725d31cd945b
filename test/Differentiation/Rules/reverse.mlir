// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The cotangent is reversed.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %result = atled.reverse %x dimensions = [1] : tensor<2x3xf64>
  return %result : tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reverse %[[X]] dimensions = [1]
// CHECK-NEXT: %[[OUT:.*]] = atled.reverse %[[DX]] dimensions = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reverse %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.reverse %[[SEED]] dimensions = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x3xf64>
  return
}
