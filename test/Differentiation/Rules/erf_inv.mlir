// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.erf_inv %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.erf_inv %[[X]]
// CHECK-NEXT: %[[K:.*]] = atled.constant dense<0.886226{{.*}}>
// CHECK-NEXT: %[[Q:.*]] = atled.mul %[[RESULT]], %[[RESULT]]
// CHECK-NEXT: %[[E:.*]] = atled.exp %[[Q]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[K]], %[[E]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[DX]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.erf_inv %[[X]]
// CHECK-NEXT: %[[K:.*]] = atled.constant dense<0.886226{{.*}}>
// CHECK-NEXT: %[[Q:.*]] = atled.mul %[[RESULT]], %[[RESULT]]
// CHECK-NEXT: %[[E:.*]] = atled.exp %[[Q]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[K]], %[[E]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[SEED]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// By the pairing identity and by differences, to the second order.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, -0.25, 0.9, 0.75]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// Infinite at the ends of the domain, nothing beyond.
func.func @edges() {
  %x = atled.constant dense<[1.0, -1.0, 1.5, 0x7FF8000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  %e0 = atled.constant dense<[0x7FF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// √π/2 at 0; the quartile of the normal distribution, divided by √2.
func.func @inside() {
  %x = atled.constant dense<[0.0, 0.5, -0.5, 0.999]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.0, 0.47693627620446987338, -0.47693627620446987338, 2.3267537655135244939]> : tensor<4xf64>
  check.expect_close %r#0, %y within ulps = 4 : tensor<4xf64>
  %e0 = atled.constant dense<[0.88622692545275801365, 1.1125848189719498041, 1.1125848189719498041, 198.93951776442475681]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within rtol = 1.0e-14 : tensor<4xf64>
  return
}
