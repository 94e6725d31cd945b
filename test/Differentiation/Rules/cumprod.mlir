// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Tangents are multiplied by what follows, and those that join by what was before.
func.func private @f(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cumprod %x dimension = 1 : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[DX:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cumprod %[[X]] dimension = 1
// CHECK: %[[BEFORE:.*]] = atled.pad %[[RESULT]]
// CHECK: %[[B:.*]] = atled.mul %[[BEFORE]], %[[DX]]
// CHECK: %[[OUT:.*]] = atled.linear_recurrence %{{.*}}, %[[B]] dimension = 1 :
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x4xf64>, %dx: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[SEED:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cumprod %[[X]] dimension = 1
// CHECK: %[[BEFORE:.*]] = atled.pad %[[RESULT]]
// CHECK: %[[ALL:.*]] = atled.linear_recurrence %{{.*}}, %[[SEED]] dimension = 1 reverse :
// CHECK: %[[OUT:.*]] = atled.mul %[[BEFORE]], %[[ALL]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x4xf64>, %seed: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// Both ways, by the pairing identity and by differences, to the second order.
func.func private @turned(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cumprod %x dimension = 0 reverse : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x4xf64>
  check.gradients @turned at (%x0) order = 2 : tensor<2x4xf64>
  return
}

// Zeros: the products of all the others, without division; two of them leave nothing.
func.func @zeros() {
  %x0 = atled.constant dense<[[2.0, 0.0, 3.0, 5.0], [2.0, 0.0, 0.0, 5.0]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %y = atled.constant dense<[[2.0, 0.0, 0.0, 0.0], [2.0, 0.0, 0.0, 0.0]]> : tensor<2x4xf64>
  check.expect_eq %r#0, %y : tensor<2x4xf64>
  %e0 = atled.constant dense<[[1.0, 38.0, 0.0, 0.0], [1.0, 2.0, 0.0, 0.0]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %e0 : tensor<2x4xf64>
  return
}

// Without the element itself, and exact at 0.
func.func private @exclusive(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.cumprod %x dimension = 0 exclusive : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func private @turned_exclusive(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %all = atled.cumprod %x dimension = 1 reverse exclusive : tensor<2x4xf64>
  // The first is infinite where it is that of no elements.
  %result = atled.slice %all[0:2, 0:3] : tensor<2x4xf64> -> tensor<2x3xf64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %padded = atled.pad %result, %zero low = [0, 0] high = [0, 1] interior = [0, 0] : (tensor<2x3xf64>, tensor<f64>) -> tensor<2x4xf64>
  return %padded : tensor<2x4xf64>
}
func.func @without_itself() {
  %smooth = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @turned_exclusive at (%smooth) order = 2 : tensor<2x4xf64>
  %x = atled.constant dense<[2.0, 3.0, 0.0, 5.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 10.0, 100.0, 1000.0]> : tensor<4xf64>
  %r:2 = ad.vjp @exclusive(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[1.0, 2.0, 6.0, 0.0]> : tensor<4xf64>
  check.expect_close %r#0, %y within ulps = 2 : tensor<4xf64>
  %e0 = atled.constant dense<[310.0, 200.0, 6000.0, 0.0]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within ulps = 4 : tensor<4xf64>
  return
}

// A product so far may be beyond f16 where those of all the others are not: 2^14, twice, and 2^-14.
func.func private @narrow(%x: tensor<4xf16>) -> tensor<4xf16> {
  %result = atled.cumprod %x dimension = 0 : tensor<4xf16>
  return %result : tensor<4xf16>
}
func.func @beyond_f16() {
  %x = atled.constant dense<[6.103515625e-5, 6.103515625e-5, 16384.0, 16384.0]> : tensor<4xf16>
  %seed = atled.constant dense<[0.0, 0.0, 0.0, 1.0]> : tensor<4xf16>
  %a:2 = ad.vjp @narrow(%x) seed(%seed) wrt = [0] : (tensor<4xf16>, tensor<4xf16>) -> (tensor<4xf16>, tensor<4xf16>)
  %e0 = atled.constant dense<[16384.0, 16384.0, 6.103515625e-5, 6.103515625e-5]> : tensor<4xf16>
  check.expect_eq %a#1, %e0 : tensor<4xf16>
  // Each factor by a part of itself: the last product by four of them.
  %b:2 = ad.jvp @narrow(%x) tangent(%x) wrt = [0] : (tensor<4xf16>, tensor<4xf16>) -> (tensor<4xf16>, tensor<4xf16>)
  %last = atled.slice %b#1[3:4] : tensor<4xf16> -> tensor<1xf16>
  %four = atled.constant dense<4.0> : tensor<1xf16>
  check.expect_eq %last, %four : tensor<1xf16>
  return
}

// No product depends on the last element, not even if it is infinite or NaN.
func.func private @last(%x: tensor<3xf64>) -> tensor<3xf64> {
  %result = atled.cumprod %x dimension = 0 exclusive : tensor<3xf64>
  return %result : tensor<3xf64>
}
func.func private @first(%x: tensor<3xf32>) -> tensor<3xf32> {
  %result = atled.cumprod %x dimension = 0 reverse exclusive : tensor<3xf32>
  return %result : tensor<3xf32>
}
func.func @beside_what_takes_no_part() {
  %x = atled.constant dense<[1.0, 2.0, 0x7FF0000000000000]> : tensor<3xf64>
  %seed = atled.constant dense<1.0> : tensor<3xf64>
  %a:2 = ad.vjp @last(%x) seed(%seed) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %e0 = atled.constant dense<[3.0, 1.0, 0.0]> : tensor<3xf64>
  check.expect_eq %a#1, %e0 : tensor<3xf64>
  %turned = atled.constant dense<[0x7FC00000, 2.0, 1.0]> : tensor<3xf32>
  %ones = atled.constant dense<1.0> : tensor<3xf32>
  %b:2 = ad.vjp @first(%turned) seed(%ones) wrt = [0] : (tensor<3xf32>, tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>)
  %e1 = atled.constant dense<[0.0, 1.0, 3.0]> : tensor<3xf32>
  check.expect_eq %b#1, %e1 : tensor<3xf32>
  return
}

// Nor is what comes first multiplied by what is 0.
func.func @from_infinity() {
  %x = atled.constant dense<[0x7FF0000000000000, 2.0, 3.0]> : tensor<3xf64>
  %seed = atled.constant dense<1.0> : tensor<3xf64>
  %a:2 = ad.vjp @last(%x) seed(%seed) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %e0 = atled.constant dense<[3.0, 0x7FF0000000000000, 0.0]> : tensor<3xf64>
  check.expect_eq %a#1, %e0 : tensor<3xf64>
  %dx = atled.constant dense<[5.0, 1.0, 1.0]> : tensor<3xf64>
  %b:2 = ad.jvp @last(%x) tangent(%dx) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %e1 = atled.constant dense<[0.0, 5.0, 0x7FF0000000000000]> : tensor<3xf64>
  check.expect_eq %b#1, %e1 : tensor<3xf64>
  return
}
