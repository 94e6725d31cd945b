// RUN: atled-opt %s --ad-guard-loops | FileCheck %s

// CHECK-LABEL: func.func @step
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[N:.*]]: index, %[[STEP:.*]]: index
// CHECK: %[[HOLDS:.*]] = arith.cmpi sgt, %[[STEP]]
// CHECK: cf.assert %[[HOLDS]], "the step of a loop is positive" {ad.limit = "step"}
// CHECK: %[[S:.*]] = arith.select %[[HOLDS]], %[[STEP]]
// CHECK: %[[END:.*]] = arith.select %[[HOLDS]], %[[N]]
// CHECK: %[[LENGTH:.*]] = arith.subi %[[END]]
// CHECK: %[[TRIPS:.*]] = arith.ceildivui %[[LENGTH]], %[[S]]
// CHECK: %[[COUNT:.*]] = arith.select %{{.*}}, %[[TRIPS]]
// CHECK: %[[ONE:.*]] = arith.constant 1 : index
// CHECK: scf.for %[[K:.*]] = %{{.*}} to %[[COUNT]] step %[[ONE]]
// CHECK: arith.muli %[[K]], %[[S]]
func.func @step(%x: tensor<4xf32>, %n: index, %step: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %r = scf.for %i = %c0 to %n step %step iter_args(%h = %x) -> (tensor<4xf32>) {
    %y = atled.sin %h : tensor<4xf32>
    scf.yield %y : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// An unsigned step is positive unless it is zero.
// CHECK-LABEL: func.func @unsigned_step
// CHECK: arith.cmpi ne
func.func @unsigned_step(%n: i32, %step: i32) {
  %c0 = arith.constant 0 : i32
  scf.for unsigned %i = %c0 to %n step %step : i32 {
  }
  return
}

// CHECK-LABEL: func.func @constant_step
// CHECK-NOT: cf.assert
// CHECK: %[[C3:.*]] = arith.constant 3 : index
// CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step %[[C3]]
func.func @constant_step(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %c10 = arith.constant 10 : index
  %r = scf.for %i = %c0 to %c10 step %c3 iter_args(%h = %x) -> (tensor<4xf32>) {
    %y = atled.sin %h : tensor<4xf32>
    scf.yield %y : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// The last step from near the greatest number would never arrive.
// CHECK-LABEL: func.func @large_bound
// CHECK: arith.ceildivui
// CHECK: %[[ONE:.*]] = arith.constant 1 : index
// CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step %[[ONE]]
func.func @large_bound(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %n step %c3 iter_args(%h = %x) -> (tensor<4xf32>) {
    %y = atled.sin %h : tensor<4xf32>
    scf.yield %y : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func.func @bounded_for
// CHECK-SAME: %[[N:.*]]: index
// CHECK: %[[MOST:.*]] = arith.constant 10 : index
// CHECK: %[[HOLDS:.*]] = arith.cmpi sle, %[[N]], %[[MOST]]
// CHECK: cf.assert %[[HOLDS]], "a loop runs no more often than it may" {ad.limit = "iterations"}
// CHECK: %[[END:.*]] = arith.select %[[HOLDS]], %[[N]]
// CHECK: scf.for %{{.*}} to %[[END]]
func.func @bounded_for(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
  } {ad.max_iterations = 10 : i64}
  return
}

// CHECK-LABEL: func.func @bounded_while
// CHECK: scf.while (%[[X:.*]] = %{{.*}}, %[[RAN:.*]] = %{{.*}}) : (i32, index) -> (i32, index)
// CHECK: %[[MAY:.*]] = arith.cmpi slt, %[[RAN]]
// CHECK: cf.assert %{{.*}}, "a loop runs no more often than it may" {ad.limit = "iterations"}
// CHECK: %[[GOES:.*]] = arith.andi %{{.*}}, %[[MAY]]
// CHECK: scf.condition(%[[GOES]]) %[[X]], %[[RAN]]
// CHECK: arith.addi
// CHECK: scf.yield
// CHECK: attributes {ad.max_iterations = 10 : i64}
func.func @bounded_while(%x: i32, %goes: i1) -> i32 {
  %r = scf.while (%a = %x) : (i32) -> i32 {
    scf.condition(%goes) %a : i32
  } do {
  ^bb0(%a: i32):
    scf.yield %a : i32
  } attributes {ad.max_iterations = 10 : i64}
  return %r : i32
}

// What follows from constants is one.
// CHECK-LABEL: func.func @computed_bound
// CHECK-NOT: arith.remui
// CHECK: %[[N:.*]] = arith.constant 3 : index
// CHECK: scf.for %{{.*}} to %[[N]]
func.func @computed_bound() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %c8 = arith.constant 8 : index
  %n = arith.remui %c8, %c5 : index
  scf.for %i = %c0 to %n step %c1 {
  }
  return
}
