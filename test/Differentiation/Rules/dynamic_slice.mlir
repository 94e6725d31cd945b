// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The cotangent is put where the slice was, at the same clamped place.
func.func private @f(%x: tensor<5xf64>, %i: tensor<i32>) -> tensor<2xf64> {
  %result = atled.dynamic_slice %x[%i] sizes = [2] out_of_range = clamp : (tensor<5xf64>, tensor<i32>) -> tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<5xf64>, %[[I:.*]]: tensor<i32>, %[[DX:.*]]: tensor<5xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.dynamic_slice %[[X]][%[[I]]]
// CHECK-NEXT: %[[OUT:.*]] = atled.dynamic_slice %[[DX]][%[[I]]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<5xf64>, %i: tensor<i32>, %dx: tensor<5xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.jvp @f(%x, %i) tangent(%dx) wrt = [0]
      : (tensor<5xf64>, tensor<i32>, tensor<5xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<5xf64>, %[[I:.*]]: tensor<i32>, %[[SEED:.*]]: tensor<2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.dynamic_slice %[[X]][%[[I]]]
// CHECK-NEXT: %[[Z:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: %[[OUT:.*]] = atled.dynamic_update_slice %[[SEED]] into %[[Z]][%[[I]]] out_of_range = clamp
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<5xf64>, %i: tensor<i32>, %seed: tensor<2xf64>) -> (tensor<2xf64>, tensor<5xf64>) {
  %r:2 = ad.vjp @f(%x, %i) seed(%seed) wrt = [0]
      : (tensor<5xf64>, tensor<i32>, tensor<2xf64>) -> (tensor<2xf64>, tensor<5xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<5xf64>
}

func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25, 3.0]> : tensor<5xf64>
  %i = atled.constant dense<1> : tensor<i32>
  %far = atled.constant dense<100> : tensor<i32>
  check.gradients @f at (%x, %i) order = 2 : tensor<5xf64>, tensor<i32>
  check.gradients @f at (%x, %far) : tensor<5xf64>, tensor<i32>
  return
}

// Beyond the end the slice is clamped, and so is the place of the cotangent; before the beginning, too.
func.func @clamped() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25, 3.0]> : tensor<5xf64>
  %far = atled.constant dense<100> : tensor<i32>
  %seed = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x, %far) seed(%seed) wrt = [0] : (tensor<5xf64>, tensor<i32>, tensor<2xf64>) -> (tensor<2xf64>, tensor<5xf64>)
  %expected = atled.constant dense<[0.0, 0.0, 0.0, 2.0, 3.0]> : tensor<5xf64>
  check.expect_eq %r#1, %expected : tensor<5xf64>
  %before = atled.constant dense<-3> : tensor<i32>
  %s:2 = ad.vjp @f(%x, %before) seed(%seed) wrt = [0] : (tensor<5xf64>, tensor<i32>, tensor<2xf64>) -> (tensor<2xf64>, tensor<5xf64>)
  %first = atled.constant dense<[0.5, 1.5]> : tensor<2xf64>
  %there = atled.constant dense<[2.0, 3.0, 0.0, 0.0, 0.0]> : tensor<5xf64>
  check.expect_eq %s#0, %first : tensor<2xf64>
  check.expect_eq %s#1, %there : tensor<5xf64>
  return
}
