// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.hypot %x, %y : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.hypot %[[X]], %[[Y]]
// CHECK: %[[LENGTH:.*]] = atled.select %{{.*}}, %{{.*}}, %[[RESULT]]
// CHECK: %[[A:.*]] = atled.div %[[X]], %[[LENGTH]]
// CHECK: %[[B:.*]] = atled.div %[[Y]],
// CHECK: %[[OUT:.*]] = atled.add
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.hypot %[[X]], %[[Y]]
// CHECK: %[[LENGTH:.*]] = atled.select %{{.*}}, %{{.*}}, %[[RESULT]]
// CHECK-NEXT: %[[A:.*]] = atled.div %[[X]], %[[LENGTH]]
// CHECK-NEXT: %[[S:.*]] = atled.select %{{.*}}, %{{.*}}, %[[A]]
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[SEED]], %[[S]]
// CHECK: %[[B:.*]] = atled.div %[[Y]], %{{.*}}
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %y = atled.constant dense<[1.25, -0.8, 0.6, -2.0]> : tensor<4xf64>
  check.gradients @f at (%x, %y) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}

// 0 at the origin; nothing over- or underflows.
func.func @kink() {
  %x = atled.constant dense<[0.0, -0.0, 3.0e300, 0x8188000000000000]> : tensor<4xf64>
  %y = atled.constant dense<[0.0, 0.0, 4.0e300, 0x0190000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.0, 0.0, 0.6, -0.6]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  %e1 = atled.constant dense<[0.0, 0.0, 0.8, 0.8]> : tensor<4xf64>
  check.expect_eq %r#2, %e1 : tensor<4xf64>
  return
}

// The second derivatives at the origin are 0, as those of abs at its kink, in each order of modes.
func.func private @pushed(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.jvp @f(%x, %y) tangent(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
func.func private @pulled(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x, %y) seed(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
func.func @curvature() {
  %x = atled.constant dense<[0.0, -0.0, 3.0, 0.0]> : tensor<4xf64>
  %y = atled.constant dense<[0.0, 0.0, 4.0, 2.0]> : tensor<4xf64>
  %one = atled.constant dense<1.0> : tensor<4xf64>
  %in_x = atled.constant dense<[0.0, 0.0, 0.128, 0.5]> : tensor<4xf64>
  %in_y = atled.constant dense<[0.0, 0.0, -0.096, 0.0]> : tensor<4xf64>
  %a:3 = ad.vjp @pushed(%x, %y) seed(%one) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_close %a#1, %in_x within ulps = 4 : tensor<4xf64>
  check.expect_close %a#2, %in_y within ulps = 4 : tensor<4xf64>
  %b:3 = ad.vjp @pulled(%x, %y) seed(%one) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_close %b#1, %in_x within ulps = 4 : tensor<4xf64>
  check.expect_close %b#2, %in_y within ulps = 4 : tensor<4xf64>
  %c:2 = ad.jvp @pulled(%x, %y) tangent(%one) wrt = [0] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_close %c#1, %in_x within ulps = 4 : tensor<4xf64>
  %d:2 = ad.jvp @pushed(%x, %y) tangent(%one) wrt = [1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_close %d#1, %in_y within ulps = 4 : tensor<4xf64>
  return
}

// Where f16 does not hold the length: the square root of a half; and 0.6 and 0.8.
func.func private @narrow(%x: tensor<4xf16>, %y: tensor<4xf16>) -> tensor<4xf16> {
  %result = atled.hypot %x, %y : tensor<4xf16>
  return %result : tensor<4xf16>
}
func.func @beyond_f16() {
  %x = atled.constant dense<[6.0e4, 0.0, 4.8e4, 3.0]> : tensor<4xf16>
  %y = atled.constant dense<[-6.0e4, 0.0, 6.4e4, 4.0]> : tensor<4xf16>
  %seed = atled.constant dense<1.0> : tensor<4xf16>
  %r:3 = ad.vjp @narrow(%x, %y) seed(%seed) wrt = [0, 1] : (tensor<4xf16>, tensor<4xf16>, tensor<4xf16>) -> (tensor<4xf16>, tensor<4xf16>, tensor<4xf16>)
  %length = atled.constant dense<[0x7C00, 0.0, 0x7C00, 5.0]> : tensor<4xf16>
  check.expect_eq %r#0, %length : tensor<4xf16>
  %e0 = atled.constant dense<[0.707106781, 0.0, 0.6, 0.6]> : tensor<4xf16>
  check.expect_eq %r#1, %e0 : tensor<4xf16>
  %e1 = atled.constant dense<[-0.707106781, 0.0, 0.8, 0.8]> : tensor<4xf16>
  check.expect_eq %r#2, %e1 : tensor<4xf16>
  return
}
