// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Two contractions come back: with the other operand, over its free dimensions.
func.func private @f(%x: tensor<2x3x4xf64>, %y: tensor<4x5x2xf64>) -> tensor<2x3x5xf64> {
  %result = atled.contract %x, %y batch = [0] x [2] contracting = [2] x [0] : (tensor<2x3x4xf64>, tensor<4x5x2xf64>) -> tensor<2x3x5xf64>
  return %result : tensor<2x3x5xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf64>, %[[Y:.*]]: tensor<4x5x2xf64>, %[[DX:.*]]: tensor<2x3x4xf64>, %[[DY:.*]]: tensor<4x5x2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.contract %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.contract %[[DX]], %[[Y]]
// CHECK-NEXT: %[[B:.*]] = atled.contract %[[X]], %[[DY]]
// CHECK-NEXT: %[[OUT:.*]] = atled.add %[[A]], %[[B]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2x3x4xf64>, %y: tensor<4x5x2xf64>, %dx: tensor<2x3x4xf64>, %dy: tensor<4x5x2xf64>) -> (tensor<2x3x5xf64>, tensor<2x3x5xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<2x3x4xf64>, tensor<4x5x2xf64>, tensor<2x3x4xf64>, tensor<4x5x2xf64>) -> (tensor<2x3x5xf64>, tensor<2x3x5xf64>)
  return %r#0, %r#1 : tensor<2x3x5xf64>, tensor<2x3x5xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf64>, %[[Y:.*]]: tensor<4x5x2xf64>, %[[SEED:.*]]: tensor<2x3x5xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.contract %[[X]], %[[Y]]
// CHECK-NEXT: %[[A:.*]] = atled.contract %[[SEED]], %[[Y]] batch = [0] x [2] contracting = [2] x [1]
// CHECK-NEXT: %[[B0:.*]] = atled.contract %[[SEED]], %[[X]] batch = [0] x [0] contracting = [1] x [1]
// CHECK-NEXT: %[[B:.*]] = atled.transpose %[[B0]] permutation = [2, 1, 0]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]]
func.func @reverse(%x: tensor<2x3x4xf64>, %y: tensor<4x5x2xf64>, %seed: tensor<2x3x5xf64>) -> (tensor<2x3x5xf64>, tensor<2x3x4xf64>, tensor<4x5x2xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<2x3x4xf64>, tensor<4x5x2xf64>, tensor<2x3x5xf64>) -> (tensor<2x3x5xf64>, tensor<2x3x4xf64>, tensor<4x5x2xf64>)
  return %r#0, %r#1, %r#2 : tensor<2x3x5xf64>, tensor<2x3x4xf64>, tensor<4x5x2xf64>
}

func.func @derivatives() {
  %i = atled.iota dimension = 0 : tensor<24xf64>
  %c = atled.constant dense<0.37> : tensor<24xf64>
  %a = atled.mul %i, %c : tensor<24xf64>
  %b = atled.sin %a : tensor<24xf64>
  %x = atled.reshape %b : tensor<24xf64> -> tensor<2x3x4xf64>
  %j = atled.iota dimension = 0 : tensor<40xf64>
  %d = atled.cos %j : tensor<40xf64>
  %y = atled.reshape %d : tensor<40xf64> -> tensor<4x5x2xf64>
  check.gradients @f at (%x, %y) order = 2 : tensor<2x3x4xf64>, tensor<4x5x2xf64>
  return
}

// Two pairs of contracting dimensions, given in another order than they stand.
func.func private @pairs(%x: tensor<2x3x4xf64>, %y: tensor<4x3x2xf64>) -> tensor<2x2xf64> {
  %z = atled.contract %x, %y batch = [] x [] contracting = [2, 1] x [0, 1]
      : (tensor<2x3x4xf64>, tensor<4x3x2xf64>) -> tensor<2x2xf64>
  return %z : tensor<2x2xf64>
}
func.func @two_pairs() {
  %i = atled.iota dimension = 0 : tensor<24xf64>
  %b = atled.sin %i : tensor<24xf64>
  %x = atled.reshape %b : tensor<24xf64> -> tensor<2x3x4xf64>
  %d = atled.cos %i : tensor<24xf64>
  %y = atled.reshape %d : tensor<24xf64> -> tensor<4x3x2xf64>
  check.gradients @pairs at (%x, %y) order = 2 : tensor<2x3x4xf64>, tensor<4x3x2xf64>
  return
}

// Nothing contracted: an outer product.
func.func private @outer(%x: tensor<2xf64>, %y: tensor<3xf64>) -> tensor<2x3xf64> {
  %z = atled.contract %x, %y batch = [] x [] contracting = [] x [] : (tensor<2xf64>, tensor<3xf64>) -> tensor<2x3xf64>
  return %z : tensor<2x3xf64>
}
func.func @outer_product() {
  %x = atled.constant dense<[0.5, 1.5]> : tensor<2xf64>
  %y = atled.constant dense<[-1.0, 2.0, 0.25]> : tensor<3xf64>
  check.gradients @outer at (%x, %y) order = 2 : tensor<2xf64>, tensor<3xf64>
  return
}
