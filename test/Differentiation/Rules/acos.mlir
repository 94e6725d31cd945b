// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.acos %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.acos %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.sub %[[ONE]], %[[X]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[B:.*]] = atled.add %[[ONE2]], %[[X]]
// CHECK-NEXT: %[[C:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[R:.*]] = atled.sqrt %[[C]]
// CHECK-NEXT: %[[Q:.*]] = atled.div %[[DX]], %[[R]]
// CHECK-NEXT: %[[OUT:.*]] = atled.neg %[[Q]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.acos %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.sub %[[ONE]], %[[X]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[B:.*]] = atled.add %[[ONE2]], %[[X]]
// CHECK-NEXT: %[[C:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[R:.*]] = atled.sqrt %[[C]]
// CHECK-NEXT: %[[Q:.*]] = atled.div %[[SEED]], %[[R]]
// CHECK-NEXT: %[[OUT:.*]] = atled.neg %[[Q]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, -0.25, -0.7, 0.9]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// The limit inside the domain at its ends, NaN outside.
func.func @ends() {
  %x = atled.constant dense<[1.0, -1.0, 0.0, 1.5]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0xFFF0000000000000, 0xFFF0000000000000, -1.0, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// Near the ends no digit is lost to 1 - x².
func.func @near_ends() {
  %x = atled.constant dense<[0.99999, 0.999999999, -0.99999, 0.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[-223.60735676957847, -22360.68009678968, -223.60735676957847, -1.0]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within rtol = 1.0e-15 atol = 0.0 : tensor<4xf64>
  return
}
