// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Two products come back, with the other factor transposed.
func.func private @f(%x: tensor<2x3xf64>, %y: tensor<3x2xf64>) -> tensor<2x2xf64> {
  %result = atled.matmul %x, %y : (tensor<2x3xf64>, tensor<3x2xf64>) -> tensor<2x2xf64>
  return %result : tensor<2x2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[Y:.*]]: tensor<3x2xf64>, %[[DX:.*]]: tensor<2x3xf64>, %[[DY:.*]]: tensor<3x2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.matmul %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.matmul %[[DX]], %[[Y]]
// CHECK-NEXT: %[[B:.*]] = atled.matmul %[[X]], %[[DY]]
// CHECK-NEXT: %[[OUT:.*]] = atled.add %[[A]], %[[B]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %y: tensor<3x2xf64>, %dx: tensor<2x3xf64>, %dy: tensor<3x2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<2x3xf64>, tensor<3x2xf64>, tensor<2x3xf64>, tensor<3x2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>)
  return %r#0, %r#1 : tensor<2x2xf64>, tensor<2x2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[Y:.*]]: tensor<3x2xf64>, %[[SEED:.*]]: tensor<2x2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.matmul %[[X]], %[[Y]]
// CHECK-NEXT: %[[YT:.*]] = atled.transpose %[[Y]] permutation = [1, 0]
// CHECK-NEXT: %[[A:.*]] = atled.matmul %[[SEED]], %[[YT]]
// CHECK-NEXT: %[[XT:.*]] = atled.transpose %[[X]] permutation = [1, 0]
// CHECK-NEXT: %[[B:.*]] = atled.matmul %[[XT]], %[[SEED]]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]]
func.func @reverse(%x: tensor<2x3xf64>, %y: tensor<3x2xf64>, %seed: tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<2x3xf64>, tensor<3x2xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<2x3xf64>, tensor<3x2xf64>, tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<2x3xf64>, tensor<3x2xf64>)
  return %r#0, %r#1, %r#2 : tensor<2x2xf64>, tensor<2x3xf64>, tensor<3x2xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  %x1 = atled.constant dense<[[0.5, 1.5], [-0.7, 2.25], [-1.0, 0.3]]> : tensor<3x2xf64>
  check.gradients @f at (%x0, %x1) order = 2 : tensor<2x3xf64>, tensor<3x2xf64>
  return
}
