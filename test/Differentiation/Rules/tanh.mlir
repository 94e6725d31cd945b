// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.tanh %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.tanh %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.add %[[ONE]], %[[RESULT]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[B:.*]] = atled.sub %[[ONE2]], %[[RESULT]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[DX]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.tanh %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.add %[[ONE]], %[[RESULT]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[B:.*]] = atled.sub %[[ONE2]], %[[RESULT]]
// CHECK-NEXT: %[[S:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[SEED]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  check.gradients @f at (%x0) order = 2 : tensor<4xf64>
  return
}

// Far out, while the result is not 1: within an ulp of 1, and not 0.
func.func private @single(%x: tensor<2xf32>) -> tensor<2xf32> {
  %result = atled.tanh %x : tensor<2xf32>
  return %result : tensor<2xf32>
}
func.func @far_out() {
  %x = atled.constant dense<[8.0, -9.0]> : tensor<2xf32>
  %seed = atled.constant dense<1.0> : tensor<2xf32>
  %r:2 = ad.vjp @single(%x) seed(%seed) wrt = [0] : (tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %slope = atled.constant dense<[4.501405976e-07, 6.091991833e-08]> : tensor<2xf32>
  check.expect_close %r#1, %slope within rtol = 0.0 atol = 1.2e-07 : tensor<2xf32>
  %sign = atled.sign %r#1 : tensor<2xf32>
  check.expect_eq %sign, %seed : tensor<2xf32>
  return
}
