// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// An index has no derivative: nothing passes through it.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %i = atled.argmin %x dimension = 1 : tensor<2x3xf64> -> tensor<2xi32>
  %result = atled.convert %i : tensor<2xi32> to tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2x3xf64>
}

// Zero everywhere.
func.func @zero() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  %seed = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %e0 = atled.constant dense<0.0> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}

// The first of equals, zeros of both signs among them, or the first NaN.
func.func @first_of_equals() {
  %x = atled.constant dense<[[2.0, 1.0, 2.0], [1.0, 3.0, 3.0], [1.0, 0x7FF8000000000000, 0x7FF8000000000000], [-0.0, 0.0, 0.0]]> : tensor<4x3xf64>
  %i = atled.argmin %x dimension = 1 : tensor<4x3xf64> -> tensor<4xi32>
  %first = atled.constant dense<[1, 0, 1, 0]> : tensor<4xi32>
  check.expect_eq %i, %first : tensor<4xi32>
  return
}
