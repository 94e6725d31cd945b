// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// CHECK-LABEL: func.func private @add.vjp.0_2(
// CHECK-SAME: %[[SEED:[a-z0-9]+]]: tensor<4xf64>) -> (
// CHECK: %[[Y:.*]] = atled.scatter add
// CHECK: %[[DU:.*]] = atled.gather %[[SEED]][{{.*}}] {{.*}} out_of_range = drop
// CHECK: return %[[Y]], %[[SEED]], %[[DU]]

// All that is added up has the cotangent of the sum; what is outside has none.
func.func private @add(%x: tensor<4xf64>, %i: tensor<4xi32>, %u: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.scatter add, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>) -> tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @add_derivatives() {
  %x = atled.constant dense<[0.5, 1.5, 2.5, 3.5]> : tensor<4xf64>
  %i = atled.constant dense<[1, 1, 3, -1]> : tensor<4xi32>
  %u = atled.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %r:3 = ad.vjp @add(%x, %i, %u) seed(%seed) wrt = [0, 2]
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.5, 4.5, 2.5, 6.5]> : tensor<4xf64>
  %dx = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %du = atled.constant dense<[2.0, 2.0, 8.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  check.expect_eq %r#1, %dx : tensor<4xf64>
  check.expect_eq %r#2, %du : tensor<4xf64>
  return
}
func.func @add_away_from_ties() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25]> : tensor<4xf64>
  %i = atled.constant dense<[1, 3, 1, 9]> : tensor<4xi32>
  %u = atled.constant dense<[0.3, 1.2, -0.7, 5.0]> : tensor<4xf64>
  check.gradients @add at (%x, %i, %u) wrt = [0, 2] order = 2 : tensor<4xf64>, tensor<4xi32>, tensor<4xf64>
  return
}

// The last one wins, and only it has a cotangent; what it overwrites has none.
func.func private @set(%x: tensor<4xf64>, %i: tensor<4xi32>, %u: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.scatter set, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>) -> tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @set_derivatives() {
  %x = atled.constant dense<[0.5, 1.5, 2.5, 3.5]> : tensor<4xf64>
  %i = atled.constant dense<[1, 1, 3, -1]> : tensor<4xi32>
  %u = atled.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %r:3 = ad.vjp @set(%x, %i, %u) seed(%seed) wrt = [0, 2]
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.5, 2.0, 2.5, 3.0]> : tensor<4xf64>
  %dx = atled.constant dense<[1.0, 0.0, 4.0, 0.0]> : tensor<4xf64>
  %du = atled.constant dense<[0.0, 2.0, 8.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  check.expect_eq %r#1, %dx : tensor<4xf64>
  check.expect_eq %r#2, %du : tensor<4xf64>
  return
}
func.func @set_away_from_ties() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25]> : tensor<4xf64>
  %i = atled.constant dense<[1, 3, 1, 9]> : tensor<4xi32>
  %u = atled.constant dense<[0.3, 1.2, -0.7, 5.0]> : tensor<4xf64>
  check.gradients @set at (%x, %i, %u) wrt = [0, 2] order = 2 : tensor<4xf64>, tensor<4xi32>, tensor<4xf64>
  return
}

// All that attain the maximum share it, the original included: a third of 2 each.
func.func private @max(%x: tensor<4xf64>, %i: tensor<4xi32>, %u: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.scatter max, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>) -> tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @max_derivatives() {
  %x = atled.constant dense<[0.5, 2.0, 2.5, 3.5]> : tensor<4xf64>
  %i = atled.constant dense<[1, 1, 3, -1]> : tensor<4xi32>
  %u = atled.constant dense<[2.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %r:3 = ad.vjp @max(%x, %i, %u) seed(%seed) wrt = [0, 2]
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.5, 2.0, 2.5, 3.5]> : tensor<4xf64>
  %dx = atled.constant dense<[1.0, 0x3FE5555555555555, 4.0, 8.0]> : tensor<4xf64>
  %du = atled.constant dense<[0x3FE5555555555555, 0x3FE5555555555555, 0.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  check.expect_eq %r#1, %dx : tensor<4xf64>
  check.expect_eq %r#2, %du : tensor<4xf64>
  return
}
func.func @max_away_from_ties() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25]> : tensor<4xf64>
  %i = atled.constant dense<[1, 3, 1, 9]> : tensor<4xi32>
  %u = atled.constant dense<[0.3, 1.2, -0.7, 5.0]> : tensor<4xf64>
  check.gradients @max at (%x, %i, %u) wrt = [0, 2] order = 2 : tensor<4xf64>, tensor<4xi32>, tensor<4xf64>
  return
}

