// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The direction.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %result = atled.norm %x dimensions = [1] : tensor<2x3xf64> -> tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[DX:.*]]: tensor<2x3xf64>) ->
// CHECK: %[[RESULT:.*]] = atled.norm %[[X]] dimensions = [1]
// CHECK: %[[T:.*]] = atled.mul %[[DX]], %[[W:.*]] : tensor<2x3xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.reduce_sum %[[T]] dimensions = [1]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3xf64>, %dx: tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf64>, %[[SEED:.*]]: tensor<2xf64>) ->
// CHECK: %[[RESULT:.*]] = atled.norm %[[X]] dimensions = [1]
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

// Pythagoras; at the origin 0; without overflow and underflow.
func.func @exact() {
  %x0 = atled.constant dense<[[3.0, 0.0, 4.0], [0.0, -0.0, 0.0]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[5.0, 1.0]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[5.0, 0.0]> : tensor<2xf64>
  check.expect_eq %r#0, %y : tensor<2xf64>
  %e0 = atled.constant dense<[[3.0, 0.0, 4.0], [0.0, 0.0, 0.0]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}
// At the origin the curvature is 0, too, as that of abs at its kink.
func.func private @direction(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x) seed(%one) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  return %r#1 : tensor<2x3xf64>
}
func.func @curvature() {
  %x = atled.constant dense<[[3.0, 0.0, 4.0], [0.0, -0.0, 0.0]]> : tensor<2x3xf64>
  %v = atled.constant dense<[[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<2x3xf64>
  %expected = atled.constant dense<[[0.128, 0.0, -0.096], [0.0, 0.0, 0.0]]> : tensor<2x3xf64>
  %a:2 = ad.jvp @direction(%x) tangent(%v) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  check.expect_close %a#1, %expected within ulps = 4 : tensor<2x3xf64>
  %b:2 = ad.vjp @direction(%x) seed(%v) wrt = [0] : (tensor<2x3xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  check.expect_close %b#1, %expected within ulps = 4 : tensor<2x3xf64>
  return
}
func.func @far_out() {
  %x0 = atled.constant dense<[[3.0e300, 0.0, 4.0e300], [3.0e-300, 0.0, -4.0e-300]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[1.0, 1.0]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %e0 = atled.constant dense<[[0.6, 0.0, 0.8], [0.6, 0.0, -0.8]]> : tensor<2x3xf64>
  check.expect_close %r#1, %e0 within ulps = 4 : tensor<2x3xf64>
  return
}
func.func @infinite() {
  %x0 = atled.constant dense<[[1.0, 0x7FF0000000000000, 0.0], [1.0, 0.0, 0xFFF0000000000000]]> : tensor<2x3xf64>
  %seed = atled.constant dense<[1.0, 1.0]> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  %y = atled.constant dense<[0x7FF0000000000000, 0x7FF0000000000000]> : tensor<2xf64>
  check.expect_eq %r#0, %y : tensor<2xf64>
  %e0 = atled.constant dense<[[0.0, 0x7FF8000000000000, 0.0], [0.0, 0.0, 0x7FF8000000000000]]> : tensor<2x3xf64>
  check.expect_eq %r#1, %e0 : tensor<2x3xf64>
  return
}

// Of order one signs, 0 at 0; of order infinity the greatest share, with their signs; 0 at the zero vector; the norms
// of no elements are 0.
func.func private @one(%x: tensor<3x3xf64>) -> tensor<3xf64> {
  %result = atled.norm %x dimensions = [1] order = one : tensor<3x3xf64> -> tensor<3xf64>
  return %result : tensor<3xf64>
}
func.func private @greatest(%x: tensor<3x3xf64>) -> tensor<3xf64> {
  %result = atled.norm %x dimensions = [1] order = infinity : tensor<3x3xf64> -> tensor<3xf64>
  return %result : tensor<3xf64>
}
func.func @other_orders() {
  %smooth = atled.constant dense<[[0.5, 1.5, -0.7], [2.25, -1.0, 0.3], [-4.0, 2.0, 3.0]]> : tensor<3x3xf64>
  check.gradients @one at (%smooth) order = 2 : tensor<3x3xf64>
  check.gradients @greatest at (%smooth) order = 2 : tensor<3x3xf64>
  %x = atled.constant dense<[[3.0, -1.0, 0.0], [2.0, -2.0, 1.0], [0.0, 0.0, 0.0]]> : tensor<3x3xf64>
  %seed = atled.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  %a:2 = ad.vjp @one(%x) seed(%seed) wrt = [0] : (tensor<3x3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3x3xf64>)
  %a0 = atled.constant dense<[4.0, 5.0, 0.0]> : tensor<3xf64>
  check.expect_eq %a#0, %a0 : tensor<3xf64>
  %a1 = atled.constant dense<[[1.0, -1.0, 0.0], [2.0, -2.0, 2.0], [0.0, 0.0, 0.0]]> : tensor<3x3xf64>
  check.expect_eq %a#1, %a1 : tensor<3x3xf64>
  %b:2 = ad.vjp @greatest(%x) seed(%seed) wrt = [0] : (tensor<3x3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3x3xf64>)
  %b0 = atled.constant dense<[3.0, 2.0, 0.0]> : tensor<3xf64>
  check.expect_eq %b#0, %b0 : tensor<3xf64>
  %b1 = atled.constant dense<[[1.0, 0.0, 0.0], [1.0, -1.0, 0.0], [0.0, 0.0, 0.0]]> : tensor<3x3xf64>
  check.expect_close %b#1, %b1 within ulps = 0 : tensor<3x3xf64>
  return
}
func.func @not_a_number() {
  %x = atled.constant dense<[[0x7FF0000000000000, 0x7FF8000000000000, 0.0], [0xFFF0000000000000, 2.0, 1.0], [0x7FF8000000000000, 0.0, 0.0]]> : tensor<3x3xf64>
  %a = func.call @one(%x) : (tensor<3x3xf64>) -> tensor<3xf64>
  %b = func.call @greatest(%x) : (tensor<3x3xf64>) -> tensor<3xf64>
  %y = atled.constant dense<[0x7FF8000000000000, 0x7FF0000000000000, 0x7FF8000000000000]> : tensor<3xf64>
  check.expect_eq %a, %y : tensor<3xf64>
  check.expect_eq %b, %y : tensor<3xf64>
  return
}
func.func @no_elements() {
  %x = atled.constant dense<> : tensor<2x0xf64>
  %y = atled.constant dense<0.0> : tensor<2xf64>
  %one = atled.norm %x dimensions = [1] order = one : tensor<2x0xf64> -> tensor<2xf64>
  check.expect_eq %one, %y : tensor<2xf64>
  %two = atled.norm %x dimensions = [1] : tensor<2x0xf64> -> tensor<2xf64>
  check.expect_eq %two, %y : tensor<2xf64>
  %greatest = atled.norm %x dimensions = [1] order = infinity : tensor<2x0xf64> -> tensor<2xf64>
  check.expect_eq %greatest, %y : tensor<2xf64>
  return
}

// Where f16 does not hold the norm, three times 60000, or the number of the greatest.
func.func private @narrow(%x: tensor<3xf16>) -> tensor<f16> {
  %y = atled.norm %x dimensions = [0] : tensor<3xf16> -> tensor<f16>
  return %y : tensor<f16>
}
func.func private @many(%x: tensor<70000xf16>) -> tensor<f16> {
  %y = atled.norm %x dimensions = [0] order = infinity : tensor<70000xf16> -> tensor<f16>
  return %y : tensor<f16>
}
func.func @beyond_f16() {
  %x = atled.constant dense<6.0e4> : tensor<3xf16>
  %seed = atled.constant dense<1.0> : tensor<f16>
  %a:2 = ad.vjp @narrow(%x) seed(%seed) wrt = [0] : (tensor<3xf16>, tensor<f16>) -> (tensor<f16>, tensor<3xf16>)
  %infinity = atled.constant dense<0x7C00> : tensor<f16>
  check.expect_eq %a#0, %infinity : tensor<f16>
  %e0 = atled.constant dense<0.577350269> : tensor<3xf16>
  check.expect_eq %a#1, %e0 : tensor<3xf16>
  %ones = atled.constant dense<1.0> : tensor<70000xf16>
  %b:2 = ad.jvp @many(%ones) tangent(%ones) wrt = [0] : (tensor<70000xf16>, tensor<70000xf16>) -> (tensor<f16>, tensor<f16>)
  check.expect_eq %b#1, %seed : tensor<f16>
  return
}
