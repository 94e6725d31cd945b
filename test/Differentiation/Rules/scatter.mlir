// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s
// RUN: not atled-compile %s --vjp=product -o %t.o 2>&1 | FileCheck %s --check-prefix=PRODUCT

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

// A product has a derivative in what is multiplied, and none in the factors.
func.func @product(%x: tensor<4xf64>, %i: tensor<4xi32>, %u: tensor<4xf64>) -> tensor<4xf64> {
  // PRODUCT: scatter.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: 'atled.scatter' op has no derivative
  %result = atled.scatter mul, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>) -> tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @mul_derivatives() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25]> : tensor<4xf64>
  %i = atled.constant dense<[1, 3, 1, 0]> : tensor<4xi32>
  %u = atled.constant dense<[0.5, 0.0, -4.0, 5.0]> : tensor<4xf64>
  %seed = atled.constant dense<[1.0, 2.0, 4.0, 8.0]> : tensor<4xf64>
  %r:2 = ad.vjp @product(%x, %i, %u) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xi32>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %dx = atled.constant dense<[5.0, -4.0, 4.0, 0.0]> : tensor<4xf64>
  check.expect_eq %r#1, %dx : tensor<4xf64>
  check.gradients @product at (%x, %i, %u) wrt = [0] order = 2 : tensor<4xf64>, tensor<4xi32>, tensor<4xf64>
  return
}
