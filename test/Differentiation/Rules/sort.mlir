// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Forward, tangents are taken from where the values are; back, cotangents go there.
func.func private @f(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result, %order = atled.sort %x dimension = 1 : (tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xi32>)
  return %result : tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[DX:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]], %[[ORDER:.*]] = atled.sort %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.gather %[[DX]][%[[ORDER]]] sizes = [1, 1] offset = [] collapsed = [1] batch = [0] x [0] indexed = [1] vector = 2
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x4xf64>, %dx: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[SEED:.*]]: tensor<2x4xf64>) ->
// CHECK: %[[RESULT:.*]], %[[ORDER:.*]] = atled.sort %[[X]]
// CHECK: %[[OUT:.*]] = atled.scatter add, %[[SEED]] into %{{.*}}[%[[ORDER]]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x4xf64>, %seed: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// By the pairing identity and by differences, of what is sorted and of what goes with it.
func.func private @pairs(%k: tensor<5x2xf64>, %x: tensor<5x2xf64>) -> (tensor<5x2xf64>, tensor<5x2xf64>) {
  %r:3 = atled.sort %k, %x dimension = 0 descending
      : (tensor<5x2xf64>, tensor<5x2xf64>) -> (tensor<5x2xf64>, tensor<5x2xf64>, tensor<5x2xi8>)
  %y = atled.mul %r#1, %r#1 : tensor<5x2xf64>
  return %r#0, %y : tensor<5x2xf64>, tensor<5x2xf64>
}
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 1.0], [0.25, 2.25, -1.0, 0.75]]> : tensor<2x4xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x4xf64>
  %k = atled.constant dense<[[0.5, 1.5], [0.25, 2.25], [0.3, -0.1], [2.0, -1.0], [-3.0, 0.125]]> : tensor<5x2xf64>
  %x = atled.constant dense<[[1.5, -0.5], [0.5, 1.25], [0.75, 2.0], [-1.5, 0.3], [0.7, 0.2]]> : tensor<5x2xf64>
  check.gradients @pairs at (%k, %x) order = 2 : tensor<5x2xf64>, tensor<5x2xf64>
  return
}

// At ties derivatives follow the stable order; zeros of both signs tie, and so do NaNs, which are last.
func.func @ties() {
  %x0 = atled.constant dense<[[2.0, 1.0, 2.0, 1.0], [0.0, 0x7FF8000000000000, -0.0, 0x7FF8000000000000]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %y = atled.constant dense<[[1.0, 1.0, 2.0, 2.0], [0.0, -0.0, 0x7FF8000000000000, 0x7FF8000000000000]]> : tensor<2x4xf64>
  check.expect_eq %r#0, %y : tensor<2x4xf64>
  %e0 = atled.constant dense<[[3.0, 1.0, 4.0, 2.0], [5.0, 7.0, 6.0, 8.0]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %e0 : tensor<2x4xf64>
  return
}

// What comes last comes first, and equal elements stay as they are.
func.func private @down(%x: tensor<6xf32>) -> (tensor<6xf32>, tensor<6xi32>) {
  %result, %order = atled.sort %x dimension = 0 descending : (tensor<6xf32>) -> (tensor<6xf32>, tensor<6xi32>)
  return %result, %order : tensor<6xf32>, tensor<6xi32>
}
func.func @descending() {
  %x = atled.constant dense<[1.0, 0x7F800000, 0x7FC00000, 1.0, -2.0, 0x7FC00000]> : tensor<6xf32>
  %y:2 = func.call @down(%x) : (tensor<6xf32>) -> (tensor<6xf32>, tensor<6xi32>)
  %e0 = atled.constant dense<[0x7FC00000, 0x7FC00000, 0x7F800000, 1.0, 1.0, -2.0]> : tensor<6xf32>
  %e1 = atled.constant dense<[2, 5, 1, 0, 3, 4]> : tensor<6xi32>
  check.expect_eq %y#0, %e0 : tensor<6xf32>
  check.expect_eq %y#1, %e1 : tensor<6xi32>
  return
}

// Of no elements there is nothing to take.
func.func private @none(%x: tensor<0x3xf64>) -> tensor<0x3xf64> {
  %result, %order = atled.sort %x dimension = 0 : (tensor<0x3xf64>) -> (tensor<0x3xf64>, tensor<0x3xi32>)
  return %result : tensor<0x3xf64>
}
func.func @no_elements() {
  %x = atled.constant dense<> : tensor<0x3xf64>
  %r:2 = ad.vjp @none(%x) seed(%x) wrt = [0] : (tensor<0x3xf64>, tensor<0x3xf64>) -> (tensor<0x3xf64>, tensor<0x3xf64>)
  check.expect_eq %r#1, %x : tensor<0x3xf64>
  %j:2 = ad.jvp @none(%x) tangent(%x) wrt = [0] : (tensor<0x3xf64>, tensor<0x3xf64>) -> (tensor<0x3xf64>, tensor<0x3xf64>)
  check.expect_eq %j#1, %x : tensor<0x3xf64>
  return
}
