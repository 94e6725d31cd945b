// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.reciprocal %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reciprocal %[[X]]
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[DX]], %[[RESULT]]
// CHECK-NEXT: %[[B:.*]] = atled.mul %[[A]], %[[RESULT]]
// CHECK-NEXT: %[[OUT:.*]] = atled.neg %[[B]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.reciprocal %[[X]]
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[SEED]], %[[RESULT]]
// CHECK-NEXT: %[[B:.*]] = atled.mul %[[A]], %[[RESULT]]
// CHECK-NEXT: %[[OUT:.*]] = atled.neg %[[B]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// The limit inside the domain at zeros of both signs; nothing far out.
func.func @edges() {
  %x = atled.constant dense<[0.0, -0.0, 0x7FF0000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0xFFF0000000000000, 0xFFF0000000000000, -0.0, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// The square of the result is infinite, what it makes of a small cotangent is not.
func.func @small() {
  %x = atled.constant dense<9.3326361850321888e-302> : tensor<4xf64>
  %seed = atled.constant dense<9.3326361850321888e-302> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<-1.0715086071862673e+301> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}
