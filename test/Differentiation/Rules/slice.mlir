// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The cotangent is put where the slice was, with zeros around and between.
func.func private @f(%x: tensor<2x7xf64>) -> tensor<1x3xf64> {
  %result = atled.slice %x[1:2, 1:6:2] : tensor<2x7xf64> -> tensor<1x3xf64>
  return %result : tensor<1x3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x7xf64>, %[[DX:.*]]: tensor<2x7xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.slice %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.slice %[[DX]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x7xf64>, %dx: tensor<2x7xf64>) -> (tensor<1x3xf64>, tensor<1x3xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<2x7xf64>, tensor<2x7xf64>) -> (tensor<1x3xf64>, tensor<1x3xf64>)
  return %r#0, %r#1 : tensor<1x3xf64>, tensor<1x3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x7xf64>, %[[SEED:.*]]: tensor<1x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.slice %[[X]]
// CHECK-NEXT: %[[Z:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: %[[OUT:.*]] = atled.pad %[[SEED]], %[[Z]] low = [1, 1] high = [0, 1] interior = [0, 1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x7xf64>, %seed: tensor<1x3xf64>) -> (tensor<1x3xf64>, tensor<2x7xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<2x7xf64>, tensor<1x3xf64>) -> (tensor<1x3xf64>, tensor<2x7xf64>)
  return %r#0, %r#1 : tensor<1x3xf64>, tensor<2x7xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 1.0, 2.0, 3.0, 4.0], [2.25, -1.0, 0.3, 1.0, 5.0, 6.0, 7.0]]> : tensor<2x7xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x7xf64>
  return
}

// Nothing was taken: nothing returns.
func.func private @empty(%x: tensor<5xf64>) -> tensor<0xf64> {
  %y = atled.slice %x[2:2:3] : tensor<5xf64> -> tensor<0xf64>
  return %y : tensor<0xf64>
}
func.func @empty_slice() {
  %x = atled.constant dense<1.0> : tensor<5xf64>
  %seed = atled.constant dense<> : tensor<0xf64>
  %r:2 = ad.vjp @empty(%x) seed(%seed) wrt = [0] : (tensor<5xf64>, tensor<0xf64>) -> (tensor<0xf64>, tensor<5xf64>)
  %expected = atled.constant dense<0.0> : tensor<5xf64>
  check.expect_eq %r#1, %expected : tensor<5xf64>
  return
}
