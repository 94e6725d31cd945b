// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// By softmax.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %result = atled.logsumexp %x dimensions = [1] : tensor<2x3xf64> -> tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK: %[[RESULT:.*]] = atled.logsumexp %[[X]] dimensions = [1]
// CHECK: %[[T:.*]] = atled.mul %[[DX]], %[[W:.*]] : tensor<2x3xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.reduce_sum %[[T]] dimensions = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2xf64>) ->
// CHECK: %[[RESULT:.*]] = atled.logsumexp %[[X]] dimensions = [1]
// CHECK: %[[D:.*]] = atled.broadcast %[[SEED]] dimensions = [0]
// CHECK: %[[OUT:.*]] = atled.mul %[[D]], %{{.*}} : tensor<2x3xf64>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2x3xf64>
}

// By the pairing identity and by differences, to the second order.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3]]> : tensor<2x3xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x3xf64>
  return
}

// Nothing overflows. Where all are -inf the derivative is 0; where some are +inf they share it.
func.func @large() {
  %x0 = atled.constant dense<[[1.0e4, 0.0, -1.0e4], [-1.0e4, -1.0e5, -1.0e5]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[1.0e4, -1.0e4]> : tensor<2xf64>
  check.expect_eq %r#0, %y : tensor<2xf64>
  %e0 = atled.constant dense<[[1.0, 0.0, 0.0], [2.0, 0.0, 0.0]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}
func.func @infinite() {
  %x0 = atled.constant dense<[[0xFFF0000000000000, 0xFFF0000000000000, 0xFFF0000000000000], [0.0, 0x7FF0000000000000, 0x7FF0000000000000]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[1.0, 1.0]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[0xFFF0000000000000, 0x7FF0000000000000]> : tensor<2xf64>
  check.expect_eq %r#0, %y : tensor<2xf64>
  %e0 = atled.constant dense<[[0.0, 0.0, 0.0], [0.0, 0.5, 0.5]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}
func.func @one_infinite() {
  %x0 = atled.constant dense<[[5.0, 0x7FF0000000000000, 0xFFF0000000000000], [0xFFF0000000000000, 3.0, 0xFFF0000000000000]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[1.0, 1.0]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[0x7FF0000000000000, 3.0]> : tensor<2xf64>
  check.expect_eq %r#0, %y : tensor<2xf64>
  %e0 = atled.constant dense<[[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}

// So are second derivatives, which are 0 there.
func.func private @slope(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %seed = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  return %r#1 : tensor<2x3xf64>
}
func.func @second() {
  %x0 = atled.constant dense<[[0xFFF0000000000000, 0xFFF0000000000000, 0xFFF0000000000000], [0.0, 0x7FF0000000000000, 0x7FF0000000000000]]> : tensor<2x3xf64>
  %seed = atled.constant dense<1.0> : tensor<2x3xf64>
  %r:2 = ad.vjp @slope(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  %zero = atled.constant dense<0.0> : tensor<2x3xf64>
  check.expect_eq %r#1, %zero : tensor<2x3xf64>
  return
}