// All that attain the minimum share it.
func.func private @min(%x: tensor<4xf64>, %i: tensor<4xi32>, %u: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.scatter min, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>) -> tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @min_derivatives() {
  %x = atled.constant dense<[0.5, 2.0, 2.5, 3.5]> : tensor<4xf64>
  %i = atled.constant dense<[1, 1, 3, -1]> : tensor<4xi32>
  %u = atled.constant dense<[2.0, 3.0, 3.0, 4.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %r:3 = ad.vjp @min(%x, %i, %u) seed(%seed) wrt = [0, 2]
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.5, 2.0, 2.5, 3.0]> : tensor<4xf64>
  %dx = atled.constant dense<[1.0, 1.0, 4.0, 0.0]> : tensor<4xf64>
  %du = atled.constant dense<[1.0, 0.0, 8.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<4xf64>
  check.expect_eq %r#1, %dx : tensor<4xf64>
  check.expect_eq %r#2, %du : tensor<4xf64>
  return
}
func.func @min_away_from_ties() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25]> : tensor<4xf64>
  %i = atled.constant dense<[1, 3, 1, 9]> : tensor<4xi32>
  %u = atled.constant dense<[0.3, 1.2, -0.7, 5.0]> : tensor<4xf64>
  check.gradients @min at (%x, %i, %u) wrt = [0, 2] order = 2 : tensor<4xf64>, tensor<4xi32>, tensor<4xf64>
  return
}

// With a product each factor has all the others, what was there included, where one is 0 and where two are.
func.func @mul(%x: tensor<4xf64>, %i: tensor<6xi32>, %u: tensor<6xf64>) -> tensor<4xf64> {
  %result = atled.scatter mul, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<4xf64>, tensor<6xi32>, tensor<6xf64>) -> tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @mul_derivatives() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25]> : tensor<4xf64>
  %i = atled.constant dense<[1, 3, 1, 0, 3, 9]> : tensor<6xi32>
  %u = atled.constant dense<[0.5, 0.0, -4.0, 0.0, 0.0, 3.0]> : tensor<6xf64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %r:3 = ad.vjp @mul(%x, %i, %u) seed(%seed) wrt = [0, 2]
      : (tensor<4xf64>, tensor<6xi32>, tensor<6xf64>, tensor<4xf64>)
      -> (tensor<4xf64>, tensor<4xf64>, tensor<6xf64>)
  %dx = atled.constant dense<[0.0, -4.0, 4.0, 0.0]> : tensor<4xf64>
  %du = atled.constant dense<[12.0, 0.0, -1.5, 0.5, 0.0, 0.0]> : tensor<6xf64>
  check.expect_eq %r#1, %dx : tensor<4xf64>
  check.expect_eq %r#2, %du : tensor<6xf64>
  // Two zeros at one place: the second derivative is all that is left there.
  check.gradients @mul at (%x, %i, %u) wrt = [0, 2] order = 2 : tensor<4xf64>, tensor<6xi32>, tensor<6xf64>
  return
}

// An infinity stays where it is: its neighbours have their own products.
func.func @mul_beside_an_infinity() {
  %x = atled.constant dense<[0.5, -1.5, 0x7FF0000000000000, 0.25]> : tensor<4xf64>
  %i = atled.constant dense<[2, 1, 2, 0, 1, -1]> : tensor<6xi32>
  %u = atled.constant dense<[2.0, 3.0, 4.0, 5.0, 6.0, 7.0]> : tensor<6xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @mul(%x, %i, %u) seed(%seed) wrt = [2]
      : (tensor<4xf64>, tensor<6xi32>, tensor<6xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<6xf64>)
  %du = atled.constant dense<[0x7FF0000000000000, -9.0, 0x7FF0000000000000, 0.5, -4.5, 0.0]> : tensor<6xf64>
  check.expect_eq %r#1, %du : tensor<6xf64>
  return
}

// Windows that overlap, one of them moved inside.
func.func private @mul_rows(%x: tensor<3x4xf64>, %i: tensor<3x2xi32>, %u: tensor<3x2x2xf64>) -> tensor<3x4xf64> {
  %result = atled.scatter mul, %u into %x[%i] offset = [1, 2] collapsed = [] indexed = [0, 1] vector = 1
      out_of_range = clamp : (tensor<3x4xf64>, tensor<3x2xi32>, tensor<3x2x2xf64>) -> tensor<3x4xf64>
  return %result : tensor<3x4xf64>
}
func.func @mul_of_windows() {
  %x = atled.constant dense<[[1.0, 2.0, 3.0, 4.0], [0.0, 6.0, 7.0, 8.0], [9.0, 0.5, 0.25, -1.0]]> : tensor<3x4xf64>
  %i = atled.constant dense<[[0, 0], [0, 1], [5, 1]]> : tensor<3x2xi32>
  %u = atled.constant dense<[[[0.5, 0.0], [2.0, -1.0]], [[1.5, 3.0], [0.25, 0.0]], [[1.0, 2.0], [-0.5, 0.75]]]>
      : tensor<3x2x2xf64>
  check.gradients @mul_rows at (%x, %i, %u) wrt = [0, 2] order = 2
      : tensor<3x4xf64>, tensor<3x2xi32>, tensor<3x2x2xf64>
  return
}

