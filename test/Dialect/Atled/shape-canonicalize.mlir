// RUN: atled-opt %s --canonicalize=test-convergence | FileCheck %s

//===----------------------------------------------------------------------===//
// Iota
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @iota_along_one
func.func @iota_along_one() -> tensor<4x1xf32> {
  // CHECK: atled.constant dense<0.000000e+00> : tensor<4x1xf32>
  %0 = atled.iota dimension = 1 : tensor<4x1xf32>
  return %0 : tensor<4x1xf32>
}

// CHECK-LABEL: func.func @iota_that_counts
func.func @iota_that_counts(%n: index) -> (tensor<4x1xf32>, tensor<?xf32>) {
  // CHECK-COUNT-2: atled.iota
  %0 = atled.iota dimension = 0 : tensor<4x1xf32>
  %1 = atled.iota dimension = 0 sizes(%n) : tensor<?xf32>
  return %0, %1 : tensor<4x1xf32>, tensor<?xf32>
}

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @reshape_to_the_same_shape
// CHECK-SAME: (%[[X:.*]]: tensor<2x?xf32>)
func.func @reshape_to_the_same_shape(%x: tensor<2x?xf32>) -> tensor<2x?xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = atled.reshape %x : tensor<2x?xf32> -> tensor<2x?xf32>
  return %0 : tensor<2x?xf32>
}

// 2 x 6 may become 3 x 4, and 0 x 2 may become 0 x 7.
// CHECK-LABEL: func.func @reshape_of_dynamic_extents
func.func @reshape_of_dynamic_extents(%x: tensor<?x?xf32>, %y: tensor<0x?xf32>, %m: index, %n: index)
    -> (tensor<?x?xf32>, tensor<0x?xf32>) {
  // CHECK-COUNT-2: atled.reshape
  %0 = atled.reshape %x sizes(%m, %n) : tensor<?x?xf32> -> tensor<?x?xf32>
  %1 = atled.reshape %y sizes(%n) : tensor<0x?xf32> -> tensor<0x?xf32>
  return %0, %1 : tensor<?x?xf32>, tensor<0x?xf32>
}

// CHECK-LABEL: func.func @reshape_to_the_extents_that_it_has
// CHECK-SAME: (%[[X:.*]]: tensor<?x4x?xf32>)
func.func @reshape_to_the_extents_that_it_has(%x: tensor<?x4x?xf32>) -> tensor<?x4x?xf32> {
  // CHECK: return %[[X]]
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %m = tensor.dim %x, %c0 : tensor<?x4x?xf32>
  %n = tensor.dim %x, %c2 : tensor<?x4x?xf32>
  %0 = atled.reshape %x sizes(%m, %n) : tensor<?x4x?xf32> -> tensor<?x4x?xf32>
  return %0 : tensor<?x4x?xf32>
}

// CHECK-LABEL: func.func @reshape_to_its_extents_in_another_order
func.func @reshape_to_its_extents_in_another_order(%x: tensor<?x4x?xf32>) -> tensor<?x4x?xf32> {
  // CHECK: atled.reshape
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %m = tensor.dim %x, %c0 : tensor<?x4x?xf32>
  %n = tensor.dim %x, %c2 : tensor<?x4x?xf32>
  %0 = atled.reshape %x sizes(%n, %m) : tensor<?x4x?xf32> -> tensor<?x4x?xf32>
  return %0 : tensor<?x4x?xf32>
}

// CHECK-LABEL: func.func @reshape_of_reshape
// CHECK-SAME: (%[[X:.*]]: tensor<?x8xf32>, %[[N:.*]]: index)
func.func @reshape_of_reshape(%x: tensor<?x8xf32>, %n: index) -> (tensor<?x8xf32>, tensor<?x?x2xf32>) {
  // CHECK-NEXT: %[[RESULT:.*]] = atled.reshape %[[X]] sizes(%[[N]], %[[N]]) : tensor<?x8xf32> -> tensor<?x?x2xf32>
  // CHECK-NEXT: return %[[X]], %[[RESULT]]
  %0 = atled.reshape %x : tensor<?x8xf32> -> tensor<?xf32>
  %1 = atled.reshape %0 : tensor<?xf32> -> tensor<?x8xf32>
  %2 = atled.reshape %0 sizes(%n, %n) : tensor<?xf32> -> tensor<?x?x2xf32>
  return %1, %2 : tensor<?x8xf32>, tensor<?x?x2xf32>
}

// That there are 8 would be forgotten.
// CHECK-LABEL: func.func @reshape_that_says_an_extent
func.func @reshape_that_says_an_extent(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK-COUNT-2: atled.reshape
  %0 = atled.reshape %x : tensor<?xf32> -> tensor<8xf32>
  %1 = atled.reshape %0 : tensor<8xf32> -> tensor<?xf32>
  return %1 : tensor<?xf32>
}

