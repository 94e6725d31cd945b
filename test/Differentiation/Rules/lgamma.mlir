// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.lgamma %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.lgamma %[[X]]
// CHECK-NEXT: %[[S:.*]] = atled.digamma %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[DX]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.lgamma %[[X]]
// CHECK-NEXT: %[[S:.*]] = atled.digamma %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[SEED]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// By the pairing identity and by differences, to the second order.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 3.5, -1.7, 12.25]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// At the poles.
func.func @edges() {
  %x = atled.constant dense<[0.0, -0.0, -3.0, 0x7FF0000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0x7FF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  %e0 = atled.constant dense<[0xFFF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF0000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// log √π at ½, 0 at 1 and 2, log 2 at 3; -γ is the derivative at 1.
func.func @known() {
  %x = atled.constant dense<[0.5, 1.0, 2.0, 3.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.57236494292470008707, 0.0, 0.0, 0.69314718055994530942]> : tensor<4xf64>
  check.expect_close %r#0, %y within ulps = 4 : tensor<4xf64>
  %e0 = atled.constant dense<[-1.9635100260214234794, -0.57721566490153286061, 0.42278433509846713939, 0.92278433509846713939]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within rtol = 1.0e-14 : tensor<4xf64>
  return
}
