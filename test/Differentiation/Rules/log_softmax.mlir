// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// A cotangent, less the part of all that are there.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %result = atled.log_softmax %x dimensions = [1] : tensor<2x3xf64>
  return %result : tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.log_softmax %[[X]] dimensions = [1]
// CHECK-NEXT: %[[Y:.*]] = atled.exp %[[RESULT]]
// CHECK-NEXT: %[[P:.*]] = atled.mul %[[Y]], %[[DX]]
// CHECK-NEXT: %[[S:.*]] = atled.reduce_sum %[[P]] dimensions = [1]
// CHECK-NEXT: %[[B:.*]] = atled.broadcast %[[S]] dimensions = [0]
// CHECK-NEXT: %[[OUT:.*]] = atled.sub %[[DX]], %[[B]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2x3xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.log_softmax %[[X]] dimensions = [1]
// CHECK-NEXT: %[[Y:.*]] = atled.exp %[[RESULT]]
// CHECK-NEXT: %[[S:.*]] = atled.reduce_sum %[[SEED]] dimensions = [1]
// CHECK-NEXT: %[[B:.*]] = atled.broadcast %[[S]] dimensions = [0]
// CHECK-NEXT: %[[P:.*]] = atled.mul %[[Y]], %[[B]]
// CHECK-NEXT: %[[OUT:.*]] = atled.sub %[[SEED]], %[[P]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// By the pairing identity and by differences, to the second order; also over all elements together, and over none.
func.func private @all(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %result = atled.log_softmax %x dimensions = [0, 1] : tensor<2x3xf64>
  return %result : tensor<2x3xf64>
}
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x3xf64>
  check.gradients @all at (%x0) order = 2 : tensor<2x3xf64>
  return
}

// Nothing overflows, and a part near one has its digits.
func.func @large() {
  %x0 = atled.constant dense<[[1.0e4, 0.0, -1.0e4], [0.0, -100.0, 0xFFF0000000000000]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[[1.0, 2.0, 3.0], [1.0, 0.0, 0.0]]> : tensor<2x3xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[[0.0, -1.0e4, -2.0e4], [0.0, -100.0, 0xFFF0000000000000]]> : tensor<2x3xf64>
  check.expect_eq %r#0, %y : tensor<2x3xf64>
  %e0 = atled.constant dense<[[-5.0, 2.0, 3.0], [0.0, -3.720075976020836e-44, 0.0]]> : tensor<2x3xf64>
  check.expect_close %r#1, %e0 within ulps = 2 : tensor<2x3xf64>
  return
}

// f16 does not hold the sum of the cotangents: of equal ones nothing is left.
func.func private @many(%x: tensor<70000xf16>) -> tensor<70000xf16> {
  %y = atled.log_softmax %x dimensions = [0] : tensor<70000xf16>
  return %y : tensor<70000xf16>
}
func.func @beyond_f16() {
  %x = atled.constant dense<1.0> : tensor<70000xf16>
  %r:2 = ad.vjp @many(%x) seed(%x) wrt = [0] : (tensor<70000xf16>, tensor<70000xf16>) -> (tensor<70000xf16>, tensor<70000xf16>)
  %zero = atled.constant dense<0.0> : tensor<70000xf16>
  check.expect_close %r#1, %zero within atol = 4.0e-3 : tensor<70000xf16>
  return
}
