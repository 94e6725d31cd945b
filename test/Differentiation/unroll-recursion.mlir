// RUN: atled-opt %s --ad-unroll-recursion | FileCheck %s

// CHECK-LABEL: func.func @direct(
// CHECK-NOT: ad.max_depth
// CHECK: call @direct.depth2(
// CHECK-LABEL: func.func private @direct.depth2(
// CHECK: call @direct.depth3(
// CHECK-LABEL: func.func private @direct.depth3(
// CHECK: %[[FALSE:.*]] = arith.constant false
// CHECK: cf.assert %[[FALSE]], "no more calls are inside one another than may be" {ad.limit = "depth"}
// CHECK: %[[ANY:.*]] = tensor.empty() : tensor<f32>
// CHECK: atled.mul %{{.*}}, %[[ANY]]
func.func @direct(%x: tensor<f32>, %ends: i1) -> tensor<f32> attributes {ad.max_depth = 3 : i64} {
  %r = scf.if %ends -> (tensor<f32>) {
    scf.yield %x : tensor<f32>
  } else {
    %y = func.call @direct(%x, %ends) : (tensor<f32>, i1) -> tensor<f32>
    %z = atled.mul %x, %y : tensor<f32>
    scf.yield %z : tensor<f32>
  }
  return %r : tensor<f32>
}

// Of two functions that call each other, one has a bound: it is what counts.
// CHECK-LABEL: func.func @ping(
// CHECK: call @pong(
// CHECK-LABEL: func.func private @ping.depth1(
// CHECK: call @pong.depth2(
// CHECK-LABEL: func.func @pong(
// CHECK: call @ping.depth1(
// CHECK-LABEL: func.func private @pong.depth2(
// CHECK: call @ping.depth2(
// CHECK-NOT: @pong.depth3
func.func @ping(%x: tensor<f32>) -> tensor<f32> {
  %y = call @pong(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func @pong(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 2 : i64} {
  %y = call @ping(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
