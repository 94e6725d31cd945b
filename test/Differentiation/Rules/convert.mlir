// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The cotangent returns in the element type of the operand.
func.func private @f(%x: tensor<4xf32>) -> tensor<4xf64> {
  %result = atled.convert %x : tensor<4xf32> to tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.convert %[[X]] : tensor<4xf32> to tensor<4xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.convert %[[SEED]] : tensor<4xf64> to tensor<4xf32>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf32>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf32>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf32>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf32>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf32>
}

func.func @narrowed() {
  %x = atled.constant dense<1.0> : tensor<4xf32>
  %seed = atled.constant dense<[0.5, 3.0, -2.0, 1.0e-3]> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf32>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf32>)
  %expected = atled.constant dense<[0.5, 3.0, -2.0, 1.0e-3]> : tensor<4xf32>
  check.expect_eq %r#1, %expected : tensor<4xf32>
  return
}

// Through an integer and back nothing passes: the integer is constant nearly everywhere.
func.func private @truncated(%x: tensor<4xf64>) -> tensor<4xf64> {
  %n = atled.convert %x : tensor<4xf64> to tensor<4xi32>
  %y = atled.convert %n : tensor<4xi32> to tensor<4xf64>
  return %y : tensor<4xf64>
}
func.func @through_an_integer() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %r:2 = ad.vjp @truncated(%x) seed(%x) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %expected = atled.constant dense<0.0> : tensor<4xf64>
  check.expect_eq %r#1, %expected : tensor<4xf64>
  return
}
