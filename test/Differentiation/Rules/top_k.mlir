// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Forward, tangents are taken from where the values are; back, cotangents go there.
func.func private @f(%x: tensor<2x5xf64>) -> tensor<2x3xf64> {
  %result, %indices = atled.top_k %x dimension = 1 k = 3 : (tensor<2x5xf64>) -> (tensor<2x3xf64>, tensor<2x3xi32>)
  return %result : tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x5xf64>, %[[DX:.*]]: tensor<2x5xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]], %[[INDICES:.*]] = atled.top_k %[[X]]
// CHECK-NEXT: %[[OUT:.*]] = atled.gather %[[DX]][%[[INDICES]]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x5xf64>, %dx: tensor<2x5xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2x5xf64>, tensor<2x5xf64>) -> (tensor<2x3xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x3xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2x5xf64>, %[[SEED:.*]]: tensor<2x3xf64>) ->
// CHECK: %[[RESULT:.*]], %[[INDICES:.*]] = atled.top_k %[[X]]
// CHECK: %[[OUT:.*]] = atled.scatter add, %[[SEED]] into %{{.*}}[%[[INDICES]]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x5xf64>, %seed: tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x5xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2x5xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x5xf64>)
  return %r#0, %r#1 : tensor<2x3xf64>, tensor<2x5xf64>
}

// By the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7, 1.0, -2.0], [0.25, 2.25, -1.0, 0.75, 3.0]]> : tensor<2x5xf64>
  check.gradients @f at (%x0) order = 2 : tensor<2x5xf64>
  return
}

// Of equal elements the first is taken, NaN before all numbers.
func.func @ties() {
  %x0 = atled.constant dense<[[2.0, 1.0, 2.0, 2.0, 2.0], [0.0, 0x7FF8000000000000, -0.0, -1.0, 0x7FF8000000000000]]> : tensor<2x5xf64>
  %seed = atled.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
  %r:2 = ad.vjp @f(%x0) seed(%seed) wrt = [0] : (tensor<2x5xf64>, tensor<2x3xf64>) -> (tensor<2x3xf64>, tensor<2x5xf64>)
  %y = atled.constant dense<[[2.0, 2.0, 2.0], [0x7FF8000000000000, 0x7FF8000000000000, 0.0]]> : tensor<2x3xf64>
  check.expect_eq %r#0, %y : tensor<2x3xf64>
  %e0 = atled.constant dense<[[1.0, 0.0, 2.0, 3.0, 0.0], [6.0, 4.0, 0.0, 0.0, 5.0]]> : tensor<2x5xf64>
  check.expect_eq %r#1, %e0 : tensor<2x5xf64>
  return
}

// None of them, and none of none.
func.func private @none(%x: tensor<2xf64>) -> tensor<0xf64> {
  %result, %indices = atled.top_k %x dimension = 0 k = 0 : (tensor<2xf64>) -> (tensor<0xf64>, tensor<0xi32>)
  return %result : tensor<0xf64>
}
func.func private @none_of_none(%x: tensor<0xf64>) -> tensor<0xf64> {
  %result, %indices = atled.top_k %x dimension = 0 k = 0 : (tensor<0xf64>) -> (tensor<0xf64>, tensor<0xi32>)
  return %result : tensor<0xf64>
}
func.func private @some_of_none(%x: tensor<3x0xf64>) -> tensor<2x0xf64> {
  %result, %indices = atled.top_k %x dimension = 0 k = 2 : (tensor<3x0xf64>) -> (tensor<2x0xf64>, tensor<2x0xi32>)
  return %result : tensor<2x0xf64>
}
func.func @no_elements() {
  %x = atled.constant dense<1.0> : tensor<2xf64>
  %empty = atled.constant dense<> : tensor<0xf64>
  %zero = atled.constant dense<0.0> : tensor<2xf64>
  %r:2 = ad.vjp @none(%x) seed(%empty) wrt = [0] : (tensor<2xf64>, tensor<0xf64>) -> (tensor<0xf64>, tensor<2xf64>)
  check.expect_eq %r#1, %zero : tensor<2xf64>
  %j:2 = ad.jvp @none_of_none(%empty) tangent(%empty) wrt = [0] : (tensor<0xf64>, tensor<0xf64>) -> (tensor<0xf64>, tensor<0xf64>)
  check.expect_eq %j#1, %empty : tensor<0xf64>
  %rows = atled.constant dense<> : tensor<3x0xf64>
  %two = atled.constant dense<> : tensor<2x0xf64>
  %s:2 = ad.jvp @some_of_none(%rows) tangent(%rows) wrt = [0] : (tensor<3x0xf64>, tensor<3x0xf64>) -> (tensor<2x0xf64>, tensor<2x0xf64>)
  check.expect_eq %s#1, %two : tensor<2x0xf64>
  return
}
