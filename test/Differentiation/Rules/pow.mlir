// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-opt %s -ad-differentiate | FileCheck %s --check-prefix=BASE
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.pow %x, %y : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.pow %[[X]], %[[Y]]
// CHECK: %[[SAFE:.*]] = atled.select %{{.*}}, %{{.*}}, %[[X]]
// CHECK: %[[E:.*]] = atled.sub %[[Y]]
// CHECK: %[[A:.*]] = atled.pow %[[SAFE]], %[[E]]
// CHECK: %[[POSITIVE:.*]] = atled.select %{{.*}}, %{{.*}}, %[[X]]
// CHECK: %[[B:.*]] = atled.log %[[POSITIVE]]
// CHECK: %[[OUT:.*]] = atled.add
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.pow %[[X]], %[[Y]]
// CHECK: %[[E:.*]] = atled.sub %[[Y]]
// CHECK: %[[A:.*]] = atled.pow %{{.*}}, %[[E]]
// CHECK: %[[B:.*]] = atled.log
// CHECK: %[[FINITE:.*]] = atled.select %{{.*}}, %{{.*}}, %[[RESULT]]
// CHECK: atled.mul %[[FINITE]], %[[B]]
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, 0.7, 2.25]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.25, -0.8, 3.0, 2.0]> : tensor<4xf64>
  check.gradients @f at (%x0, %x1) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}