// The program breaks its promise; it would not verify.
// CHECK-LABEL: func.func @reshape_to_another_number_of_elements
func.func @reshape_to_another_number_of_elements(%x: tensor<8xf32>) -> tensor<9xf32> {
  // CHECK-COUNT-2: atled.reshape
  %0 = atled.reshape %x : tensor<8xf32> -> tensor<?xf32>
  %1 = atled.reshape %0 : tensor<?xf32> -> tensor<9xf32>
  return %1 : tensor<9xf32>
}

// CHECK-LABEL: func.func @reshape_of_constants
func.func @reshape_of_constants() -> (tensor<2x2xf32>, tensor<4x2xf32>, tensor<?xf32>) {
  // CHECK-DAG: %[[DENSE:.*]] = atled.constant dense<{{\[}}[1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
  // CHECK-DAG: %[[SPLAT:.*]] = atled.constant dense<1.000000e+00> : tensor<4x2xf32>
  // CHECK: %[[DYNAMIC:.*]] = atled.reshape
  // CHECK: return %[[DENSE]], %[[SPLAT]], %[[DYNAMIC]]
  %dense = atled.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %splat = atled.constant dense<1.0> : tensor<8xf32>
  %0 = atled.reshape %dense : tensor<4xf32> -> tensor<2x2xf32>
  %1 = atled.reshape %splat : tensor<8xf32> -> tensor<4x2xf32>
  %2 = atled.reshape %splat : tensor<8xf32> -> tensor<?xf32>
  return %0, %1, %2 : tensor<2x2xf32>, tensor<4x2xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @reshape_of_a_repeated_scalar
// CHECK-SAME: (%[[X:.*]]: tensor<f32>, %[[N:.*]]: index)
func.func @reshape_of_a_repeated_scalar(%x: tensor<f32>, %n: index) -> (tensor<2x4xf32>, tensor<?x2xf32>, tensor<?xf32>) {
  // CHECK: atled.broadcast %[[X]] dimensions = [] : tensor<f32> -> tensor<2x4xf32>
  // CHECK: atled.broadcast %[[X]] dimensions = [] sizes(%[[N]]) : tensor<f32> -> tensor<?x2xf32>
  %0 = atled.broadcast %x dimensions = [] : tensor<f32> -> tensor<8xf32>
  %1 = atled.reshape %0 : tensor<8xf32> -> tensor<2x4xf32>
  %2 = atled.reshape %0 sizes(%n) : tensor<8xf32> -> tensor<?x2xf32>
  // How many there are is not said.
  // CHECK: atled.reshape
  %3 = atled.reshape %0 : tensor<8xf32> -> tensor<?xf32>
  return %1, %2, %3 : tensor<2x4xf32>, tensor<?x2xf32>, tensor<?xf32>
}

//===----------------------------------------------------------------------===//
// Broadcast
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @broadcast_to_the_same_shape
// CHECK-SAME: (%[[X:.*]]: tensor<?x?xf32>)
func.func @broadcast_to_the_same_shape(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = atled.broadcast %x dimensions = [0, 1] : tensor<?x?xf32> -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @broadcast_of_constants
func.func @broadcast_of_constants(%n: index) -> (tensor<4x8xi1>, tensor<4x2xf32>, tensor<?xi1>) {
  // CHECK-DAG: %[[SPLAT:.*]] = atled.constant dense<true> : tensor<4x8xi1>
  %splat = atled.constant dense<true> : tensor<i1>
  %0 = atled.broadcast %splat dimensions = [] : tensor<i1> -> tensor<4x8xi1>
  // A constant does not grow.
  // CHECK: %[[DENSE:.*]] = atled.broadcast {{.*}} : tensor<2xf32>
  %dense = atled.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = atled.broadcast %dense dimensions = [1] : tensor<2xf32> -> tensor<4x2xf32>
  // CHECK: %[[DYNAMIC:.*]] = atled.broadcast {{.*}} : tensor<i1>
  %2 = atled.broadcast %splat dimensions = [] sizes(%n) : tensor<i1> -> tensor<?xi1>
  // CHECK: return %[[SPLAT]], %[[DENSE]], %[[DYNAMIC]]
  return %0, %1, %2 : tensor<4x8xi1>, tensor<4x2xf32>, tensor<?xi1>
}

// CHECK-LABEL: func.func @broadcast_of_broadcast
// CHECK-SAME: (%[[X:.*]]: tensor<1x3xf32>, %[[A:.*]]: index, %[[B:.*]]: index, %[[C:.*]]: index)
func.func @broadcast_of_broadcast(%x: tensor<1x3xf32>, %a: index, %b: index, %c: index) -> tensor<?x?x?x3xf32> {
  // CHECK-NEXT: atled.broadcast %[[X]] dimensions = [1, 3] sizes(%[[B]], %[[A]], %[[C]]) : tensor<1x3xf32> -> tensor<?x?x?x3xf32>
  %0 = atled.broadcast %x dimensions = [0, 2] sizes(%a) : tensor<1x3xf32> -> tensor<?x1x3xf32>
  %1 = atled.broadcast %0 dimensions = [1, 2, 3] sizes(%b, %c) : tensor<?x1x3xf32> -> tensor<?x?x?x3xf32>
  return %1 : tensor<?x?x?x3xf32>
}

// CHECK-LABEL: func.func @broadcast_that_repeats_once
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[Y:.*]]: tensor<?x?xf32>)
func.func @broadcast_that_repeats_once(%x: tensor<?xf32>, %y: tensor<?x?xf32>) -> (tensor<1x?x1xf32>, tensor<1x?x?xf32>) {
  // CHECK: atled.reshape %[[X]] : tensor<?xf32> -> tensor<1x?x1xf32>
  %0 = atled.broadcast %x dimensions = [1] : tensor<?xf32> -> tensor<1x?x1xf32>
  // A reshape would have to be told both extents.
  // CHECK: atled.broadcast %[[Y]]
  %1 = atled.broadcast %y dimensions = [1, 2] : tensor<?x?xf32> -> tensor<1x?x?xf32>
  return %0, %1 : tensor<1x?x1xf32>, tensor<1x?x?xf32>
}

