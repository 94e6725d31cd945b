// RUN: atled-opt %s --atled-update-in-place='donate=w:w_new accumulate=f:y' | FileCheck %s

// CHECK-LABEL: func.func @f(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[ACC:.*]]: tensor<4xf32> {atled.accumulator})
// CHECK-SAME: -> (tensor<4xf32> {atled.in_place = 1 : i64, atled.name = "y"})
// CHECK: %[[Y:.*]] = math.sin %[[X]]
// CHECK: %[[SUM:.*]] = linalg.generic
// CHECK-SAME: ins(%[[ACC]], %[[Y]] :
// CHECK: arith.addf
// CHECK: return %[[SUM]]
func.func @f(%x: tensor<4xf32>) -> (tensor<4xf32> {atled.name = "y"}) {
  %y = math.sin %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func.func @g(
// CHECK-SAME: -> (tensor<4xf32>, tensor<4xf32> {atled.in_place = 1 : i64, atled.name = "w_new"})
func.func @g(%x: tensor<4xf32>, %w: tensor<4xf32> {atled.name = "w"})
    -> (tensor<4xf32>, tensor<4xf32> {atled.name = "w_new"}) {
  %y = math.sin %x : tensor<4xf32>
  %new = arith.addf %w, %y : tensor<4xf32>
  return %y, %new : tensor<4xf32>, tensor<4xf32>
}

// Calls from inside go to a function that leaves its input alone.

// CHECK-LABEL: func.func @h(
// CHECK: call @[[COPY:g_0]](
// CHECK: func.func private @[[COPY]](
// CHECK-NOT: atled.in_place
func.func @h(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r:2 = func.call @g(%x, %x) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
