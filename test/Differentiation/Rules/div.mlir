// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.div %x, %y : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.div %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.div %[[DX]], %[[Y]]
// CHECK-NEXT: %[[M:.*]] = atled.mul %[[DY]], %[[RESULT]]
// CHECK-NEXT: %[[Q:.*]] = atled.div %[[M]], %[[Y]]
// CHECK-NEXT: %[[B:.*]] = atled.neg %[[Q]]
// CHECK-NEXT: %[[OUT:.*]] = atled.add %[[A]], %[[B]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.div %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.div %[[SEED]], %[[Y]]
// CHECK-NEXT: %[[M:.*]] = atled.mul %[[SEED]], %[[RESULT]]
// CHECK-NEXT: %[[Q:.*]] = atled.div %[[M]], %[[Y]]
// CHECK-NEXT: %[[B:.*]] = atled.neg %[[Q]]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.25, -0.8, 0.6, -2.0]> : tensor<4xf64>
  check.gradients @f at (%x0, %x1) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}

// y squared would overflow in f32, or be 0; the derivative is neither.
func.func private @quotient(%x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xf32> {
  %result = atled.div %x, %y : tensor<2xf32>
  return %result : tensor<2xf32>
}
func.func @extreme_divisor() {
  %x = atled.constant dense<[1.0e20, 1.0e-30]> : tensor<2xf32>
  %y = atled.constant dense<[1.0e20, 1.0e-20]> : tensor<2xf32>
  %one = atled.constant dense<1.0> : tensor<2xf32>
  %r:2 = ad.vjp @quotient(%x, %y) seed(%one) wrt = [1]
      : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %expected = atled.constant dense<[-1.0e-20, -1.0e10]> : tensor<2xf32>
  check.expect_close %r#1, %expected within rtol = 1.0e-6 : tensor<2xf32>
  return
}
