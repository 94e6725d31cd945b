// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

func.func private @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.minimum %x, %y : tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.minimum %[[X]], %[[Y]]
// CHECK: %[[W:.*]] = atled.compare lt, %[[X]], %[[Y]]
// CHECK: %[[A:.*]] = atled.select %[[W]],
// CHECK: %[[W2:.*]] = atled.compare lt, %[[Y]], %[[X]]
// CHECK: %[[B:.*]] = atled.select %[[W2]],
// CHECK: %[[OUT:.*]] = atled.add
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x, %y) tangent(%dx, %dy) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.minimum %[[X]], %[[Y]]
// CHECK: %[[W:.*]] = atled.compare lt, %[[X]], %[[Y]]
// CHECK: %[[A:.*]] = atled.select %[[W]],
// CHECK: %[[W2:.*]] = atled.compare lt, %[[Y]], %[[X]]
// CHECK: %[[B:.*]] = atled.select %[[W2]],
func.func @reverse(%x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%x, %y) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

// Away from kinks, by the pairing identity and by differences.
func.func @derivatives() {
  %x0 = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.25, -0.8, 0.6, -2.0]> : tensor<4xf64>
  check.gradients @f at (%x0, %x1) : tensor<4xf64>, tensor<4xf64>
  return
}

// A tie is split; zeros of both signs tie.
func.func @tie() {
  %x0 = atled.constant dense<[1.0, 0.0, -0.0, 2.0]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.0, -0.0, 0.0, 2.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:3 = ad.vjp @f(%x0, %x1) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[0.5, 0.5, 0.5, 0.5]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  %e1 = atled.constant dense<[0.5, 0.5, 0.5, 0.5]> : tensor<4xf64>
  check.expect_eq %r#2, %e1 : tensor<4xf64>
  return
}

// A NaN takes the derivative from a number; two share.
func.func @not_a_number() {
  %x0 = atled.constant dense<[0x7FF8000000000000, 1.0, 0x7FF8000000000000, 1.0]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.0, 0x7FF8000000000000, 0x7FF8000000000000, 3.0]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:3 = ad.vjp @f(%x0, %x1) seed(%seed) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %e0 = atled.constant dense<[1.0, 0.0, 0.5, 1.0]> : tensor<4xf64>
  check.expect_eq %r#1, %e0 : tensor<4xf64>
  %e1 = atled.constant dense<[0.0, 1.0, 0.5, 0.0]> : tensor<4xf64>
  check.expect_eq %r#2, %e1 : tensor<4xf64>
  return
}

// tie = first.
func.func private @first(%x: tensor<f64>, %y: tensor<f64>) -> tensor<f64> {
  %result = atled.minimum %x, %y tie = first : tensor<f64>
  return %result : tensor<f64>
}
func.func @tie_first() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %r:2 = ad.grad @first(%x, %x) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %e0 = atled.constant dense<1.0> : tensor<f64>
  %e1 = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %r#0, %e0 : tensor<f64>
  check.expect_eq %r#1, %e1 : tensor<f64>
  return
}

// tie = zero.
func.func private @zero(%x: tensor<f64>, %y: tensor<f64>) -> tensor<f64> {
  %result = atled.minimum %x, %y tie = zero : tensor<f64>
  return %result : tensor<f64>
}
func.func @tie_zero() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %r:2 = ad.grad @zero(%x, %x) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %e0 = atled.constant dense<0.0> : tensor<f64>
  %e1 = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %r#0, %e0 : tensor<f64>
  check.expect_eq %r#1, %e1 : tensor<f64>
  return
}

// tie = one.
func.func private @one(%x: tensor<f64>, %y: tensor<f64>) -> tensor<f64> {
  %result = atled.minimum %x, %y tie = one : tensor<f64>
  return %result : tensor<f64>
}
func.func @tie_one() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %r:2 = ad.grad @one(%x, %x) wrt = [0, 1] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %e0 = atled.constant dense<1.0> : tensor<f64>
  %e1 = atled.constant dense<1.0> : tensor<f64>
  check.expect_eq %r#0, %e0 : tensor<f64>
  check.expect_eq %r#1, %e1 : tensor<f64>
  return
}
