// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// What a part gains the others lose.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %result = atled.softmax %x dimensions = [1] : tensor<2x3xf64>
  return %result : tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.softmax %[[X]] dimensions = [1]
// CHECK-NEXT: %[[P:.*]] = atled.mul %[[RESULT]], %[[DX]]
// CHECK-NEXT: %[[S:.*]] = atled.reduce_sum %[[P]] dimensions = [1]
// CHECK-NEXT: %[[B:.*]] = atled.broadcast %[[S]] dimensions = [0]
// CHECK-NEXT: %[[D:.*]] = atled.sub %[[DX]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[RESULT]], %[[D]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.softmax %[[X]] dimensions = [1]
// CHECK-NEXT: %[[P:.*]] = atled.mul %[[RESULT]], %[[SEED]]
// CHECK-NEXT: %[[S:.*]] = atled.reduce_sum %[[P]] dimensions = [1]
// CHECK-NEXT: %[[B:.*]] = atled.broadcast %[[S]] dimensions = [0]
// CHECK-NEXT: %[[D:.*]] = atled.sub %[[SEED]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[RESULT]], %[[D]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// By the pairing identity and by differences, to the second order; also over all elements together, and over none.
func.func private @all(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %result = atled.softmax %x dimensions = [0, 1] : tensor<2x3xf64>
  return %result : tensor<2x3xf64>
}
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x3xf64>
  check.gradients @all at (%x0) order = 2 : tensor<2x3xf64>
  return
}

// Nothing overflows, and what is far below the greatest has no part.
func.func @large() {
  %x0 = atled.constant dense<[[1.0e4, 0.0, -1.0e4], [0xFFF0000000000000, 3.0, 3.0]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[[1.0, 2.0, 3.0], [1.0, 2.0, 4.0]]> : tensor<2x3xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]> : tensor<2x3xf64>
  check.expect_eq %r#0, %y : tensor<2x3xf64>
  %e0 = atled.constant dense<[[0.0, 0.0, 0.0], [-0.0, -0.5, 0.5]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}

// Where one is +inf, and where all are -inf, none has a part.
func.func @infinite() {
  %x0 = atled.constant dense<[[0x7FF0000000000000, 0.0, 1.0], [0xFFF0000000000000, 0xFFF0000000000000, 0xFFF0000000000000]]> : tensor<2x3xf64>
  %y = func.call @f(%x0) : (tensor<2x3xf64>) -> tensor<2x3xf64>
  %nan = atled.constant dense<0x7FF8000000000000> : tensor<2x3xf64>
  check.expect_eq %y, %nan : tensor<2x3xf64>
  return
}
