// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Each vector gets the other, scaled.
func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<f64> {
  %result = atled.dot %x, %y : (tensor<4xf64>, tensor<4xf64>) -> tensor<f64>
  return %result : tensor<f64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.dot %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.dot %[[DX]], %[[Y]]
// CHECK-NEXT: %[[B:.*]] = atled.dot %[[X]], %[[DY]]
// CHECK-NEXT: %[[OUT:.*]] = atled.add %[[A]], %[[B]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<f64>, tensor<f64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<f64>, tensor<f64>)
  return %r#0, %r#1 : tensor<f64>, tensor<f64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<f64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.dot %[[X]], %[[Y]]
// CHECK-NEXT: %[[S:.*]] = atled.broadcast %[[SEED]]
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[S]], %[[Y]]
// CHECK-NEXT: %[[S2:.*]] = atled.broadcast %[[SEED]]
// CHECK-NEXT: %[[B:.*]] = atled.mul %[[S2]], %[[X]]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<f64>) -> (tensor<f64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> (tensor<f64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<f64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.25, -0.8, 0.6, -2.0]> : tensor<4xf64>
  check.gradients @f at (%x0, %x1) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}
