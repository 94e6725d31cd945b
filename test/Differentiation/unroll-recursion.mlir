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

// Of a tree, each call keeps something, though copies are shared: 31 calls are few enough, 63 are not.
// CHECK-LABEL: func.func @small_tree(
// CHECK: call @small_tree.depth2(
// CHECK: call @small_tree.depth2(
// CHECK-LABEL: func.func private @small_tree.depth5(
// CHECK: cf.assert
func.func @small_tree(%x: f32) -> f32 attributes {ad.max_depth = 5 : i64} {
  %y = call @small_tree(%x) : (f32) -> f32
  %z = call @small_tree(%y) : (f32) -> f32
  return %z : f32
}
// CHECK-LABEL: func.func @tree(
// CHECK-SAME: ad.max_depth = 6
// CHECK: call @tree(
// CHECK-NEXT: call @tree(
func.func @tree(%x: f32) -> f32 attributes {ad.max_depth = 6 : i64} {
  %y = call @tree(%x) : (f32) -> f32
  %z = call @tree(%y) : (f32) -> f32
  return %z : f32
}

// Depths of both count: 1 + 2 (1 + 2 (1 + ...)) calls of the one with the bound.
// CHECK-LABEL: func.func @twig(
// CHECK: call @branching(
// CHECK-LABEL: func.func @branching(
// CHECK-SAME: ad.max_depth = 6
func.func @twig(%x: f32) -> f32 {
  %y = call @branching(%x) : (f32) -> f32
  %z = call @branching(%y) : (f32) -> f32
  return %z : f32
}
func.func @branching(%x: f32) -> f32 attributes {ad.max_depth = 6 : i64} {
  %y = call @twig(%x) : (f32) -> f32
  return %y : f32
}

// What runs again keeps nothing: three ways to say so, beside one call that has none.
// CHECK-LABEL: func.func @run_again(
// CHECK: call @run_again.depth2(
// CHECK-LABEL: func.func private @run_again.depth16(
// CHECK: cf.assert
func.func @run_again(%x: f32) -> f32 attributes {ad.max_depth = 16 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = func.call @run_again(%x) {ad.checkpoint} : (f32) -> f32
  %b = ad.checkpoint -> f32 {
    %y = func.call @run_again(%a) : (f32) -> f32
    ad.yield %y : f32
  }
  %c = scf.for %i = %c0 to %c1 step %c1 iter_args(%h = %b) -> (f32) {
    %y = func.call @run_again(%h) : (f32) -> f32
    scf.yield %y : f32
  } {ad.checkpoint = #ad.periodic<2>}
  %d = func.call @run_again(%c) : (f32) -> f32
  return %d : f32
}
