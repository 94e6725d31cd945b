// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @contraction_with_batch
func.func @contraction_with_batch(%x: tensor<2x4x?xf32>, %y: tensor<2x?x3xf32>) {
  // CHECK: atled.contract %{{.*}}, %{{.*}} batch = [0] x [0] contracting = [2] x [1] : (tensor<2x4x?xf32>, tensor<2x?x3xf32>) -> tensor<2x4x3xf32>
  %0 = atled.contract %x, %y batch = [0] x [0] contracting = [2] x [1] : (tensor<2x4x?xf32>, tensor<2x?x3xf32>) -> tensor<2x4x3xf32>
  return
}

// CHECK-LABEL: func.func @outer_product
func.func @outer_product(%x: tensor<4xi32>, %y: tensor<3xi32>) {
  // CHECK: atled.contract %{{.*}}, %{{.*}} batch = [] x [] contracting = [] x [] : (tensor<4xi32>, tensor<3xi32>) -> tensor<4x3xi32>
  %0 = atled.contract %x, %y batch = [] x [] contracting = [] x [] : (tensor<4xi32>, tensor<3xi32>) -> tensor<4x3xi32>
  return
}

// CHECK-LABEL: func.func @result_dimensions_are_batch_then_lhs_then_rhs
func.func @result_dimensions_are_batch_then_lhs_then_rhs(%x: tensor<2x3x4x5xf32>, %y: tensor<3x5x6x2xf32>) {
  // CHECK: atled.contract %{{.*}}, %{{.*}} batch = [3, 0] x [1, 3] contracting = [1] x [0] : (tensor<2x3x4x5xf32>, tensor<3x5x6x2xf32>) -> tensor<5x2x4x6xf32>
  %0 = atled.contract %x, %y batch = [3, 0] x [1, 3] contracting = [1] x [0] : (tensor<2x3x4x5xf32>, tensor<3x5x6x2xf32>) -> tensor<5x2x4x6xf32>
  return
}

// CHECK-LABEL: func.func @short_forms
func.func @short_forms(%x: tensor<?x8xbf16>, %y: tensor<8x2xbf16>, %v: tensor<8xf64>) {
  // CHECK: atled.matmul %{{.*}}, %{{.*}} : (tensor<?x8xbf16>, tensor<8x2xbf16>) -> tensor<?x2xbf16>
  %0 = atled.matmul %x, %y : (tensor<?x8xbf16>, tensor<8x2xbf16>) -> tensor<?x2xbf16>
  // CHECK: atled.dot %{{.*}}, %{{.*}} : (tensor<8xf64>, tensor<8xf64>) -> tensor<f64>
  %1 = atled.dot %v, %v : (tensor<8xf64>, tensor<8xf64>) -> tensor<f64>
  return
}
