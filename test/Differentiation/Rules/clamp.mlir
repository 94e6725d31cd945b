// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>, %z: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.clamp %x, %y, %z : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1_2(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[Z:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>, %[[DZ:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.clamp %[[X]], %[[Y]], %[[Z]]
// CHECK: atled.compare
// CHECK: return %[[RESULT]], %{{.*}}
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %z: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>, %dz: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y, %z) tangent(%dx, %dy, %dz) wrt = [0, 1, 2]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1_2(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[Z:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.clamp %[[X]], %[[Y]], %[[Z]]
// CHECK-DAG: atled.compare le, %[[Y]], %[[X]]
// CHECK-DAG: atled.compare lt, %[[X]], %[[Z]]
// CHECK: atled.compare gt, %[[Y]], %[[X]]
// CHECK: atled.compare lt, %[[Y]], %[[Z]]
// CHECK: %[[RAISED:.*]] = atled.maximum %[[Y]], %[[X]]
// CHECK: atled.compare ge, %[[RAISED]], %[[Z]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %z: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:4 = ad.vjp @f(%x, %y, %z) seed(%seed) wrt = [0, 1, 2]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2, %r#3 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[-1.0, -1.0, -1.0, 2.0]> : tensor<4xf64>
  %y = atled.constant dense<[0.5, 1.5, -1.7, 0.25]> : tensor<4xf64>
  %z = atled.constant dense<[1.0, 1.0, 1.0, 1.0]> : tensor<4xf64>
  check.gradients @f at (%x, %y, %z) order = 2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
  return
}

// At a bound, nothing to x and all to the bound; to the upper one where both are equal.
func.func @bounds() {
  %x = atled.constant dense<[0.0, 0.0, 1.0, 2.0]> : tensor<4xf64>
  %y = atled.constant dense<[0.0, 1.0, 1.0, 0.5]> : tensor<4xf64>
  %z = atled.constant dense<[1.0, 1.0, 1.0, 1.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:4 = ad.vjp @f(%x, %y, %z) seed(%seed) wrt = [0, 1, 2]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[1.0, 0.0, 0.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  %e1 = atled.constant dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#2, %e1 : tensor<4xf64>
  %e2 = atled.constant dense<[0.0, 1.0, 1.0, 1.0]> : tensor<4xf64>
  check.expect_eq %r#3, %e2 : tensor<4xf64>
  return
}

// NaN at NaN; a bound that is NaN gets the derivative.
func.func @not_a_number() {
  %x = atled.constant dense<[0.0, 0x7FF8000000000000, 0.0, 0.0]> : tensor<4xf64>
  %y = atled.constant dense<[0x7FF8000000000000, 0.5, 0.5, 0x7FF0000000000000]> : tensor<4xf64>
  %z = atled.constant dense<[1.0, 1.0, 0x7FF8000000000000, 0x7FF0000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:4 = ad.vjp @f(%x, %y, %z) seed(%seed) wrt = [0, 1, 2]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.0, 1.0, 0.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  %e1 = atled.constant dense<[0x7FF8000000000000, 0.0, 0.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#2, %e1 : tensor<4xf64>
  %e2 = atled.constant dense<[0.0, 0.0, 1.0, 1.0]> : tensor<4xf64>
  check.expect_eq %r#3, %e2 : tensor<4xf64>
  return
}
