// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @windows
func.func @windows(%x: tensor<?x7x8xi1>, %w: tensor<?x3x2xbf16>, %short: tensor<2xf32>) {
  // CHECK: atled.unfold %{{.*}} dimensions = [1, 2] sizes = [2, 3] strides = [1, 2] dilations = [3, 2] : tensor<?x7x8xi1> -> tensor<?x4x2x2x3xi1>
  %0 = atled.unfold %x dimensions = [1, 2] sizes = [2, 3] strides = [1, 2] dilations = [3, 2] : tensor<?x7x8xi1> -> tensor<?x4x2x2x3xi1>
  // CHECK: atled.overlap_add %{{.*}} dimensions = [1] extents = [6] strides = [2] dilations = [1] : tensor<?x3x2xbf16> -> tensor<?x6xbf16>
  %1 = atled.overlap_add %w dimensions = [1] extents = [6] strides = [2] dilations = [1] : tensor<?x3x2xbf16> -> tensor<?x6xbf16>
  // CHECK: atled.unfold %{{.*}} dimensions = [0] sizes = [3] strides = [1] dilations = [1] : tensor<2xf32> -> tensor<0x3xf32>
  %2 = atled.unfold %short dimensions = [0] sizes = [3] strides = [1] dilations = [1] : tensor<2xf32> -> tensor<0x3xf32>
  return
}
