// RUN: atled-opt %s --atled-to-linalg --canonicalize | FileCheck %s

// CHECK-DAG: #[[LHS:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[RHS:.*]] = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK-DAG: #[[RESULT:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[BATCH_LHS:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1, d3, d0, d4)>
// CHECK-DAG: #[[BATCH_RHS:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d4, d2, d0, d3)>
// CHECK-DAG: #[[BATCH_RESULT:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>

// CHECK-LABEL: func.func @matmul
// CHECK-SAME: %[[X:.*]]: tensor<?x8xf32>, %[[Y:.*]]: tensor<8x3xf32>
func.func @matmul(%x: tensor<?x8xf32>, %y: tensor<8x3xf32>) -> tensor<?x3xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[LHS]], #[[RHS]], #[[RESULT]]]
  // CHECK-SAME: iterator_types = ["parallel", "parallel", "reduction"]
  // CHECK-SAME: ins(%[[X]], %[[Y]] :
  // CHECK-NEXT: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %[[SUM:.*]]: f32):
  // CHECK-NEXT: %[[PRODUCT:.*]] = arith.mulf %[[A]], %[[B]] : f32
  // CHECK-NEXT: arith.addf %[[SUM]], %[[PRODUCT]] : f32
  %0 = atled.matmul %x, %y : (tensor<?x8xf32>, tensor<8x3xf32>) -> tensor<?x3xf32>
  return %0 : tensor<?x3xf32>
}

// CHECK-LABEL: func.func @dot_of_halves
func.func @dot_of_halves(%x: tensor<8xbf16>, %y: tensor<8xbf16>) -> tensor<bf16> {
  // CHECK: linalg.generic
  // CHECK-SAME: iterator_types = ["reduction"]
  // CHECK-SAME: outs(%{{.*}} : tensor<f32>)
  // CHECK: linalg.generic
  // CHECK: arith.truncf %{{.*}} : f32 to bf16
  %0 = atled.dot %x, %y : (tensor<8xbf16>, tensor<8xbf16>) -> tensor<bf16>
  return %0 : tensor<bf16>
}

// CHECK-LABEL: func.func @general
func.func @general(%x: tensor<4x5x2x6xi32>, %y: tensor<6x3x2x5xi32>) -> tensor<2x4x3xi32> {
  // CHECK: linalg.generic {indexing_maps = [#[[BATCH_LHS]], #[[BATCH_RHS]], #[[BATCH_RESULT]]]
  // CHECK-SAME: iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]
  // CHECK: arith.muli
  // CHECK: arith.addi
  %0 = atled.contract %x, %y batch = [2] x [2] contracting = [1, 3] x [3, 0]
      : (tensor<4x5x2x6xi32>, tensor<6x3x2x5xi32>) -> tensor<2x4x3xi32>
  return %0 : tensor<2x4x3xi32>
}

// Without a contracting dimension nothing is added: upstream's fusion takes parallel loops to be elementwise.
// CHECK-LABEL: func.func @outer_product
func.func @outer_product(%x: tensor<4xbf16>, %y: tensor<3xbf16>) -> tensor<4x3xbf16> {
  // CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<4x3xbf16>
  // CHECK: linalg.generic
  // CHECK-SAME: iterator_types = ["parallel", "parallel"]
  // CHECK-SAME: outs(%[[EMPTY]] : tensor<4x3xbf16>)
  // CHECK: %[[PRODUCT:.*]] = arith.mulf %{{.*}}, %{{.*}} : f32
  // CHECK-NEXT: %[[ROUNDED:.*]] = arith.truncf %[[PRODUCT]] : f32 to bf16
  // CHECK-NEXT: linalg.yield %[[ROUNDED]]
  %0 = atled.contract %x, %y batch = [] x [] contracting = [] x []
      : (tensor<4xbf16>, tensor<3xbf16>) -> tensor<4x3xbf16>
  return %0 : tensor<4x3xbf16>
}
