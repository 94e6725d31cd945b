// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.atan %x : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.atan %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[H:.*]] = atled.hypot %[[ONE]], %[[X]]
// CHECK-NEXT: %[[A:.*]] = atled.div %[[DX]], %[[H]]
// CHECK: %[[H2:.*]] = atled.hypot
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[A]], %[[H2]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.atan %[[X]]
// CHECK-NEXT: %[[ONE:.*]] = atled.constant dense<1.0{{.*}}>
// CHECK-NEXT: %[[H:.*]] = atled.hypot %[[ONE]], %[[X]]
// CHECK-NEXT: %[[A:.*]] = atled.div %[[SEED]], %[[H]]
// CHECK: %[[H2:.*]] = atled.hypot
// CHECK-NEXT: %[[OUT:.*]] = atled.div %[[A]], %[[H2]]
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

// No square overflows: at 2^512 it is 2^-1024.
func.func @far_out() {
  %x = atled.constant dense<[0.0, 0x7FF0000000000000, 0x7FF8000000000000, 0x5FF0000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[1.0, 0.0, 0x7FF8000000000000, 0x0004000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}
