// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Each operand gets its part back.
func.func private @f(%x: tensor<2x1xf64>, %y: tensor<2x2xf64>) -> tensor<2x3xf64> {
  %result = atled.concatenate %x, %y dimension = 1 : (tensor<2x1xf64>, tensor<2x2xf64>) -> tensor<2x3xf64>
  return %result : tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x1xf64>, %[[Y:.*]]: tensor<2x2xf64>, %[[DX:.*]]: tensor<2x1xf64>, %[[DY:.*]]: tensor<2x2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.concatenate %[[X]], %[[Y]]
// CHECK-NEXT: %[[OUT:.*]] = atled.concatenate %[[DX]], %[[DY]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x1xf64>, %y: tensor<2x2xf64>, %dx: tensor<2x1xf64>, %dy: tensor<2x2xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<2x1xf64>, tensor<2x2xf64>, tensor<2x1xf64>, tensor<2x2xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x1xf64>, %[[Y:.*]]: tensor<2x2xf64>, %[[SEED:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.concatenate %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.slice %[[SEED]][0:2, 0:1]
// CHECK-NEXT: %[[B:.*]] = atled.slice %[[SEED]][0:2, 1:3]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]]
func.func @reverse(%x: tensor<2x1xf64>, %y: tensor<2x2xf64>, %seed: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x1xf64>, tensor<2x2xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<2x1xf64>, tensor<2x2xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x1xf64>, tensor<2x2xf64>)
  return %r#0, %r#1, %r#2 : tensor<2x3xf64>, tensor<2x1xf64>, tensor<2x2xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5], [1.5]]> : tensor<2x1xf64>
  %x1 = atled.constant dense<[[0.5, 1.5], [-0.7, 2.0]]> : tensor<2x2xf64>
  check.gradients @f at (%x0, %x1) order = 2 : tensor<2x1xf64>, tensor<2x2xf64>
  return
}

// Only the operand asked for is touched: the other stands as zeros in the tangent.
func.func private @last(%x: tensor<1xf64>, %y: tensor<2xf64>) -> tensor<3xf64> {
  %z = atled.concatenate %x, %y dimension = 0 : (tensor<1xf64>, tensor<2xf64>) -> tensor<3xf64>
  return %z : tensor<3xf64>
}
func.func @one_operand() {
  %x = atled.constant dense<1.0> : tensor<1xf64>
  %y = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:2 = ad.jvp @last(%x, %y) tangent(%y) wrt = [1] : (tensor<1xf64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %expected = atled.constant dense<[0.0, 2.0, 3.0]> : tensor<3xf64>
  check.expect_eq %r#1, %expected : tensor<3xf64>
  check.gradients @last at (%x, %y) wrt = [1] : tensor<1xf64>, tensor<2xf64>
  return
}