// CHECK-LABEL: func.func @broadcast_of_a_reshape_by_extents_of_one
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[Y:.*]]: tensor<1x8xf32>)
func.func @broadcast_of_a_reshape_by_extents_of_one(%x: tensor<?xf32>, %y: tensor<1x8xf32>)
    -> (tensor<4x?xf32>, tensor<3x8x5xf32>) {
  // CHECK-NEXT: atled.broadcast %[[X]] dimensions = [1] : tensor<?xf32> -> tensor<4x?xf32>
  %0 = atled.reshape %x : tensor<?xf32> -> tensor<1x?xf32>
  %1 = atled.broadcast %0 dimensions = [0, 1] : tensor<1x?xf32> -> tensor<4x?xf32>
  // CHECK-NEXT: atled.broadcast %[[Y]] dimensions = [0, 1] : tensor<1x8xf32> -> tensor<3x8x5xf32>
  %2 = atled.reshape %y : tensor<1x8xf32> -> tensor<1x8x1xf32>
  %3 = atled.broadcast %2 dimensions = [0, 1, 2] : tensor<1x8x1xf32> -> tensor<3x8x5xf32>
  return %1, %3 : tensor<4x?xf32>, tensor<3x8x5xf32>
}

// 4 x 2 is not 2 x 4 with extents of 1; and an extent of 1 that is gone cannot
// be repeated.
// CHECK-LABEL: func.func @broadcast_of_other_reshapes
func.func @broadcast_of_other_reshapes(%x: tensor<4x2xf32>, %y: tensor<8x1xf32>)
    -> (tensor<3x2x4xf32>, tensor<3x8xf32>) {
  // CHECK-COUNT-2: atled.reshape
  %0 = atled.reshape %x : tensor<4x2xf32> -> tensor<2x4xf32>
  %1 = atled.broadcast %0 dimensions = [1, 2] : tensor<2x4xf32> -> tensor<3x2x4xf32>
  %2 = atled.reshape %y : tensor<8x1xf32> -> tensor<8xf32>
  %3 = atled.broadcast %2 dimensions = [1] : tensor<8xf32> -> tensor<3x8xf32>
  return %1, %3 : tensor<3x2x4xf32>, tensor<3x8xf32>
}

