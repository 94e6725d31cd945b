// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @convolutions
func.func @convolutions(%x: tensor<?x3x32x32xf32>, %w: tensor<16x3x3x3xf32>, %u: tensor<8x?x4xi8>, %v: tensor<4x3xi8>) {
  // CHECK: atled.convolution %{{.*}}, %{{.*}} "bi01" x "oi01" -> "bo01" strides = [2, 2] low = [1, 1] high = [1, 1] lhs_dilation = [1, 1] rhs_dilation = [1, 1] : (tensor<?x3x32x32xf32>, tensor<16x3x3x3xf32>) -> tensor<?x16x16x16xf32>
  %0 = atled.convolution %x, %w "bi01" x "oi01" -> "bo01" strides = [2, 2] low = [1, 1] high = [1, 1]
      lhs_dilation = [1, 1] rhs_dilation = [1, 1]
      : (tensor<?x3x32x32xf32>, tensor<16x3x3x3xf32>) -> tensor<?x16x16x16xf32>
  // CHECK: atled.convolution %{{.*}}, %{{.*}} "b0g" x "g0" -> "bg0" strides = [1] low = [-1] high = [1] lhs_dilation = [3] rhs_dilation = [2] : (tensor<8x?x4xi8>, tensor<4x3xi8>) -> tensor<8x4x?xi8>
  %1 = atled.convolution %u, %v "b0g" x "g0" -> "bg0" strides = [1] low = [-1] high = [1]
      lhs_dilation = [3] rhs_dilation = [2] : (tensor<8x?x4xi8>, tensor<4x3xi8>) -> tensor<8x4x?xi8>
  return
}