// x^0 is constant, also at 0; x^1 and x^2 at 0 and below.
// What only the exponent needs is not computed for the base.
// BASE-LABEL: func.func private @f.vjp.0(
// BASE-NOT: atled.log
// BASE: return
func.func @constant_exponent() {
  %x0 = atled.constant dense<[0.0, 0.0, 0.0, -3.0]> : tensor<4xf64>
  %x1 = atled.constant dense<[0.0, 1.0, 2.0, 2.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x0, %x1) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.0, 1.0, 0.0, -6.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// In the exponent at 0: 0 where the power is 0 or jumps, -inf where it is infinite; NaN below.
func.func @exponent_at_zero() {
  %x0 = atled.constant dense<[0.0, 0.0, 0.0, -2.0]> : tensor<4xf64>
  %x1 = atled.constant dense<[2.0, 0.0, -1.0, 2.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x0, %x1) seed(%seed) wrt = [1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.0, 0.0, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  return
}

// The second derivatives in each order of modes: where x or y is 0 they are limits, too. y (y - 1) x^(y-2) twice in x.
func.func private @g(%x: tensor<12xf64>, %y: tensor<12xf64>) -> tensor<12xf64> {
  %result = atled.pow %x, %y : tensor<12xf64>
  return %result : tensor<12xf64>
}
func.func private @pushed_x(%x: tensor<12xf64>, %y: tensor<12xf64>) -> tensor<12xf64> {
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %r:2 = ad.jvp @g(%x, %y) tangent(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  return %r#1 : tensor<12xf64>
}
func.func private @pulled_x(%x: tensor<12xf64>, %y: tensor<12xf64>) -> tensor<12xf64> {
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %r:2 = ad.vjp @g(%x, %y) seed(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  return %r#1 : tensor<12xf64>
}
func.func private @pushed_y(%x: tensor<12xf64>, %y: tensor<12xf64>) -> tensor<12xf64> {
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %r:2 = ad.jvp @g(%x, %y) tangent(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  return %r#1 : tensor<12xf64>
}
func.func private @pulled_y(%x: tensor<12xf64>, %y: tensor<12xf64>) -> tensor<12xf64> {
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %r:2 = ad.vjp @g(%x, %y) seed(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  return %r#1 : tensor<12xf64>
}

// Exponents that a polynomial has: 2 x^0 for x^2, 0 for x^0 and x^1.
func.func @twice_in_base() {
  %x = atled.constant dense<[0.0, 0.0, -0.0, 0.0, 2.0, 0.5, 4.0, -2.0, 0.0, 0.0, 0.0, 1.0e-200]> : tensor<12xf64>
  %y = atled.constant dense<[0.0, 1.0, 2.0, 3.0, 0.0, 0.0, 1.0, 3.0, 0.5, -1.0, -0.5, 0.0]> : tensor<12xf64>
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %expected = atled.constant dense<[0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, -12.0, 0xFFF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000, 0.0]> : tensor<12xf64>
  %r1:2 = ad.jvp @pushed_x(%x, %y) tangent(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r1#1, %expected within ulps = 0 : tensor<12xf64>
  %r2:2 = ad.vjp @pushed_x(%x, %y) seed(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r2#1, %expected within ulps = 0 : tensor<12xf64>
  %r3:2 = ad.jvp @pulled_x(%x, %y) tangent(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r3#1, %expected within ulps = 0 : tensor<12xf64>
  %r4:2 = ad.vjp @pulled_x(%x, %y) seed(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r4#1, %expected within ulps = 0 : tensor<12xf64>
  return
}

// x^(y-1) (1 + y log x): 1 / x at y = 0, or infinite where x^-2 is. At x = 0, y = 1 it is 1, as the slope of 0^0 in its exponent is 0 by
// convention.
func.func @base_then_exponent() {
  %x = atled.constant dense<[0.0, 0.0, -0.0, 0.0, 2.0, 0.5, 4.0, -2.0, 0.0, 0.0, 0.0, 1.0e-200]> : tensor<12xf64>
  %y = atled.constant dense<[0.0, 1.0, 2.0, 3.0, 0.0, 0.0, 1.0, 3.0, 0.5, -1.0, -0.5, 0.0]> : tensor<12xf64>
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %expected = atled.constant dense<[0x7FF0000000000000, 1.0, 0.0, 0.0, 0.5, 2.0, 2.386294361119891, 0x7FF8000000000000, 0xFFF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000]> : tensor<12xf64>
  %r1:2 = ad.jvp @pushed_x(%x, %y) tangent(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_eq %r1#1, %expected : tensor<12xf64>
  %r2:2 = ad.vjp @pushed_x(%x, %y) seed(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_eq %r2#1, %expected : tensor<12xf64>
  %r3:2 = ad.jvp @pulled_x(%x, %y) tangent(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_eq %r3#1, %expected : tensor<12xf64>
  %r4:2 = ad.vjp @pulled_x(%x, %y) seed(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_eq %r4#1, %expected : tensor<12xf64>
  return
}

// In the other order it is the limit at x = 0, y = 1, too.
func.func @exponent_then_base() {
  %x = atled.constant dense<[0.0, 0.0, -0.0, 0.0, 2.0, 0.5, 4.0, -2.0, 0.0, 0.0, 0.0, 1.0e-200]> : tensor<12xf64>
  %y = atled.constant dense<[0.0, 1.0, 2.0, 3.0, 0.0, 0.0, 1.0, 3.0, 0.5, -1.0, -0.5, 0.0]> : tensor<12xf64>
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %expected = atled.constant dense<[0x7FF0000000000000, 0xFFF0000000000000, 0.0, 0.0, 0.5, 2.0, 2.386294361119891, 0x7FF8000000000000, 0xFFF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000, 1.0e+200]> : tensor<12xf64>
  %r1:2 = ad.jvp @pushed_y(%x, %y) tangent(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r1#1, %expected within ulps = 0 : tensor<12xf64>
  %r2:2 = ad.vjp @pushed_y(%x, %y) seed(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r2#1, %expected within ulps = 0 : tensor<12xf64>
  %r3:2 = ad.jvp @pulled_y(%x, %y) tangent(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r3#1, %expected within ulps = 0 : tensor<12xf64>
  %r4:2 = ad.vjp @pulled_y(%x, %y) seed(%one) wrt = [0] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r4#1, %expected within ulps = 0 : tensor<12xf64>
  return
}

// x^y log² x, which at x = 0 is 0; there, as the power jumps, 0 by convention for y = 0.
func.func @twice_in_exponent() {
  %x = atled.constant dense<[0.0, 0.0, -0.0, 0.0, 2.0, 0.5, 4.0, -2.0, 0.0, 0.0, 0.0, 1.0e-200]> : tensor<12xf64>
  %y = atled.constant dense<[0.0, 1.0, 2.0, 3.0, 0.0, 0.0, 1.0, 3.0, 0.5, -1.0, -0.5, 0.0]> : tensor<12xf64>
  %one = atled.constant dense<1.0> : tensor<12xf64>
  %expected = atled.constant dense<[0.0, 0.0, 0.0, 0.0, 0.48045301391820144, 0.48045301391820144, 7.687248222691223, 0x7FF8000000000000, 0.0, 0x7FF0000000000000, 0x7FF0000000000000, 212075.92441913593]> : tensor<12xf64>
  %r1:2 = ad.jvp @pushed_y(%x, %y) tangent(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r1#1, %expected within ulps = 2 : tensor<12xf64>
  %r2:2 = ad.vjp @pushed_y(%x, %y) seed(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r2#1, %expected within ulps = 2 : tensor<12xf64>
  %r3:2 = ad.jvp @pulled_y(%x, %y) tangent(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r3#1, %expected within ulps = 2 : tensor<12xf64>
  %r4:2 = ad.vjp @pulled_y(%x, %y) seed(%one) wrt = [1] : (tensor<12xf64>, tensor<12xf64>, tensor<12xf64>) -> (tensor<12xf64>, tensor<12xf64>)
  check.expect_close %r4#1, %expected within ulps = 2 : tensor<12xf64>
  return
}
