// RUN: atled-opt %s -ad-differentiate -split-input-file | FileCheck %s
// RUN: atled-opt %s -ad-differentiate -split-input-file | FileCheck %s --check-prefix=GONE
// GONE-NOT: ad.custom

// What is asked for is a call of the rule; what was not is dropped, and
// tangents and cotangents that nobody has are zero.
func.func private @f(tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<?xf32>)
func.func private @forward(tensor<4xf32>, tensor<4xi32>, tensor<4xf32>)
    -> (tensor<4xf32>, tensor<?xf32>, tensor<4xf32>, tensor<4xi1>)
func.func private @reverse(tensor<4xf32>, tensor<4xi1>, tensor<4xf32>, tensor<?xf32>)
    -> (tensor<4xf32>, tensor<4xf32>)
func.func private @rule(tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>)
    -> (tensor<4xf32>, tensor<?xf32>, tensor<4xf32>, tensor<?xf32>)
ad.custom_vjp @f forward @forward reverse @reverse
ad.custom_jvp @f rule @rule
// CHECK-LABEL: func.func private @f.vjp.2
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[N:.*]]: tensor<4xi32>, %[[Y:.*]]: tensor<4xf32>, %[[DA:.*]]: tensor<4xf32>, %[[DB:.*]]: tensor<?xf32>)
// CHECK: %[[R:.*]]:4 = call @forward(%[[X]], %[[N]], %[[Y]])
// CHECK: %[[D:.*]]:2 = call @reverse(%[[R]]#2, %[[R]]#3, %[[DA]], %[[DB]])
// CHECK: return %[[R]]#0, %[[R]]#1, %[[D]]#1
// CHECK-LABEL: func.func private @f.jvp.2
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[N:.*]]: tensor<4xi32>, %[[Y:.*]]: tensor<4xf32>, %[[DY:.*]]: tensor<4xf32>)
// CHECK: %[[ZERO:.*]] = atled.constant dense<0.000000e+00>
// CHECK: %[[R:.*]]:4 = call @rule(%[[X]], %[[N]], %[[Y]], %[[ZERO]], %[[DY]])
// CHECK: return %[[R]]#0, %[[R]]#1, %[[R]]#2, %[[R]]#3
func.func @ask(%x: tensor<4xf32>, %n: tensor<4xi32>, %t: tensor<?xf32>) -> (tensor<4xf32>, tensor<?xf32>) {
  // CHECK: call @f.vjp.2
  %r:3 = ad.vjp @f(%x, %n, %x) seed(%x, %t) wrt = [2]
    : (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xf32>, tensor<?xf32>)
    -> (tensor<4xf32>, tensor<?xf32>, tensor<4xf32>)
  // CHECK: call @f.jvp.2
  %s:4 = ad.jvp @f(%x, %n, %x) tangent(%x) wrt = [2]
    : (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>, tensor<4xf32>)
    -> (tensor<4xf32>, tensor<?xf32>, tensor<4xf32>, tensor<?xf32>)
  return %r#2, %s#3 : tensor<4xf32>, tensor<?xf32>
}

// -----

// The halves that a caller runs: a result that nobody differentiates has the
// cotangent zero, of its size.
func.func private @f(tensor<4xf32>) -> (tensor<4xf32>, tensor<?xf32>)
func.func private @forward(tensor<4xf32>) -> (tensor<4xf32>, tensor<?xf32>, tensor<4xf32>)
func.func private @reverse(tensor<4xf32>, tensor<4xf32>, tensor<?xf32>) -> tensor<4xf32>
ad.custom_vjp @f forward @forward reverse @reverse
// CHECK-LABEL: func.func private @f.fwd.0.of.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
// CHECK: %[[R:.*]]:3 = call @forward(%[[X]])
// CHECK: return %[[R]]#0, %[[R]]#1, %[[R]]#2
// CHECK-LABEL: func.func private @f.bwd.0.of.0
// CHECK-SAME: (%[[KEPT:.*]]: tensor<4xf32>, %[[B:.*]]: tensor<?xf32>, %[[DA:.*]]: tensor<4xf32>)
// CHECK: %[[SIZE:.*]] = tensor.dim %[[B]]
// CHECK: %[[ZERO:.*]] = atled.broadcast {{.*}} sizes(%[[SIZE]])
// CHECK: call @reverse(%[[KEPT]], %[[DA]], %[[ZERO]])
func.func @first_only(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = call @f(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<?xf32>)
  return %r#0 : tensor<4xf32>
}
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @first_only(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// Reverse mode is the transpose of the rule for forward mode. The tangents are
// not computed on the way there.
func.func private @f(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
func.func private @rule(%x: tensor<4xf32>, %y: tensor<4xf32>, %dx: tensor<4xf32>, %dy: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %z = atled.sin %x : tensor<4xf32>
  %slope = atled.exp %x : tensor<4xf32>
  %a = atled.mul %slope, %dx : tensor<4xf32>
  %b = atled.tanh %dy : tensor<4xf32>
  %dz = atled.add %a, %b : tensor<4xf32>
  return %z, %dz : tensor<4xf32>, tensor<4xf32>
}
ad.custom_jvp @f rule @rule
// CHECK-LABEL: func.func private @f.vjp.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>, %[[DZ:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[Z:.*]] = atled.sin %[[X]]
// CHECK-NEXT: %[[SLOPE:.*]] = atled.exp %[[X]]
// CHECK-NEXT: %[[DX:.*]] = atled.mul %[[SLOPE]], %[[DZ]]
// CHECK-NEXT: return %[[Z]], %[[DX]]
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @f(%x, %x) seed(%x) wrt = [0]
    : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// Forward mode is the transpose of the rule for reverse mode.
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func private @forward(tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
func.func private @reverse(%slope: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
  %dx = atled.mul %slope, %dy : tensor<4xf32>
  return %dx : tensor<4xf32>
}
ad.custom_vjp @f forward @forward reverse @reverse
// CHECK-LABEL: func.func private @f.jvp.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[DX:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[R:.*]]:2 = call @forward(%[[X]])
// CHECK-NEXT: %[[DY:.*]] = atled.mul %[[R]]#1, %[[DX]]
// CHECK-NEXT: return %[[R]]#0, %[[DY]]
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.jvp @f(%x) tangent(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// A body that passes nothing on does not make the call a constant.
func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %u = ad.detach %x : tensor<4xf32>
  return %u : tensor<4xf32>
}
func.func private @rule(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  return %x, %dx : tensor<4xf32>, tensor<4xf32>
}
ad.custom_jvp @f rule @rule
func.func @outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = call @f(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
// CHECK-LABEL: func.func private @outer.jvp.0
// CHECK: call @f.jvp.0
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.jvp @outer(%x) tangent(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// A rule may itself ask for a derivative.
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
func.func private @g(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = atled.sin %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func private @rule(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %r:2 = ad.jvp @g(%x) tangent(%dx) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xf32>
}
ad.custom_jvp @f rule @rule
// CHECK-LABEL: func.func private @f.vjp.0
// CHECK: call @g.jvp.0.fwd.1
// CHECK: call @g.jvp.0.bwd.1
// CHECK-LABEL: func.func private @rule
// CHECK: call @g.jvp.0(
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @f(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
