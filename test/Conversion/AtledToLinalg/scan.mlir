// RUN: atled-opt %s --atled-to-linalg --canonicalize --cse | FileCheck %s

// What is carried reduces the dimension; what it is after each element is the result. Half precision is carried in
// f32.
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[CARRIED:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-LABEL: func.func @cumsum(
// CHECK-SAME: %[[X:.*]]: tensor<4x8xf16>
// CHECK: %[[START:.*]] = linalg.fill
// CHECK: %[[R:.*]]:2 = linalg.generic
// CHECK-SAME: indexing_maps = [#[[ALL]], #[[CARRIED]], #[[ALL]]], iterator_types = ["parallel", "reduction"]
// CHECK-SAME: ins(%[[X]] : tensor<4x8xf16>) outs(%[[START]], %{{.*}} : tensor<4xf32>, tensor<4x8xf16>)
// CHECK: %[[WIDE:.*]] = arith.extf
// CHECK: %[[SUM:.*]] = arith.addf %{{.*}}, %[[WIDE]] : f32
// CHECK: %[[NARROW:.*]] = arith.truncf %[[SUM]]
// CHECK: linalg.yield %[[SUM]], %[[NARROW]]
// CHECK: return %[[R]]#1
func.func @cumsum(%x: tensor<4x8xf16>) -> tensor<4x8xf16> {
  %y = atled.cumsum %x dimension = 1 : tensor<4x8xf16>
  return %y : tensor<4x8xf16>
}

// What is carried before an element is the result, if that is to lack the element.
// CHECK-LABEL: func.func @exclusive(
// CHECK: ^bb0(%[[X:.*]]: f32, %[[BEFORE:.*]]: f32, %{{.*}}: f32):
// CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[BEFORE]], %[[X]] : f32
// CHECK-NEXT: linalg.yield %[[SUM]], %[[BEFORE]]
func.func @exclusive(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = atled.cumsum %x dimension = 0 exclusive : tensor<8xf32>
  return %y : tensor<8xf32>
}
