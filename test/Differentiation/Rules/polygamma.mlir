// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.polygamma %x order = 1 : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.polygamma %[[X]]
// CHECK-NEXT: %[[S:.*]] = atled.polygamma %[[X]] order = 2
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[DX]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.polygamma %[[X]]
// CHECK-NEXT: %[[S:.*]] = atled.polygamma %[[X]] order = 2
// CHECK-NEXT: %[[OUT:.*]] = atled.mul %[[SEED]], %[[S]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// By the pairing identity and by differences, to the second order.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 3.5, -1.7, 12.25]> : tensor<4xf64>
  check.gradients @f at (%x) order = 2 : tensor<4xf64>
  return
}

// At the poles and far out.
func.func @edges() {
  %x = atled.constant dense<[0.0, -0.0, -3.0, 0x7FF0000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0x7FF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000, 0.0]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  %e0 = atled.constant dense<[0xFFF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000, -0.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// π²/2 at ½, π²/6 at 1; -2 ζ(3) is the derivative at 1.
func.func @known() {
  %x = atled.constant dense<[0.5, 1.0, 2.0, -0.5]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[4.9348022005446793094, 1.6449340668482264365, 0.64493406684822643647, 8.9348022005446793094]> : tensor<4xf64>
  check.expect_close %r#0, %y within ulps = 4 : tensor<4xf64>
  %e0 = atled.constant dense<[-16.828796644234319996, -2.4041138063191885708, -0.4041138063191885708, -0.8287966442343199956]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within rtol = 1.0e-14 : tensor<4xf64>
  return
}

// Order 0 is digamma; a higher one, and its derivative: 3! ζ(4) and -4! ζ(5) at 1.
func.func private @zeroth(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.polygamma %x order = 0 : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func private @third(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.polygamma %x order = 3 : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @other_orders() {
  %x = atled.constant dense<[1.0, 0.5, 7.0, -1.5]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %a:2 = ad.vjp @zeroth(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %a0 = atled.constant dense<[-0.57721566490153286061, -1.9635100260214234794, 1.8727843350984671394, 0.70315664064524318723]> : tensor<4xf64>
  check.expect_close %a#0, %a0 within ulps = 4 : tensor<4xf64>
  %a1 = atled.constant dense<[1.6449340668482264365, 4.9348022005446793094, 0.15354517795933754758, 9.3792466449891237539]> : tensor<4xf64>
  check.expect_close %a#1, %a1 within ulps = 4 : tensor<4xf64>
  %b:2 = ad.vjp @third(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %b0 = atled.constant dense<[6.4939394022668291491, 97.409091034002437236, 0.0071981985631254453923, 194.59427621918762242]> : tensor<4xf64>
  check.expect_close %b#0, %b0 within ulps = 8 : tensor<4xf64>
  %b1 = atled.constant dense<[-24.886266123440878232, -771.47424982666722519, -0.0032967715890263801009, -0.31375599950673136338]> : tensor<4xf64>
  check.expect_close %b#1, %b1 within ulps = 16 : tensor<4xf64>
  return
}
