// RUN: atled-opt %s -ad-differentiate -split-input-file | FileCheck %s

// Each operation is followed by its tangent.
func.func @chain(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.sin %x : tensor<4xf32>
  %b = atled.exp %a : tensor<4xf32>
  return %b : tensor<4xf32>
}
// CHECK-LABEL: func.func private @chain.jvp.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[DX:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[A:.*]] = atled.sin %[[X]]
// CHECK-NEXT: %[[COS:.*]] = atled.cos %[[X]]
// CHECK-NEXT: %[[DA:.*]] = atled.mul %[[DX]], %[[COS]]
// CHECK-NEXT: %[[B:.*]] = atled.exp %[[A]]
// CHECK-NEXT: %[[DB:.*]] = atled.mul %[[DA]], %[[B]]
// CHECK-NEXT: return %[[B]], %[[DB]]
func.func @ask(%x: tensor<4xf32>, %t: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.jvp @chain(%x) tangent(%t) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// An operand that does not vary contributes no tangent.
func.func @inactive(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.mul %x, %y : tensor<4xf32>
  return %a : tensor<4xf32>
}
// CHECK-LABEL: func.func private @inactive.jvp.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>, %[[DX:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[A:.*]] = atled.mul %[[X]], %[[Y]]
// CHECK-NEXT: %[[DA:.*]] = atled.mul %[[DX]], %[[Y]]
// CHECK-NEXT: return %[[A]], %[[DA]]
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.jvp @inactive(%x, %x) tangent(%x) wrt = [0]
    : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// No tangent passes detach; a result without one has the tangent zero.
func.func @detached(%x: tensor<4xf32>) -> tensor<4xf32> {
  %u = ad.detach %x : tensor<4xf32>
  return %u : tensor<4xf32>
}
// CHECK-LABEL: func.func private @detached.jvp.0
// CHECK: %[[U:.*]] = ad.detach
// CHECK: %[[ZERO:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK: return %[[U]], %[[ZERO]]
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.jvp @detached(%x) tangent(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
