// RUN: atled-opt %s --atled-to-linalg --canonicalize --cse | FileCheck %s
// RUN: atled-opt %s --atled-to-linalg --atled-region-destinations --atled-destination-passing --atled-bufferize \
// RUN:   --canonicalize --cse --canonicalize | FileCheck %s --check-prefix=BUFFERS
// RUN: atled-compile %s --emit=header -o - | FileCheck %s --check-prefix=HEADER

// A reduction of windows reads what they slide over; a tensor of the shape of a window says how far the loops go.
// CHECK-DAG: #[[READ:.*]] = affine_map<(d0, d1, d2, d3) -> (d0 * 2 + d2, d1 + d3 * 3)>
// CHECK-DAG: #[[WINDOW:.*]] = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
// CHECK-DAG: #[[KEPT:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
// CHECK-LABEL: func.func @pooling(
// CHECK-SAME: %[[X:.*]]: tensor<8x9xf32>
// CHECK-NOT: tensor<4x6x2x2xf32>
// CHECK: linalg.generic {indexing_maps = [#[[READ]], #[[WINDOW]], #[[KEPT]]]
// CHECK-SAME: ["parallel", "parallel", "reduction", "reduction"]
// CHECK-SAME: ins(%[[X]], %{{.*}} : tensor<8x9xf32>, tensor<2x2xf32>)
// CHECK: arith.maximumf
func.func @pooling(%x: tensor<8x9xf32>) -> tensor<4x6xf32> {
  %w = atled.unfold %x dimensions = [0, 1] sizes = [2, 2] strides = [2, 1] dilations = [1, 3] : tensor<8x9xf32> -> tensor<4x6x2x2xf32>
  %y = atled.reduce_max %w dimensions = [2, 3] : tensor<4x6x2x2xf32> -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// What all windows have at one place inside of them is added, in place, to a strided slice: one loop over these
// places, however many there are, and no buffer but that of the sum, which is copied once, at the end.
// CHECK-LABEL: func.func @sum_of_windows(
// CHECK-SAME: %[[W:.*]]: tensor<1000x100xf32>
// CHECK: %[[ZERO:.*]] = linalg.fill
// CHECK: scf.for %[[K:.*]] = %c0 to %c100 step %c1 iter_args(%[[SUM:.*]] = %[[ZERO]]) -> (tensor<3196xf32>)
// CHECK-NEXT: %[[START:.*]] = arith.muli %[[K]], %c2
// CHECK-NEXT: %[[SLICE:.*]] = tensor.extract_slice %[[W]][0, %[[K]]] [1000, 1] [1, 1] : tensor<1000x100xf32> to tensor<1000x1xf32>
// CHECK-NEXT: %[[ELEMENTS:.*]] = tensor.collapse_shape %[[SLICE]] {{\[}}[0, 1]] : tensor<1000x1xf32> into tensor<1000xf32>
// CHECK-NEXT: %[[PART:.*]] = tensor.extract_slice %[[SUM]][%[[START]]] [1000] [3] : tensor<3196xf32> to tensor<1000xf32>
// CHECK-NEXT: %[[ADDED:.*]] = linalg.generic {{.*}} ins(%[[ELEMENTS]] : tensor<1000xf32>) outs(%[[PART]] : tensor<1000xf32>)
// CHECK: tensor.insert_slice %[[ADDED]] into %[[SUM]][%[[START]]] [1000] [3]
// BUFFERS-LABEL: func.func @sum_of_windows(
// BUFFERS: %[[SUM:.*]] = memref.alloc() {{.*}} : memref<3196xf32>
// BUFFERS-NOT: memref.alloc
// BUFFERS: scf.for
// BUFFERS-NOT: memref.alloc
// BUFFERS-NOT: copy
// BUFFERS: arith.addf
// BUFFERS-NOT: copy
// BUFFERS: linalg.copy ins(%[[SUM]] : memref<3196xf32>) outs(%{{.*}} : memref<3196xf32>)
// BUFFERS-NEXT: return
// The sum alone: 3196 * 4 bytes in units of 64.
// HEADER: #define SUM_OF_WINDOWS_FULL_CALL_WORKSPACE_BYTES 12800
func.func @sum_of_windows(%w: tensor<1000x100xf32>) -> tensor<3196xf32> {
  %y = atled.overlap_add %w dimensions = [0] extents = [3196] strides = [3] dilations = [2] : tensor<1000x100xf32> -> tensor<3196xf32>
  return %y : tensor<3196xf32>
}