// All is outside of what has no elements.
func.func private @nowhere(%x: tensor<0xf64>, %i: tensor<2xi32>, %u: tensor<2xf64>) -> tensor<0xf64> {
  %result = atled.scatter mul, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<0xf64>, tensor<2xi32>, tensor<2xf64>) -> tensor<0xf64>
  return %result : tensor<0xf64>
}
func.func @into_nothing() {
  %x = atled.constant dense<> : tensor<0xf64>
  %i = atled.constant dense<[0, 1]> : tensor<2xi32>
  %u = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:2 = ad.vjp @nowhere(%x, %i, %u) seed(%x) wrt = [2]
      : (tensor<0xf64>, tensor<2xi32>, tensor<2xf64>, tensor<0xf64>) -> (tensor<0xf64>, tensor<2xf64>)
  %zero = atled.constant dense<0.0> : tensor<2xf64>
  check.expect_eq %r#1, %zero : tensor<2xf64>
  return
}

// Out of range, whatever was promised: nowhere, and nothing comes back from there.
func.func private @promised(%x: tensor<3xf64>, %i: tensor<4xi32>, %u: tensor<4xf64>) -> tensor<3xf64> {
  %result = atled.scatter add, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<3xf64>, tensor<4xi32>, tensor<4xf64>) -> tensor<3xf64>
  return %result : tensor<3xf64>
}
func.func @out_of_range() {
  %x = atled.constant dense<[0.5, 1.5, -0.75]> : tensor<3xf64>
  %i = atled.constant dense<[7, -5, 1, 1]> : tensor<4xi32>
  %u = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %seed = atled.constant dense<[3.0, 5.0, 7.0]> : tensor<3xf64>
  %r:3 = ad.vjp @promised(%x, %i, %u) seed(%seed) wrt = [0, 2]
      : (tensor<3xf64>, tensor<4xi32>, tensor<4xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>, tensor<4xf64>)
  %y = atled.constant dense<[0.5, 13.5, -0.75]> : tensor<3xf64>
  %du = atled.constant dense<[0.0, 0.0, 5.0, 5.0]> : tensor<4xf64>
  check.expect_eq %r#0, %y : tensor<3xf64>
  check.expect_eq %r#1, %seed : tensor<3xf64>
  check.expect_eq %r#2, %du : tensor<4xf64>
  return
}

// f16 does not hold the number of ties, and together they have the whole all the same, but for what their sum, one after
// the other, rounds.
func.func private @max_of_many(%x: tensor<1xf16>, %i: tensor<70000x1xi32>, %u: tensor<70000xf16>) -> tensor<1xf16> {
  %result = atled.scatter max, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<1xf16>, tensor<70000x1xi32>, tensor<70000xf16>) -> tensor<1xf16>
  return %result : tensor<1xf16>
}
func.func @many_ties() {
  %x = atled.constant dense<1.0> : tensor<1xf16>
  %i = atled.constant dense<0> : tensor<70000x1xi32>
  %u = atled.constant dense<1.0> : tensor<70000xf16>
  %a:2 = ad.jvp @max_of_many(%x, %i, %u) tangent(%x, %u) wrt = [0, 2]
      : (tensor<1xf16>, tensor<70000x1xi32>, tensor<70000xf16>, tensor<1xf16>, tensor<70000xf16>) -> (tensor<1xf16>, tensor<1xf16>)
  check.expect_close %a#1, %x within ulps = 1 : tensor<1xf16>
  %b:3 = ad.vjp @max_of_many(%x, %i, %u) seed(%x) wrt = [0, 2]
      : (tensor<1xf16>, tensor<70000x1xi32>, tensor<70000xf16>, tensor<1xf16>) -> (tensor<1xf16>, tensor<1xf16>, tensor<70000xf16>)
  %dx = atled.constant dense<1.4285510e-5> : tensor<1xf16>
  %du = atled.constant dense<1.4285510e-5> : tensor<70000xf16>
  check.expect_eq %b#1, %dx : tensor<1xf16>
  check.expect_eq %b#2, %du : tensor<70000xf16>
  return
}
