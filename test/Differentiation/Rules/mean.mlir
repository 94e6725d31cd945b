// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Each element has the same part.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %result = atled.mean %x dimensions = [1] : tensor<2x3xf64> -> tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK: %[[RESULT:.*]] = atled.mean %[[X]] dimensions = [1]
// CHECK: %[[OUT:.*]] = atled.mean %[[DX]] dimensions = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2xf64>) ->
// CHECK: %[[RESULT:.*]] = atled.mean %[[X]] dimensions = [1]
// CHECK: %[[COUNT:.*]] = atled.constant dense<3.000000e+00> : tensor<2xf64>
// CHECK: %[[PART:.*]] = atled.div %[[SEED]], %[[COUNT]]
// CHECK: %[[OUT:.*]] = atled.broadcast %[[PART]] dimensions = [0]
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

// Exactly.
func.func @parts() {
  %x0 = atled.constant dense<[[1.0, 2.0, 6.0], [0.0, -3.0, 0.0]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[3.0, -1.5]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[3.0, -1.0]> : tensor<2xf64>
  check.expect_eq %r#0, %y : tensor<2xf64>
  %e0 = atled.constant dense<[[1.0, 1.0, 1.0], [-0.5, -0.5, -0.5]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}

// A narrow format cannot say how many they are, and each has its part all the same.
func.func private @many(%x: tensor<70000xf16>) -> tensor<f16> {
  %y = atled.mean %x dimensions = [0] : tensor<70000xf16> -> tensor<f16>
  return %y : tensor<f16>
}
func.func @narrow() {
  %x0 = atled.constant dense<1.0> : tensor<70000xf16>
  %dx = ad.grad @many(%x0) wrt = [0] : (tensor<70000xf16>) -> tensor<70000xf16>
  %part = atled.constant dense<1.4285714e-5> : tensor<70000xf16>
  check.expect_eq %dx, %part : tensor<70000xf16>
  return
}
