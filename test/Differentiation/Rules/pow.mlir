// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-opt %s -ad-differentiate | FileCheck %s --check-prefix=BASE
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.pow %x, %y : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.pow %[[X]], %[[Y]]
// CHECK: %[[E:.*]] = atled.sub %[[Y]]
// CHECK: %[[A:.*]] = atled.pow %[[X]], %[[E]]
// CHECK: %[[B:.*]] = atled.log %[[X]]
// CHECK: %[[OUT:.*]] = atled.add
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.pow %[[X]], %[[Y]]
// CHECK: %[[E:.*]] = atled.sub %[[Y]]
// CHECK: %[[A:.*]] = atled.pow %[[X]], %[[E]]
// CHECK: %[[B:.*]] = atled.log %[[X]]
// CHECK: %[[S:.*]] = atled.mul %[[RESULT]], %[[B]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, 0.7, 2.25]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.25, -0.8, 3.0, 2.0]> : tensor<4xf64>
  check.gradients @f at (%x0, %x1) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}

// x^0 is constant, also at 0; x^1 and x^2 at 0 and below.
// What only the exponent needs is not computed for the base.
// BASE-LABEL: func.func private @f.vjp.0(
// BASE-NOT: atled.log
// BASE: return
func.func @constant_exponent() {
  %x0 = atled.constant dense<[0.0, 0.0, 0.0, -3.0]> : tensor<4xf64>
  %x1 = atled.constant dense<[0.0, 1.0, 2.0, 2.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x0, %x1) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.0, 1.0, 0.0, -6.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// In the exponent at 0: 0 where the power is 0 or jumps, -inf where it is infinite; NaN below.
func.func @exponent_at_zero() {
  %x0 = atled.constant dense<[0.0, 0.0, 0.0, -2.0]> : tensor<4xf64>
  %x1 = atled.constant dense<[2.0, 0.0, -1.0, 2.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x0, %x1) seed(%seed) wrt = [1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.0, 0.0, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}
