// RUN: atled-opt %s -ad-differentiate -split-input-file | FileCheck %s

// A value used three times gets one sum.
func.func @fan_in(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.sin %x : tensor<4xf32>
  %b = atled.mul %a, %x : tensor<4xf32>
  %c = atled.mul %b, %x : tensor<4xf32>
  return %c : tensor<4xf32>
}
// CHECK-LABEL: func.func private @fan_in.vjp.0
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[DC:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[A:.*]] = atled.sin %[[X]]
// CHECK-NEXT: %[[B:.*]] = atled.mul %[[A]], %[[X]]
// CHECK-NEXT: %[[C:.*]] = atled.mul %[[B]], %[[X]]
// CHECK-NEXT: %[[DB:.*]] = atled.mul %[[DC]], %[[X]]
// CHECK-NEXT: %[[DX0:.*]] = atled.mul %[[B]], %[[DC]]
// CHECK-NEXT: %[[DA:.*]] = atled.mul %[[DB]], %[[X]]
// CHECK-NEXT: %[[DX1:.*]] = atled.mul %[[A]], %[[DB]]
// CHECK-NEXT: %[[COS:.*]] = atled.cos %[[X]]
// CHECK-NEXT: %[[DX2:.*]] = atled.mul %[[DA]], %[[COS]]
// CHECK-NEXT: %[[SUM:.*]] = atled.add %[[DX0]], %[[DX1]]
// CHECK-NEXT: %[[DX:.*]] = atled.add %[[SUM]], %[[DX2]]
// CHECK-NEXT: return %[[C]], %[[DX]]
func.func @ask(%x: tensor<4xf32>, %s: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @fan_in(%x) seed(%s) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
// CHECK-LABEL: func.func @ask
// CHECK: call @fan_in.vjp.0

// -----

// Only the argument asked for is touched; the other one's path is not built.
func.func @wrt_subset(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.sin %x : tensor<4xf32>
  %b = atled.exp %y : tensor<4xf32>
  %c = atled.mul %a, %b : tensor<4xf32>
  return %c : tensor<4xf32>
}
// CHECK-LABEL: func.func private @wrt_subset.vjp.1
// CHECK-NOT: atled.cos
// CHECK: return
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @wrt_subset(%x, %x) seed(%x) wrt = [1]
    : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// An argument that does not matter gets a zero, which is made nowhere else.
func.func @unused(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
// CHECK-LABEL: func.func private @unused.vjp.0_1
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %{{.*}}: tensor<4xf32>, %[[SEED:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[ZERO:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[X]], %[[SEED]], %[[ZERO]]
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:3 = ad.vjp @unused(%x, %x) seed(%x) wrt = [0, 1]
    : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// Nothing returns through detach, and nothing is built for it.
func.func @detached(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = atled.sin %x : tensor<4xf32>
  %u = ad.detach %s : tensor<4xf32>
  %z = atled.mul %u, %x : tensor<4xf32>
  return %z : tensor<4xf32>
}
// CHECK-LABEL: func.func private @detached.vjp.0
// CHECK-NOT: atled.cos
// CHECK: %[[U:.*]] = ad.detach
// CHECK: atled.mul %[[U]]
// CHECK: %[[DX:.*]] = atled.mul %[[U]], %{{.*}}
// CHECK-NEXT: return %{{.*}}, %[[DX]]
func.func @ask(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = ad.vjp @detached(%x) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}

// -----

// bf16 contributions are added in f32 and rounded once.
func.func @narrow(%x: tensor<4xbf16>) -> tensor<4xbf16> {
  %a = atled.add %x, %x : tensor<4xbf16>
  %b = atled.add %a, %x : tensor<4xbf16>
  return %b : tensor<4xbf16>
}
// CHECK-LABEL: func.func private @narrow.vjp.0
// CHECK-COUNT-3: atled.convert %{{.*}} : tensor<4xbf16> to tensor<4xf32>
// CHECK-NEXT: atled.add %{{.*}} : tensor<4xf32>
// CHECK-NEXT: atled.add %{{.*}} : tensor<4xf32>
// CHECK-NEXT: atled.convert %{{.*}} : tensor<4xf32> to tensor<4xbf16>
func.func @ask(%x: tensor<4xbf16>) -> tensor<4xbf16> {
  %r:2 = ad.vjp @narrow(%x) seed(%x) wrt = [0] : (tensor<4xbf16>, tensor<4xbf16>) -> (tensor<4xbf16>, tensor<4xbf16>)
  return %r#1 : tensor<4xbf16>
}
