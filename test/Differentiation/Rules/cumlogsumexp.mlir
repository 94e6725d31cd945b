// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// What each sum keeps of the one before, and takes of its own element.
func.func private @f(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cumlogsumexp %x dimension = 1 : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[DX:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cumlogsumexp %[[X]] dimension = 1
// CHECK: %[[B:.*]] = atled.mul %[[SHARE:.*]], %[[DX]]
// CHECK: %[[OUT:.*]] = atled.linear_recurrence %{{.*}}, %[[B]] dimension = 1 :
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x4xf64>, %dx: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x4xf64>, %[[SEED:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.cumlogsumexp %[[X]] dimension = 1
// CHECK: %[[ALL:.*]] = atled.linear_recurrence %{{.*}}, %[[SEED]] dimension = 1 reverse :
// CHECK: %[[OUT:.*]] = atled.mul %{{.*}}, %[[ALL]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x4xf64>, %seed: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// Both ways, by the pairing identity and by differences, to the second order.
func.func private @turned(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.cumlogsumexp %x dimension = 0 reverse : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x4xf64>
  check.gradients @turned at (%x0) order = 2 : tensor<2x4xf64>
  return
}

// Nothing overflows; as long as there is nothing, nothing passes.
func.func @nothing() {
  %x0 = atled.constant dense<[[0xFFF0000000000000, 0xFFF0000000000000, 3.0, 0xFFF0000000000000], [1.0e4, -1.0e4, 0.0, 2.0e4]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %y = atled.constant dense<[[0xFFF0000000000000, 0xFFF0000000000000, 3.0, 3.0], [1.0e4, 1.0e4, 1.0e4, 2.0e4]]> : tensor<2x4xf64>
  check.expect_eq %r#0, %y : tensor<2x4xf64>
  %e0 = atled.constant dense<[[0.0, 0.0, 2.0, 0.0], [3.0, 0.0, 0.0, 1.0]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %e0 : tensor<2x4xf64>
  return
}

// Far from zero, on both sides.
func.func @far() {
  %x0 = atled.constant dense<[[0xFFF0000000000000, -1000.0, -1000.0, 0xFFF0000000000000], [-1000.0, 1000.0, 1000.0, -5.0]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 1.0, 2.0, 0.0], [1.0, 1.0, 2.0, 0.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %y = atled.constant dense<[[0xFFF0000000000000, -1000.0, -999.3068528194400547, -999.3068528194400547], [-1000.0, 1000.0, 1000.6931471805599453, 1000.6931471805599453]]> : tensor<2x4xf64>
  check.expect_close %r#0, %y within ulps = 2 : tensor<2x4xf64>
  %e0 = atled.constant dense<[[0.0, 2.0, 1.0, 0.0], [1.0, 2.0, 1.0, 0.0]]> : tensor<2x4xf64>
  check.expect_close %r#1, %e0 within rtol = 1.0e-12 : tensor<2x4xf64>
  return
}

// Without the element itself.
func.func private @exclusive(%x: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.cumlogsumexp %x dimension = 0 exclusive : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func private @turned_exclusive(%x: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %all = atled.cumlogsumexp %x dimension = 1 reverse exclusive : tensor<2x4xf64>
  // The first is infinite where it is that of no elements.
  %result = atled.slice %all[0:2, 0:3] : tensor<2x4xf64> -> tensor<2x3xf64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %padded = atled.pad %result, %zero low = [0, 0] high = [0, 1] interior = [0, 0] : (tensor<2x3xf64>, tensor<f64>) -> tensor<2x4xf64>
  return %padded : tensor<2x4xf64>
}
func.func @without_itself() {
  %smooth = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  check.gradients @turned_exclusive at (%smooth) order = 2 : tensor<2x4xf64>
  %x = atled.constant dense<[3.0, 3.0, -1000.0, 5.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 10.0, 100.0, 1000.0]> : tensor<4xf64>
  %r:2 = ad.vjp @exclusive(%x) seed(%seed) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0xFFF0000000000000, 3.0, 3.6931471805599453094, 3.6931471805599453094]> : tensor<4xf64>
  check.expect_close %r#0, %y within ulps = 2 : tensor<4xf64>
  %e0 = atled.constant dense<[560.0, 550.0, 0.0, 0.0]> : tensor<4xf64>
  check.expect_close %r#1, %e0 within ulps = 4 : tensor<4xf64>
  return
}

// Where the result is large, the shares lose nothing: those of 0, 1 and 2, whatever is added.
func.func @large() {
  %x0 = atled.constant dense<[[1.0e15, 1.000000000000001e15, 1.000000000000002e15, -1.0e15], [-1.0e15, -0.999999999999999e15, -0.999999999999998e15, -2.0e15]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %e0 = atled.constant dense<[[0.09003057317038046, 0.24472847105479764, 0.6652409557748219, 0.0], [0.09003057317038046, 0.24472847105479764, 0.6652409557748219, 0.0]]> : tensor<2x4xf64>
  check.expect_close %r#1, %e0 within ulps = 8 : tensor<2x4xf64>
  return
}

// The +inf so far share, as in logsumexp; after a NaN all is NaN, for what was before, too.
func.func @infinite() {
  %x0 = atled.constant dense<[[1.0, 0x7FF0000000000000, 0x7FF0000000000000, 2.0], [0xFFF0000000000000, 3.0, 0x7FF8000000000000, 4.0]]> : tensor<2x4xf64>
  %seed = atled.constant dense<[[1.0, 10.0, 100.0, 1000.0], [1.0, 1.0, 0.0, 0.0]]> : tensor<2x4xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  %y = atled.constant dense<[[1.0, 0x7FF0000000000000, 0x7FF0000000000000, 0x7FF0000000000000], [0xFFF0000000000000, 3.0, 0x7FF8000000000000, 0x7FF8000000000000]]> : tensor<2x4xf64>
  check.expect_eq %r#0, %y : tensor<2x4xf64>
  %e0 = atled.constant dense<[[1.0, 560.0, 550.0, 0.0], [0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %e0 : tensor<2x4xf64>
  return
}

// An integer is its own floor: the second order there, too.
func.func @integers() {
  %x = atled.constant dense<[[1.0, 2.0, 0.0, 2.0], [-1.0, -1.0, 3.0, -4.0]]> : tensor<2x4xf64>
  check.gradients @f at (%x) order = 2 : tensor<2x4xf64>
  return
}

// The shares of equal elements add up to 1, however many there are: what is rounded to bf16 or f16 is no factor of what
// follows.
func.func private @bf16(%x: tensor<?xbf16>) -> tensor<?xbf16> {
  %result = atled.cumlogsumexp %x dimension = 0 : tensor<?xbf16>
  return %result : tensor<?xbf16>
}
func.func private @f16(%x: tensor<10000xf16>) -> tensor<10000xf16> {
  %result = atled.cumlogsumexp %x dimension = 0 : tensor<10000xf16>
  return %result : tensor<10000xf16>
}
func.func @narrow() {
  %n = arith.constant 4000 : index
  %scalar = atled.constant dense<1.0> : tensor<bf16>
  %x = atled.broadcast %scalar dimensions = [] sizes(%n) : tensor<bf16> -> tensor<?xbf16>
  %a:2 = ad.jvp @bf16(%x) tangent(%x) wrt = [0] : (tensor<?xbf16>, tensor<?xbf16>) -> (tensor<?xbf16>, tensor<?xbf16>)
  %tangent = tensor.cast %a#1 : tensor<?xbf16> to tensor<4000xbf16>
  %all = atled.constant dense<1.0> : tensor<4000xbf16>
  check.expect_eq %tangent, %all : tensor<4000xbf16>
  %ones = atled.constant dense<1.0> : tensor<10000xf16>
  %b:2 = ad.jvp @f16(%ones) tangent(%ones) wrt = [0]
      : (tensor<10000xf16>, tensor<10000xf16>) -> (tensor<10000xf16>, tensor<10000xf16>)
  check.expect_eq %b#1, %ones : tensor<10000xf16>
  // The last sum is everyone's in equal parts.
  %zeros = atled.constant dense<0.0> : tensor<9999xf16>
  %one = atled.constant dense<1.0> : tensor<1xf16>
  %seed = atled.concatenate %zeros, %one dimension = 0 : (tensor<9999xf16>, tensor<1xf16>) -> tensor<10000xf16>
  %c:2 = ad.vjp @f16(%ones) seed(%seed) wrt = [0]
      : (tensor<10000xf16>, tensor<10000xf16>) -> (tensor<10000xf16>, tensor<10000xf16>)
  %part = atled.constant dense<1.0e-4> : tensor<10000xf16>
  check.expect_close %c#1, %part within ulps = 1 : tensor<10000xf16>
  return
}

// No sum depends on the last element, not even if it is NaN or infinite: 1 and the logistic function of 1, and of -1.
func.func private @last(%x: tensor<3xf64>) -> tensor<3xf64> {
  %result = atled.cumlogsumexp %x dimension = 0 exclusive : tensor<3xf64>
  return %result : tensor<3xf64>
}
func.func private @first(%x: tensor<3xf64>) -> tensor<3xf64> {
  %result = atled.cumlogsumexp %x dimension = 0 reverse exclusive : tensor<3xf64>
  return %result : tensor<3xf64>
}
func.func @beside_what_takes_no_part() {
  %seed = atled.constant dense<1.0> : tensor<3xf64>
  %x = atled.constant dense<[1.0, 2.0, 0x7FF8000000000000]> : tensor<3xf64>
  %a:2 = ad.vjp @last(%x) seed(%seed) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %e0 = atled.constant dense<[1.2689414213699951, 0.7310585786300049, 0.0]> : tensor<3xf64>
  check.expect_close %a#1, %e0 within ulps = 4 : tensor<3xf64>
  %turned = atled.constant dense<[0x7FF0000000000000, 2.0, 1.0]> : tensor<3xf64>
  %b:2 = ad.vjp @first(%turned) seed(%seed) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %e1 = atled.constant dense<[0.0, 0.7310585786300049, 1.2689414213699951]> : tensor<3xf64>
  check.expect_close %b#1, %e1 within ulps = 4 : tensor<3xf64>
  return
}
