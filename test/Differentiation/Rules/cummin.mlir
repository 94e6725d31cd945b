// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The elements so far that attain the minimum share; a new one takes all.
func.func private @f(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cummin %x dimension = 1 : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[DX:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cummin %[[X]] dimension = 1
// CHECK: %[[COUNT:.*]] = atled.linear_recurrence %[[ON:.*]], %[[E:.*]] dimension = 1 :
// CHECK: %[[B:.*]] = atled.mul %[[E]], %[[DX]]
// CHECK: %[[T:.*]] = atled.linear_recurrence %[[ON]], %[[B]] dimension = 1 :
// CHECK: %[[OUT:.*]] = atled.mul %[[T]], %{{.*}} : tensor<2x4xf64>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x4xf64>, %dx: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[SEED:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cummin %[[X]] dimension = 1
// CHECK: %[[COUNT:.*]] = atled.linear_recurrence %[[ON:.*]], %[[E:.*]] dimension = 1 :
// CHECK: %[[G:.*]] = atled.mul %[[SEED]], %{{.*}}
// CHECK: %[[ALL:.*]] = atled.linear_recurrence %{{.*}}, %[[G]] dimension = 1 reverse :
// CHECK: %[[OUT:.*]] = atled.mul %[[E]], %[[ALL]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x4xf64>, %seed: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// Both ways, by the pairing identity and by differences, to the second order.
func.func private @turned(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cummin %x dimension = 0 reverse : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x4xf64>
  check.gradients @turned at (%x0) order = 2 : tensor<2x4xf64>
  return
}

// Ties share what there is from the second on; zeros of both signs tie.
func.func @ties() {
  %x0 = atled.constant dense<[[-1.0, -3.0, -2.0, -3.0], [1.0, 0.0, -0.0, 2.0]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 2.0, 4.0, 8.0], [1.0, 2.0, 4.0, 8.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %e0 = atled.constant dense<[[1.0, 10.0, 0.0, 4.0], [1.0, 8.0, 6.0, 0.0]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %e0 : tensor<2x4xf64>
  return
}

// The last one agrees with the reduction. NaNs share among themselves.
func.func @not_a_number() {
  %x0 = atled.constant dense<[[-1.0, 0x7FF8000000000000, -2.0, 0x7FF8000000000000], [-5.0, -5.0, -5.0, -5.0]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 4.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %e0 = atled.constant dense<[[1.0, 2.5, 0.0, 0.5], [1.0, 1.0, 1.0, 1.0]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %e0 : tensor<2x4xf64>
  return
}

// Without the element itself; ties share.
func.func private @exclusive(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.cummin %x dimension = 0 exclusive : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func private @turned_exclusive(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %all = atled.cummin %x dimension = 1 reverse exclusive : tensor<2x4xf64>
  // The first is infinite where it is that of no elements.
  %result = atled.slice %all[0:2, 0:3] : tensor<2x4xf64> -> tensor<2x3xf64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %padded = atled.pad %result, %zero low = [0, 0] high = [0, 1] interior = [0, 0] : (tensor<2x3xf64>, tensor<f64>) -> tensor<2x4xf64>
  return %padded : tensor<2x4xf64>
}
func.func @without_itself() {
  %smooth = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @turned_exclusive at (%smooth) order = 2 : tensor<2x4xf64>
  %x = atled.constant dense<[2.0, 1.0, 1.0, 5.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 10.0, 100.0, 1000.0]> : tensor<4xf64>
  %r:2 = ad.vjp @exclusive(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0x7FF0000000000000, 2.0, 1.0, 1.0]> : tensor<4xf64>
  check.expect_close %r#0, %y within ulps = 2 : tensor<4xf64>
  %e0 = atled.constant dense<[10.0, 600.0, 500.0, 0.0]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within ulps = 4 : tensor<4xf64>
  return
}

// f16 does not hold the number of ties, and together they have the whole all the same. Of an exclusive one the first
// has nothing.
func.func private @many(%x: tensor<70000xf16>) -> tensor<70000xf16> {
  %y = atled.cummin %x dimension = 0 : tensor<70000xf16>
  return %y : tensor<70000xf16>
}
func.func private @many_exclusive(%x: tensor<70000xf16>) -> tensor<70000xf16> {
  %y = atled.cummin %x dimension = 0 reverse exclusive : tensor<70000xf16>
  return %y : tensor<70000xf16>
}
func.func @many_ties() {
  %x = atled.constant dense<1.0> : tensor<70000xf16>
  %a:2 = ad.jvp @many(%x) tangent(%x) wrt = [0]
      : (tensor<70000xf16>, tensor<70000xf16>) -> (tensor<70000xf16>, tensor<70000xf16>)
  check.expect_eq %a#1, %x : tensor<70000xf16>
  %b:2 = ad.jvp @many_exclusive(%x) tangent(%x) wrt = [0]
      : (tensor<70000xf16>, tensor<70000xf16>) -> (tensor<70000xf16>, tensor<70000xf16>)
  %ends = atled.slice %b#1[0:70000:69999] : tensor<70000xf16> -> tensor<2xf16>
  %e0 = atled.constant dense<[1.0, 0.0]> : tensor<2xf16>
  check.expect_eq %ends, %e0 : tensor<2xf16>
  return
}
