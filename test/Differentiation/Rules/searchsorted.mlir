// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// An index has no derivative: nothing passes through it, neither from what is searched nor from what is sought.
func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %i = atled.searchsorted %x, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xi32>
  %result = atled.convert %i : tensor<4xi32> to tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<4xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<4xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Zero everywhere.
func.func @zero() {
  %x = atled.constant dense<[-1.0, 0.5, 0.5, 2.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e = atled.constant dense<0.0> : tensor<4xf64>
  check.expect_eq %r#1, %e : tensor<4xf64>
  return
}

// On both sides of what is equal; zeros are, and NaN is behind all numbers.
func.func private @places(%s: tensor<6xf32>, %x: tensor<8xf32>) -> (tensor<8xi32>, tensor<8xi32>) {
  %left = atled.searchsorted %s, %x : (tensor<6xf32>, tensor<8xf32>) -> tensor<8xi32>
  %right = atled.searchsorted %s, %x right : (tensor<6xf32>, tensor<8xf32>) -> tensor<8xi32>
  return %left, %right : tensor<8xi32>, tensor<8xi32>
}
func.func @sides() {
  %s = atled.constant dense<[-1.0, -0.0, 0.0, 3.0, 0x7F800000, 0x7FC00000]> : tensor<6xf32>
  %x = atled.constant dense<[-2.0, -1.0, 0.0, -0.0, 1.0, 0x7F800000, 0x7FC00000, 0xFF800000]> : tensor<8xf32>
  %y:2 = func.call @places(%s, %x) : (tensor<6xf32>, tensor<8xf32>) -> (tensor<8xi32>, tensor<8xi32>)
  %e0 = atled.constant dense<[0, 0, 1, 1, 3, 4, 5, 0]> : tensor<8xi32>
  %e1 = atled.constant dense<[0, 1, 3, 3, 3, 5, 6, 0]> : tensor<8xi32>
  check.expect_eq %y#0, %e0 : tensor<8xi32>
  check.expect_eq %y#1, %e1 : tensor<8xi32>
  return
}

// Each row is searched for elements of its own; none is in a row of none.
func.func private @rows(%s: tensor<2x3xi8>, %x: tensor<2x2xi8>, %none: tensor<0xi8>) -> (tensor<2x2xi32>, tensor<2x2xi32>) {
  %y = atled.searchsorted %s, %x : (tensor<2x3xi8>, tensor<2x2xi8>) -> tensor<2x2xi32>
  %z = atled.searchsorted %none, %x right : (tensor<0xi8>, tensor<2x2xi8>) -> tensor<2x2xi32>
  return %y, %z : tensor<2x2xi32>, tensor<2x2xi32>
}
func.func @rows_of_integers() {
  %s = atled.constant dense<[[-100, 0, 100], [1, 2, 3]]> : tensor<2x3xi8>
  %x = atled.constant dense<[[50, -128], [3, 127]]> : tensor<2x2xi8>
  %none = atled.constant dense<> : tensor<0xi8>
  %y:2 = func.call @rows(%s, %x, %none) : (tensor<2x3xi8>, tensor<2x2xi8>, tensor<0xi8>) -> (tensor<2x2xi32>, tensor<2x2xi32>)
  %e0 = atled.constant dense<[[2, 0], [2, 3]]> : tensor<2x2xi32>
  %e1 = atled.constant dense<0> : tensor<2x2xi32>
  check.expect_eq %y#0, %e0 : tensor<2x2xi32>
  check.expect_eq %y#1, %e1 : tensor<2x2xi32>
  return
}
