// RUN: atled-opt %s --atled-to-linalg | FileCheck %s

// CHECK-DAG: #[[IMAGE:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d3, d2 * 2 + d4 * 3)>
// CHECK-DAG: #[[KERNEL:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1, d3, d4)>
// CHECK-DAG: #[[RESULT:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>

// The loops are those of the result, then what goes in, then the window. Nothing is padded.
// CHECK-LABEL: func.func @convolution
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x12xf32>, %[[W:.*]]: tensor<4x3x3xf32>)
// CHECK: linalg.generic {indexing_maps = [#[[IMAGE]], #[[KERNEL]], #[[RESULT]]], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%[[X]], %[[W]]
func.func @convolution(%x: tensor<2x3x12xf32>, %w: tensor<4x3x3xf32>) -> tensor<2x4x3xf32> {
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [2] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [3] : (tensor<2x3x12xf32>, tensor<4x3x3xf32>) -> tensor<2x4x3xf32>
  return %0 : tensor<2x4x3xf32>
}

// CHECK-LABEL: func.func @padded
// CHECK: %[[PADDED:.*]] = tensor.insert_slice %{{.*}}[1] [5] [2] : tensor<5xf16> into tensor<11xf16>
// CHECK: linalg.generic {{.*}} ins(%[[PADDED]]
// CHECK: arith.extf
// CHECK: arith.truncf
func.func @padded(%x: tensor<5xf16>, %w: tensor<3xf16>) -> tensor<9xf16> {
  %0 = atled.convolution %x, %w "0" x "0" -> "0" strides = [1] low = [1] high = [1]
      lhs_dilation = [2] rhs_dilation = [1] : (tensor<5xf16>, tensor<3xf16>) -> tensor<9xf16>
  return %0 : tensor<9xf16>
}

// Where the window has no place, there is nothing to compute.
// CHECK-LABEL: func.func @no_place
// CHECK-NEXT: tensor.empty() : tensor<0xf32>
// CHECK-NEXT: return
func.func @no_place(%x: tensor<2xf32>, %w: tensor<3xf32>) -> tensor<0xf32> {
  %0 = atled.convolution %x, %w "0" x "0" -> "0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2xf32>, tensor<3xf32>) -> tensor<0xf32>
  return %0 : tensor<0xf32>
}

// Vectors run along the innermost dimension of the result: there are 7 places, and 32 features.
// CHECK-LABEL: func.func @narrow
// CHECK-SAME: (%[[X:.*]]: tensor<2x16x7x7xf32>, %[[W:.*]]: tensor<32x16x3x3xf32>)
// CHECK: %[[IMAGES:.*]] = linalg.generic {{.*}} ins(%[[X]] : {{.*}}) outs(%{{.*}} : tensor<2x7x7x16xf32>)
// CHECK: %[[KERNEL:.*]] = linalg.generic {{.*}} ins(%[[W]] : {{.*}}) outs(%{{.*}} : tensor<3x3x16x32xf32>)
// CHECK: %[[Y:.*]] = linalg.generic {{.*}} ins(%[[IMAGES]], %[[KERNEL]] : {{.*}}) outs(%{{.*}} : tensor<2x5x5x32xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[Y]] : {{.*}}) outs(%{{.*}} : tensor<2x32x5x5xf32>)
func.func @narrow(%x: tensor<2x16x7x7xf32>, %w: tensor<32x16x3x3xf32>) -> tensor<2x32x5x5xf32> {
  %0 = atled.convolution %x, %w "ni01" x "oi01" -> "no01" strides = [1, 1] low = [0, 0] high = [0, 0]
      lhs_dilation = [1, 1] rhs_dilation = [1, 1] : (tensor<2x16x7x7xf32>, tensor<32x16x3x3xf32>) -> tensor<2x32x5x5xf32>
  return %0 : tensor<2x32x5x5xf32>
}

// The adjoint of an image whose features are last: only the kernel is transposed.
// CHECK-LABEL: func.func @features_last
// CHECK-SAME: (%[[X:.*]]: tensor<?x7x32xf32>, %[[W:.*]]: tensor<3x16x32xf32>)
// CHECK: %[[KERNEL:.*]] = linalg.generic {{.*}} ins(%[[W]] : {{.*}}) outs(%{{.*}} : tensor<3x32x16xf32>)
// CHECK: %[[Y:.*]] = linalg.generic {{.*}} ins(%[[X]], %[[KERNEL]] :
// CHECK: return %[[Y]]
func.func @features_last(%x: tensor<?x7x32xf32>, %w: tensor<3x16x32xf32>) -> tensor<?x5x16xf32> {
  %0 = atled.convolution %x, %w "n0o" x "0io" -> "n0i" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<?x7x32xf32>, tensor<3x16x32xf32>) -> tensor<?x5x16xf32>
  return %0 : tensor<?x5x16xf32>
}

// Few features, and a sum of few products, are not worth it.
// CHECK-LABEL: func.func @few
// CHECK-SAME: (%[[X:.*]]: tensor<1x16x7xf32>, %[[W:.*]]: tensor<4x16x3xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[X]], %[[W]] :
func.func @few(%x: tensor<1x16x7xf32>, %w: tensor<4x16x3xf32>) -> tensor<1x4x5xf32> {
  %0 = atled.convolution %x, %w "ni0" x "oi0" -> "no0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<1x16x7xf32>, tensor<4x16x3xf32>) -> tensor<1x4x5xf32>
  return %0 : tensor<1x4x5xf32>
}
