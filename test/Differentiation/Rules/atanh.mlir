// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.atanh %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.atanh %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.sub %[[ONE]], %[[X]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[B:.*]] = atled.add %[[ONE2]], %[[X]]
// CHECK-NEXT: %[[C:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[DX]], %[[C]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.atanh %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.sub %[[ONE]], %[[X]]
// CHECK-NEXT: %[[ONE2:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[B:.*]] = atled.add %[[ONE2]], %[[X]]
// CHECK-NEXT: %[[C:.*]] = atled.mul %[[A]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[SEED]], %[[C]]
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

// The limit inside the domain at its ends.
func.func @ends() {
  %x = atled.constant dense<[1.0, -1.0, 0.0, 0x7FF8000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0x7FF0000000000000, 0x7FF0000000000000, 1.0, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// Near the ends no digit is lost to 1 - x².
func.func @near_ends() {
  %x = atled.constant dense<[0.99999, 0.999999999, -0.99999, 0.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[50000.25000147756, 500000014.3909661, 50000.25000147756, 1.0]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within rtol = 1.0e-15 atol = 0.0 : tensor<4xf64>
  return
}

// The formula beyond the domain: 1 / (1 - x²).
func.func @beyond_the_domain() {
  %x = atled.constant dense<[2.0, -2.0, 3.0, -5.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<0x7FF8000000000000> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  %e0 = atled.constant dense<[-0.3333333333333333, -0.3333333333333333, -0.125, -0.041666666666666664]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}
