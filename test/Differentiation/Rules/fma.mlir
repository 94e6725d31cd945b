// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>, %z: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.fma %x, %y, %z : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1_2(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[Z:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>, %[[DZ:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.fma %[[X]], %[[Y]], %[[Z]]
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[DX]], %[[Y]]
// CHECK-NEXT: %[[B:.*]] = atled.mul %[[DY]], %[[X]]
// CHECK: %[[OUT:.*]] = atled.add
// CHECK: return %[[RESULT]], %{{.*}}
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %z: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>, %dz: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y, %z) tangent(%dx, %dy, %dz) wrt = [0, 1, 2]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1_2(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[Z:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.fma %[[X]], %[[Y]], %[[Z]]
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[SEED]], %[[Y]]
// CHECK-NEXT: %[[B:.*]] = atled.mul %[[SEED]], %[[X]]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]], %[[SEED]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %z: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:4 = ad.vjp @f(%x, %y, %z) seed(%seed) wrt = [0, 1, 2]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2, %r#3 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %y = atled.constant dense<[1.25, -0.8, 0.6, -2.0]> : tensor<4xf64>
  %z = atled.constant dense<[0.3, -1.1, 2.5, 0.9]> : tensor<4xf64>
  check.gradients @f at (%x, %y, %z) order = 2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
  return
}
