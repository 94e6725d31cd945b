// RUN: atled-opt %s -ad-differentiate -split-input-file | FileCheck %s

// The map is the residuals of one run. Applied to cotangents it is the way back; applied to tangents, the transpose of
// that: the same operations, in the other order.
func.func private @f(%x: tensor<4xf32>, %w: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.mul %x, %w : tensor<4xf32>
  %y = atled.exp %a : tensor<4xf32>
  return %y : tensor<4xf32>
}
// CHECK-LABEL: func.func private @f.fwd.0(
// CHECK-LABEL: func.func private @f.bwd.0(
// CHECK-SAME: %[[W:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>, %[[DY:.*]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK: %[[DA:.*]] = atled.mul %[[DY]], %[[Y]]
// CHECK: %[[DX:.*]] = atled.mul %[[DA]], %[[W]]
// CHECK: return %[[DX]]
// CHECK-LABEL: func.func private @f.lin.0(
// CHECK-SAME: %[[W:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>, %[[DX:.*]]: tensor<4xf32>) -> tensor<4xf32>
// CHECK: %[[DA:.*]] = atled.mul %[[DX]], %[[W]]
// CHECK: %[[DY:.*]] = atled.mul %[[DA]], %[[Y]]
// CHECK: return %[[DY]]

// CHECK-LABEL: func.func @uses(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[W:.*]]: tensor<4xf32>, %[[V:.*]]: tensor<4xf32>)
func.func @uses(%x: tensor<4xf32>, %w: tensor<4xf32>, %v: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  // CHECK: %[[Y:.*]] = call @f.fwd.0(%[[X]], %[[W]])
  // CHECK-NEXT: %[[A:.*]] = call @f.lin.0(%[[W]], %[[Y]], %[[V]])
  // CHECK-NEXT: %[[B:.*]] = call @f.lin.0(%[[W]], %[[Y]], %[[A]])
  // CHECK-NEXT: %[[C:.*]] = call @f.bwd.0(%[[W]], %[[Y]], %[[B]])
  // CHECK-NEXT: return %[[Y]], %[[B]], %[[C]]
  %y, %map = ad.linearize @f(%x, %w) wrt = [0]
      : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>)
  %a = ad.apply %map(%v) : !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>
  %b = ad.apply %map(%a) : !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>
  %c = ad.apply_transpose %map(%b) : !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>
  return %y, %b, %c : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// -----

// Where it is not applied to tangents, nothing is built for that.
func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = atled.exp %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
// CHECK-LABEL: func.func private @f.bwd.0(
// CHECK-NOT: @f.lin
// CHECK-LABEL: func.func @only_back(
func.func @only_back(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y, %map = ad.linearize @f(%x) wrt = [0]
      : (tensor<4xf32>) -> (tensor<4xf32>, !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>)
  %c = ad.apply_transpose %map(%y) : !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>
  return %c : tensor<4xf32>
}

// -----

// A tangent that is zero has the size of its result, if no type tells: then the map takes that, too.
func.func private @f(%x: tensor<4xf32>, %z: tensor<?xf32>) -> (tensor<4xf32>, tensor<?xf32>) {
  %y = atled.exp %x : tensor<4xf32>
  %s = atled.sin %z : tensor<?xf32>
  return %y, %s : tensor<4xf32>, tensor<?xf32>
}
// CHECK-LABEL: func.func private @f.lin.0(
// CHECK-SAME: %[[Y:.*]]: tensor<4xf32>, %[[S:.*]]: tensor<?xf32>, %[[DX:.*]]: tensor<4xf32>) -> (tensor<4xf32>, tensor<?xf32>)
// CHECK-LABEL: func.func @open(
func.func @open(%x: tensor<4xf32>, %z: tensor<?xf32>) -> (tensor<4xf32>, tensor<?xf32>) {
  // CHECK: %[[Y:.*]]:2 = call @f.fwd.0
  // CHECK: call @f.lin.0(%[[Y]]#0, %[[Y]]#1, %{{.*}})
  %y:2, %map = ad.linearize @f(%x, %z) wrt = [0]
      : (tensor<4xf32>, tensor<?xf32>)
        -> (tensor<4xf32>, tensor<?xf32>, !ad.linear_map<(tensor<4xf32>) -> (tensor<4xf32>, tensor<?xf32>)>)
  %a:2 = ad.apply %map(%x) : !ad.linear_map<(tensor<4xf32>) -> (tensor<4xf32>, tensor<?xf32>)>
  return %a#0, %a#1 : tensor<4xf32>, tensor<?xf32>
}

// -----

// A function that linearizes another is differentiated as one that calls it.
func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = atled.sin %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func private @slope(%x: tensor<4xf32>, %v: tensor<4xf32>) -> tensor<4xf32> {
  %y, %map = ad.linearize @f(%x) wrt = [0]
      : (tensor<4xf32>) -> (tensor<4xf32>, !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>)
  %a = ad.apply %map(%v) : !ad.linear_map<(tensor<4xf32>) -> tensor<4xf32>>
  return %a : tensor<4xf32>
}
// CHECK-LABEL: func.func private @slope.jvp.0(
// CHECK: call @f.lin.0.jvp.0(
// CHECK-LABEL: func.func @ask(
// CHECK: call @slope.jvp.0(
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.jvp @slope(%x, %x) tangent(%x) wrt = [0]
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
