// RUN: atled-opt %s --ad-unroll-recursion --ad-recursion-to-loops --canonicalize --cse | FileCheck %s

// One call, so a loop with two states; x is the same at each depth and needs no stack, n does.
// CHECK-LABEL: func.func @linear(
// CHECK-SAME:    %[[X:.*]]: tensor<4xf32>, %[[N:.*]]: i32) -> tensor<4xf32> {
// CHECK: %[[STACK:.*]] = tensor.empty() : tensor<30xi32>
// CHECK: %[[FIRST:.*]] = tensor.insert %[[N]] into %[[STACK]][%{{.*}}]
// CHECK: %[[ANY:.*]] = tensor.empty() : tensor<4xf32>
// CHECK: scf.while (%{{.*}} = %{{.*}}, %{{.*}} = %{{.*}}, %{{.*}} = %[[FIRST]], %{{.*}} = %[[ANY]])
// CHECK-SAME: : (index, i64, tensor<30xi32>, tensor<4xf32>)
// CHECK: scf.index_switch
// CHECK-NEXT: case 0 {
// CHECK-NOT: case
// CHECK: cf.assert %{{.*}}, "no more calls are inside one another than may be" {ad.limit = "depth"}
// CHECK: default {
// CHECK: atled.mul %[[X]], %{{.*}}
// CHECK: attributes {ad.checkpoint = #ad.binomial<4>, ad.max_iterations = 60 : i64}
func.func @linear(%x: tensor<4xf32>, %n: i32) -> tensor<4xf32>
    attributes {ad.max_depth = 30 : i64, ad.checkpoint = #ad.binomial<4>} {
  %zero = arith.constant 0 : i32
  %ends = arith.cmpi eq, %n, %zero : i32
  %r = scf.if %ends -> (tensor<4xf32>) {
    scf.yield %x : tensor<4xf32>
  } else {
    %one = arith.constant 1 : i32
    %m = arith.subi %n, %one : i32
    %y = func.call @linear(%x, %m) : (tensor<4xf32>, i32) -> tensor<4xf32>
    %z = atled.mul %x, %y : tensor<4xf32>
    scf.yield %z : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// Two calls: which is to be returned to is on a stack, and nobody knows how many there will be.
// CHECK-LABEL: func.func @tree(
// CHECK: scf.while
// CHECK-SAME: -> (index, i64, tensor<30xindex>, tensor<30xi32>, tensor<30xi32>, tensor<30xf32>, f32)
// CHECK: case 0 {
// CHECK: case 1 {
// CHECK: default {
// CHECK-NOT: ad.max_iterations
// CHECK: return
func.func @tree(%x: f32, %n: i32) -> f32 attributes {ad.max_depth = 30 : i64} {
  %zero = arith.constant 0 : i32
  %ends = arith.cmpi sle, %n, %zero : i32
  %r = scf.if %ends -> (f32) {
    scf.yield %x : f32
  } else {
    %one = arith.constant 1 : i32
    %m = arith.subi %n, %one : i32
    %l = arith.subi %m, %one : i32
    %y = func.call @tree(%x, %m) : (f32, i32) -> f32
    %z = func.call @tree(%x, %l) : (f32, i32) -> f32
    %p = arith.mulf %y, %z : f32
    scf.yield %p : f32
  }
  return %r : f32
}

// Of two functions that call each other only one has a bound, so the depth is not the row; one that nobody else calls
// is gone; one that something else calls has a loop of its own, and begins at its own state.
// CHECK-LABEL: func.func @ping(
// CHECK: scf.while
// CHECK-SAME: -> (index, i64, index, tensor<41xindex>, tensor<41xi32>
// CHECK-NOT: @pong
// CHECK-LABEL: func.func @other(
// CHECK-LABEL: func.func private @called(
// CHECK: scf.while
func.func @ping(%x: f32, %n: i32) -> f32 attributes {ad.max_depth = 20 : i64} {
  %y = call @pong(%x, %n) : (f32, i32) -> f32
  %z = arith.mulf %x, %y : f32
  return %z : f32
}
func.func private @pong(%x: f32, %n: i32) -> f32 {
  %zero = arith.constant 0 : i32
  %ends = arith.cmpi sle, %n, %zero : i32
  %r = scf.if %ends -> (f32) {
    scf.yield %x : f32
  } else {
    %one = arith.constant 1 : i32
    %m = arith.subi %n, %one : i32
    %y = func.call @ping(%x, %m) : (f32, i32) -> f32
    scf.yield %y : f32
  }
  return %r : f32
}
func.func @other(%x: f32) -> f32 {
  %y = call @called(%x) : (f32) -> f32
  return %y : f32
}
func.func private @called(%x: f32) -> f32 attributes {ad.max_depth = 17 : i64} {
  %y = call @called(%x) : (f32) -> f32
  return %y : f32
}

// The two become one loop: the checkpoint of either is for that, whichever is called.
// CHECK-LABEL: func.func @head(
// CHECK-NOT: return
// CHECK: attributes {ad.checkpoint = #ad.periodic<8>, ad.loop = 3 : i64, ad.max_iterations
// CHECK-LABEL: func.func @tail(%arg0: f32) -> f32 {
// CHECK-NOT: return
// CHECK: attributes {ad.checkpoint = #ad.periodic<8>, ad.loop = 3 : i64, ad.max_iterations
func.func @head(%x: f32) -> f32 attributes {ad.max_depth = 20 : i64, ad.loop = 4 : i64} {
  %y = call @tail(%x) : (f32) -> f32
  return %y : f32
}
func.func @tail(%x: f32) -> f32
    attributes {ad.max_depth = 20 : i64, ad.checkpoint = #ad.periodic<8>, ad.loop = 3 : i64} {
  %y = call @head(%x) : (f32) -> f32
  return %y : f32
}

// A program's own checkpoint stays: none is chosen for its loop.
// CHECK-LABEL: func.func @chosen(
// CHECK-NOT: return
// CHECK: attributes {ad.checkpoint = #ad.periodic<8>, ad.max_iterations
func.func @chosen(%x: f32) -> f32 attributes {ad.max_depth = 20 : i64, ad.checkpoint = #ad.periodic<8>} {
  %y = call @numbered(%x) : (f32) -> f32
  return %y : f32
}
func.func private @numbered(%x: f32) -> f32 attributes {ad.max_depth = 20 : i64, ad.loop = 4 : i64} {
  %y = call @chosen(%x) : (f32) -> f32
  return %y : f32
}
