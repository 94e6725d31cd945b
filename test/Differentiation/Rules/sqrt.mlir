// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.sqrt %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.sqrt %[[X]]
// CHECK-NEXT: %[[TWO:.*]] = atled.constant dense<2.0{{.*}}>
// CHECK-NEXT: %[[ZERO:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.add %[[RESULT]], %[[ZERO]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[TWO]], %[[A]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[DX]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.sqrt %[[X]]
// CHECK-NEXT: %[[TWO:.*]] = atled.constant dense<2.0{{.*}}>
// CHECK-NEXT: %[[ZERO:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.add %[[RESULT]], %[[ZERO]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[TWO]], %[[A]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[SEED]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, 0.7, 2.25]> : tensor<4xf64>
  check.gradients @f at (%x0) order = 2 : tensor<4xf64>
  return
}

// The one-sided limit at 0, of either sign; NaN to the left.
func.func @at_zero() {
  %x0 = atled.constant dense<[0.0, -0.0, 4.0, -1.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0x7FF0000000000000, 0x7FF0000000000000, 0.25, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// The limit of -x^(-3/2) / 4, in each order of modes.
func.func private @pushed(%x: tensor<4xf64>) -> tensor<4xf64> {
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.jvp @f(%x) tangent(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
func.func private @pulled(%x: tensor<4xf64>) -> tensor<4xf64> {
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
func.func @curvature() {
  %x = atled.constant dense<[0.0, -0.0, 4.0, -1.0]> : tensor<4xf64>
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %expected = atled.constant dense<[0xFFF0000000000000, 0xFFF0000000000000, -0.03125, 0x7FF8000000000000]> : tensor<4xf64>
  %a:2 = ad.vjp @pushed(%x) seed(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %a#1, %expected : tensor<4xf64>
  %b:2 = ad.jvp @pulled(%x) tangent(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %b#1, %expected : tensor<4xf64>
  %c:2 = ad.vjp @pulled(%x) seed(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %c#1, %expected : tensor<4xf64>
  return
}
