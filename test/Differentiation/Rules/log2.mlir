// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.log2 %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.log2 %[[X]]
// CHECK-NEXT: %[[C:.*]] = atled.constant dense<1.442695{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[DX]], %[[C]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[A]], %[[X]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.log2 %[[X]]
// CHECK-NEXT: %[[C:.*]] = atled.constant dense<1.442695{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[SEED]], %[[C]]
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[A]], %[[X]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, 0.07, 22.5]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// The limit inside the domain at 0, 0 at infinity.
func.func @end() {
  %x = atled.constant dense<[0.0, 0x7FF0000000000000, 0x7FF8000000000000, 0.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0x7FF0000000000000, 0.0, 0x7FF8000000000000, 0x7FF0000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// The formula at -0 and left of the domain: 1 / (x log 2).
func.func @left_of_the_domain() {
  %x = atled.constant dense<[-0.0, -4.0, -1.0, 0xFFF0000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0xFFF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  %e0 = atled.constant dense<[0xFFF0000000000000, -0.36067376022224085, -1.4426950408889634, -0.0]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within ulps = 1 : tensor<4xf64>
  return
}
