// RUN: atled-opt %s -ad-differentiate -split-input-file | FileCheck %s

// A callee is split: the primal half returns what the reverse half needs,
// except for what the caller has already, its arguments and results.
func.func private @inner(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.sin %x : tensor<4xf32>
  %b = atled.exp %a : tensor<4xf32>
  %c = atled.mul %b, %y : tensor<4xf32>
  return %c : tensor<4xf32>
}
// CHECK-LABEL: func.func private @inner.fwd.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
// CHECK: %[[A:.*]] = atled.sin %[[X]]
// CHECK: %[[B:.*]] = atled.exp %[[A]]
// CHECK: %[[C:.*]] = atled.mul %[[B]], %[[Y]]
// CHECK: return %[[C]], %[[B]]
// CHECK-LABEL: func.func private @inner.bwd.0
// CHECK-SAME: (%[[XR:.*]]: tensor<4xf32>, %[[YR:.*]]: tensor<4xf32>, %[[BR:.*]]: tensor<4xf32>, %[[DC:.*]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK: %[[DB:.*]] = atled.mul %[[DC]], %[[YR]]
// CHECK: %[[DA:.*]] = atled.mul %[[DB]], %[[BR]]
// CHECK: %[[COS:.*]] = atled.cos %[[XR]]
// CHECK: %[[DX:.*]] = atled.mul %[[DA]], %[[COS]]
// CHECK: return %[[DX]]
func.func @outer(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %a = call @inner(%x, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %b = call @inner(%a, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %b : tensor<4xf32>
}
// CHECK-LABEL: func.func private @outer.vjp.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>, %[[SEED:.*]]: tensor<4xf32>)
// CHECK: %[[R0:.*]]:2 = call @inner.fwd.0(%[[X]], %[[Y]])
// CHECK: %[[R1:.*]]:2 = call @inner.fwd.0(%[[R0]]#0, %[[Y]])
// CHECK: %[[D1:.*]] = call @inner.bwd.0(%[[R0]]#0, %[[Y]], %[[R1]]#1, %[[SEED]])
// CHECK: %[[D0:.*]] = call @inner.bwd.0(%[[X]], %[[Y]], %[[R0]]#1, %[[D1]])
// CHECK: return %[[R1]]#0, %[[D0]]
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @outer(%x, %x) seed(%x) wrt = [0]
    : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// A result that nobody differentiates is no reason to keep anything.
func.func private @two_results(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %a = atled.sin %x : tensor<4xf32>
  %b = atled.exp %x : tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}
// CHECK-LABEL: func.func private @two_results.bwd.0.of.0
// CHECK: atled.cos
// CHECK-NOT: atled.exp
// CHECK: return
func.func @first_only(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = call @two_results(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#0 : tensor<4xf32>
}
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @first_only(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// Forward mode calls the callee's jvp.
func.func private @inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.sin %x : tensor<4xf32>
  return %a : tensor<4xf32>
}
func.func @outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = call @inner(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %a : tensor<4xf32>
}
// CHECK-LABEL: func.func private @outer.jvp.0
// CHECK: %[[R:.*]]:2 = call @inner.jvp.0
// CHECK: return %[[R]]#0, %[[R]]#1
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.jvp @outer(%x) tangent(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
