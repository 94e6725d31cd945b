// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Each sum has what its elements have; each element is in all sums behind it.
func.func private @f(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cumsum %x dimension = 1 : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[DX:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cumsum %[[X]] dimension = 1
// CHECK-NEXT: %[[OUT:.*]] = atled.cumsum %[[DX]] dimension = 1 :
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x4xf64>, %dx: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[SEED:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cumsum %[[X]] dimension = 1
// CHECK-NEXT: %[[OUT:.*]] = atled.cumsum %[[SEED]] dimension = 1 reverse :
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x4xf64>, %seed: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// Both ways, by the pairing identity and by differences, to the second order.
func.func private @turned(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cumsum %x dimension = 0 reverse : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x4xf64>
  check.gradients @turned at (%x0) order = 2 : tensor<2x4xf64>
  return
}

// Exactly.
func.func @exact() {
  %x0 = atled.constant dense<[[1.0, 2.0, 3.0, 4.0], [0.5, -0.5, 0.25, 0.0]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 2.0, 4.0, 8.0], [1.0, 0.0, 0.0, 0.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %y = atled.constant dense<[[1.0, 3.0, 6.0, 10.0], [0.5, 0.0, 0.25, 0.25]]> : tensor<2x4xf64>
  check.expect_eq %r#0, %y : tensor<2x4xf64>
  %e0 = atled.constant dense<[[15.0, 14.0, 12.0, 8.0], [1.0, 0.0, 0.0, 0.0]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %e0 : tensor<2x4xf64>
  return
}

// Without the element itself.
func.func private @exclusive(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.cumsum %x dimension = 0 exclusive : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func private @turned_exclusive(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %all = atled.cumsum %x dimension = 1 reverse exclusive : tensor<2x4xf64>
  // The first is infinite where it is that of no elements.
  %result = atled.slice %all[0:2, 0:3] : tensor<2x4xf64> -> tensor<2x3xf64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %padded = atled.pad %result, %zero low = [0, 0] high = [0, 1] interior = [0, 0] : (tensor<2x3xf64>, tensor<f64>) -> tensor<2x4xf64>
  return %padded : tensor<2x4xf64>
}
func.func @without_itself() {
  %smooth = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @turned_exclusive at (%smooth) order = 2 : tensor<2x4xf64>
  %x = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 10.0, 100.0, 1000.0]> : tensor<4xf64>
  %r:2 = ad.vjp @exclusive(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.0, 1.0, 3.0, 7.0]> : tensor<4xf64>
  check.expect_close %r#0, %y within ulps = 2 : tensor<4xf64>
  %e0 = atled.constant dense<[1110.0, 1100.0, 1000.0, 0.0]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within ulps = 4 : tensor<4xf64>
  return
}
