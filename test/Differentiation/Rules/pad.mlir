// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The elements get back what they became; the padding value gets the sum of the rest.
func.func private @f(%x: tensor<3xf64>, %v: tensor<f64>) -> tensor<6xf64> {
  %result = atled.pad %x, %v low = [2] high = [-1] interior = [1] : (tensor<3xf64>, tensor<f64>) -> tensor<6xf64>
  return %result : tensor<6xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<3xf64>, %[[V:.*]]: tensor<f64>, %[[DX:.*]]: tensor<3xf64>, %[[DV:.*]]: tensor<f64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.pad %[[X]], %[[V]]
// CHECK-NEXT: %[[OUT:.*]] = atled.pad %[[DX]], %[[DV]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<3xf64>, %v: tensor<f64>, %dx: tensor<3xf64>, %dv: tensor<f64>) -> (tensor<6xf64>, tensor<6xf64>) {
  %r:2 = ad.jvp @f(%x, %v) tangent(%dx, %dv) wrt = [0, 1]
      : (tensor<3xf64>, tensor<f64>, tensor<3xf64>, tensor<f64>) -> (tensor<6xf64>, tensor<6xf64>)
  return %r#0, %r#1 : tensor<6xf64>, tensor<6xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<3xf64>, %[[V:.*]]: tensor<f64>, %[[SEED:.*]]: tensor<6xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.pad %[[X]], %[[V]]
// CHECK: %[[C:.*]] = atled.pad %[[SEED]], %{{.*}} low = [-2] high = [1] interior = [0]
// CHECK-NEXT: %[[DX:.*]] = atled.slice %[[C]][0:5:2]
// CHECK: %[[P:.*]] = atled.pad %{{.*}} low = [2] high = [-1] interior = [1]
// CHECK: %[[Q:.*]] = atled.select %[[P]], %[[SEED]]
// CHECK-NEXT: %[[DV:.*]] = atled.reduce_sum %[[Q]]
// CHECK-NEXT: return %[[RESULT]], %[[DX]], %[[DV]]
func.func @reverse(%x: tensor<3xf64>, %v: tensor<f64>, %seed: tensor<6xf64>) -> (tensor<6xf64>, tensor<3xf64>, tensor<f64>) {
  %r:3 = ad.vjp @f(%x, %v) seed(%seed) wrt = [0, 1]
      : (tensor<3xf64>, tensor<f64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<3xf64>, tensor<f64>)
  return %r#0, %r#1, %r#2 : tensor<6xf64>, tensor<3xf64>, tensor<f64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, -0.7]> : tensor<3xf64>
  %x1 = atled.constant dense<4.0> : tensor<f64>
  check.gradients @f at (%x0, %x1) order = 2 : tensor<3xf64>, tensor<f64>
  return
}

// x = [a, b, c] becomes [v, v, a, v, b, v]: c is cut away.
func.func @by_hand() {
  %x = atled.constant dense<1.0> : tensor<3xf64>
  %v = atled.constant dense<5.0> : tensor<f64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0, 8.0, 16.0, 32.0]> : tensor<6xf64>
  %r:3 = ad.vjp @f(%x, %v) seed(%seed) wrt = [0, 1] : (tensor<3xf64>, tensor<f64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<3xf64>, tensor<f64>)
  %dx = atled.constant dense<[4.0, 16.0, 0.0]> : tensor<3xf64>
  %dv = atled.constant dense<43.0> : tensor<f64>
  check.expect_eq %r#1, %dx : tensor<3xf64>
  check.expect_eq %r#2, %dv : tensor<f64>
  return
}