//===----------------------------------------------------------------------===//
// Transpose
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @transpose_that_moves_nothing
// CHECK-SAME: (%[[X:.*]]: tensor<?x?xf32>)
func.func @transpose_that_moves_nothing(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = atled.transpose %x permutation = [0, 1] : tensor<?x?xf32> -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @transpose_of_transpose
// CHECK-SAME: (%[[X:.*]]: tensor<?x3x4xf32>)
func.func @transpose_of_transpose(%x: tensor<?x3x4xf32>) -> (tensor<?x3x4xf32>, tensor<4x?x3xf32>) {
  // CHECK-NEXT: %[[RESULT:.*]] = atled.transpose %[[X]] permutation = [2, 0, 1] : tensor<?x3x4xf32> -> tensor<4x?x3xf32>
  // CHECK-NEXT: return %[[X]], %[[RESULT]]
  %0 = atled.transpose %x permutation = [1, 2, 0] : tensor<?x3x4xf32> -> tensor<3x4x?xf32>
  %1 = atled.transpose %0 permutation = [2, 0, 1] : tensor<3x4x?xf32> -> tensor<?x3x4xf32>
  %2 = atled.transpose %0 permutation = [1, 2, 0] : tensor<3x4x?xf32> -> tensor<4x?x3xf32>
  return %1, %2 : tensor<?x3x4xf32>, tensor<4x?x3xf32>
}

// CHECK-LABEL: func.func @transpose_of_a_splat
func.func @transpose_of_a_splat() -> tensor<8x4xf32> {
  // CHECK-NEXT: atled.constant dense<1.000000e+00> : tensor<8x4xf32>
  // CHECK-NEXT: return
  %splat = atled.constant dense<1.0> : tensor<4x8xf32>
  %0 = atled.transpose %splat permutation = [1, 0] : tensor<4x8xf32> -> tensor<8x4xf32>
  return %0 : tensor<8x4xf32>
}

// CHECK-LABEL: func.func @transpose_of_broadcast
// CHECK-SAME: (%[[X:.*]]: tensor<1x8xf32>, %[[A:.*]]: index, %[[B:.*]]: index)
func.func @transpose_of_broadcast(%x: tensor<1x8xf32>, %a: index, %b: index) -> (tensor<?x8x?xf32>, tensor<8x?x?xf32>) {
  %0 = atled.broadcast %x dimensions = [1, 2] sizes(%a, %b) : tensor<1x8xf32> -> tensor<?x?x8xf32>
  // CHECK: atled.broadcast %[[X]] dimensions = [0, 1] sizes(%[[B]], %[[A]]) : tensor<1x8xf32> -> tensor<?x8x?xf32>
  %1 = atled.transpose %0 permutation = [1, 2, 0] : tensor<?x?x8xf32> -> tensor<?x8x?xf32>
  // A broadcast transposes nothing.
  // CHECK: atled.transpose
  %2 = atled.transpose %0 permutation = [2, 0, 1] : tensor<?x?x8xf32> -> tensor<8x?x?xf32>
  return %1, %2 : tensor<?x8x?xf32>, tensor<8x?x?xf32>
}

// CHECK-LABEL: func.func @transpose_that_moves_extents_of_one
// CHECK-SAME: (%[[X:.*]]: tensor<4x1x?xf32>, %[[Y:.*]]: tensor<?x1x?xf32>)
func.func @transpose_that_moves_extents_of_one(%x: tensor<4x1x?xf32>, %y: tensor<?x1x?xf32>)
    -> (tensor<1x4x?xf32>, tensor<1x?x?xf32>) {
  // CHECK: atled.reshape %[[X]] : tensor<4x1x?xf32> -> tensor<1x4x?xf32>
  %0 = atled.transpose %x permutation = [1, 0, 2] : tensor<4x1x?xf32> -> tensor<1x4x?xf32>
  // A reshape would have to be told both extents.
  // CHECK: atled.transpose %[[Y]]
  %1 = atled.transpose %y permutation = [1, 0, 2] : tensor<?x1x?xf32> -> tensor<1x?x?xf32>
  return %0, %1 : tensor<1x4x?xf32>, tensor<1x?x?xf32>
}

// CHECK-LABEL: func.func @reverse_of_what_has_one_order
// CHECK-SAME: (%[[X:.*]]: tensor<1x8xf32>)
func.func @reverse_of_what_has_one_order(%x: tensor<1x8xf32>) -> (tensor<1x8xf32>, tensor<4xf32>) {
  // CHECK: %[[C:.*]] = atled.constant dense<2.000000e+00> : tensor<4xf32>
  // CHECK: return %[[X]], %[[C]]
  %c = atled.constant dense<2.0> : tensor<4xf32>
  %0 = atled.reverse %x dimensions = [0] : tensor<1x8xf32>
  %1 = atled.reverse %c dimensions = [0] : tensor<4xf32>
  return %0, %1 : tensor<1x8xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @reverse_of_reverse
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x4xf32>)
func.func @reverse_of_reverse(%x: tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>, tensor<2x3x4xf32>) {
  // CHECK: %[[Y:.*]] = atled.reverse %[[X]] dimensions = [0, 2] : tensor<2x3x4xf32>
  // CHECK: return %[[Y]], %[[X]]
  %0 = atled.reverse %x dimensions = [0, 1] : tensor<2x3x4xf32>
  %1 = atled.reverse %0 dimensions = [1, 2] : tensor<2x3x4xf32>
  %2 = atled.reverse %0 dimensions = [0, 1] : tensor<2x3x4xf32>
  return %1, %2 : tensor<2x3x4xf32>, tensor<2x3x4xf32>
}
