// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.copysign %x, %y : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.copysign %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.sign %[[X]]
// CHECK-NEXT: %[[B:.*]] = atled.sign %[[RESULT]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[DX]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.copysign %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.sign %[[X]]
// CHECK-NEXT: %[[B:.*]] = atled.sign %[[RESULT]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[SEED]], %[[S]]
// CHECK-NEXT: %[[ZERO:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]], %[[ZERO]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %y = atled.constant dense<[1.25, -0.8, 0.6, -2.0]> : tensor<4xf64>
  check.gradients @f at (%x, %y) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}

// 0 at the kink of the magnitude; 1 or -1 far out; NaN at NaN.
func.func @kink() {
  %x = atled.constant dense<[0.0, 0xFFF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  %y = atled.constant dense<[1.0, -0.0, -1.0, 1.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.0, 1.0, -1.0, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  %e1 = atled.constant dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#2, %e1 : tensor<4xf64>
  return
}
