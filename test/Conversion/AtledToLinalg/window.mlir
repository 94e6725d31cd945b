// RUN: atled-opt %s --atled-to-linalg --canonicalize --cse | FileCheck %s

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
