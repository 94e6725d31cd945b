// RUN: atled-opt %s --canonicalize=test-convergence | FileCheck %s

// CHECK-LABEL: func.func @reduction_over_no_dimensions
// CHECK-SAME: (%[[X:.*]]: tensor<?x4xf32>)
func.func @reduction_over_no_dimensions(%x: tensor<?x4xf32>) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  // CHECK-NEXT: return %[[X]], %[[X]]
  %0 = atled.reduce_sum %x dimensions = [] : tensor<?x4xf32> -> tensor<?x4xf32>
  %1 = atled.reduce_max %x dimensions = [] : tensor<?x4xf32> -> tensor<?x4xf32>
  return %0, %1 : tensor<?x4xf32>, tensor<?x4xf32>
}

// CHECK-LABEL: func.func @reductions_of_no_elements
func.func @reductions_of_no_elements(%x: tensor<0x4xf32>, %i: tensor<4x0x?xi8>, %d: tensor<0x?xf32>)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<f32>, tensor<4xi8>, tensor<4xi8>, tensor<?xf32>) {
  // CHECK-DAG: %[[SUM:.*]] = atled.constant dense<0.000000e+00> : tensor<4xf32>
  // CHECK-DAG: %[[PRODUCT:.*]] = atled.constant dense<1.000000e+00> : tensor<4xf32>
  // CHECK-DAG: %[[MAX:.*]] = atled.constant dense<0xFF800000> : tensor<4xf32>
  // CHECK-DAG: %[[MIN:.*]] = atled.constant dense<0x7F800000> : tensor<f32>
  // CHECK-DAG: %[[INTEGER_MAX:.*]] = atled.constant dense<-128> : tensor<4xi8>
  // CHECK-DAG: %[[INTEGER_MIN:.*]] = atled.constant dense<127> : tensor<4xi8>
  %0 = atled.reduce_sum %x dimensions = [0] : tensor<0x4xf32> -> tensor<4xf32>
  %1 = atled.reduce_prod %x dimensions = [0] : tensor<0x4xf32> -> tensor<4xf32>
  %2 = atled.reduce_max %x dimensions = [0] : tensor<0x4xf32> -> tensor<4xf32>
  %3 = atled.reduce_min %x dimensions = [0, 1] : tensor<0x4xf32> -> tensor<f32>
  %4 = atled.reduce_max %i dimensions = [1, 2] : tensor<4x0x?xi8> -> tensor<4xi8>
  %5 = atled.reduce_min %i dimensions = [1, 2] : tensor<4x0x?xi8> -> tensor<4xi8>
  // CHECK: %[[DYNAMIC:.*]] = atled.reduce_sum
  %6 = atled.reduce_sum %d dimensions = [0] : tensor<0x?xf32> -> tensor<?xf32>
  // CHECK: return %[[SUM]], %[[PRODUCT]], %[[MAX]], %[[MIN]], %[[INTEGER_MAX]], %[[INTEGER_MIN]], %[[DYNAMIC]]
  return %0, %1, %2, %3, %4, %5, %6 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<f32>, tensor<4xi8>, tensor<4xi8>, tensor<?xf32>
}

// CHECK-LABEL: func.func @sums_that_are_exact
func.func @sums_that_are_exact()
    -> (tensor<2xf32>, tensor<f16>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i8>) {
  // 2^24
  // CHECK-DAG: %[[ONES:.*]] = atled.constant dense<0x4B800000> : tensor<2xf32>
  // In f32, and then rounded.
  // CHECK-DAG: %[[HALF_PRECISION:.*]] = atled.constant dense<4.096000e+03> : tensor<f16>
  // A sum starts at +0.
  // CHECK-DAG: %[[ZERO:.*]] = atled.constant dense<0.000000e+00> : tensor<f32>
  // CHECK-DAG: %[[INFINITY:.*]] = atled.constant dense<0xFF800000> : tensor<f32>
  // CHECK-DAG: %[[WRAPPED:.*]] = atled.constant dense<44> : tensor<i8>
  // CHECK: return %[[ONES]], %[[HALF_PRECISION]], %[[ZERO]], %[[ZERO]], %[[INFINITY]], %[[WRAPPED]]
  %one = atled.constant dense<1.0> : tensor<2x4096x4096xf32>
  %0 = atled.reduce_sum %one dimensions = [1, 2] : tensor<2x4096x4096xf32> -> tensor<2xf32>
  %half = atled.constant dense<1.0> : tensor<4097xf16>
  %1 = atled.reduce_sum %half dimensions = [0] : tensor<4097xf16> -> tensor<f16>
  %zero = atled.constant dense<-0.0> : tensor<3xf32>
  %2 = atled.reduce_sum %zero dimensions = [0] : tensor<3xf32> -> tensor<f32>
  %single = atled.constant dense<-0.0> : tensor<1xf32>
  %3 = atled.reduce_sum %single dimensions = [0] : tensor<1xf32> -> tensor<f32>
  %infinity = atled.constant dense<0xFF800000> : tensor<3xf32>
  %4 = atled.reduce_sum %infinity dimensions = [0] : tensor<3xf32> -> tensor<f32>
  %hundred = atled.constant dense<100> : tensor<3xi8>
  %5 = atled.reduce_sum %hundred dimensions = [0] : tensor<3xi8> -> tensor<i8>
  return %0, %1, %2, %3, %4, %5 : tensor<2xf32>, tensor<f16>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i8>
}

// 0.1 has 24 digits, 3 times it more; one more than 2^24 ones; the sum is less
// than infinity, but not everything on the way.
// CHECK-LABEL: func.func @sums_that_are_rounded
func.func @sums_that_are_rounded() -> (tensor<f32>, tensor<f32>, tensor<f32>) {
  // CHECK-COUNT-3: atled.reduce_sum
  %tenth = atled.constant dense<0.1> : tensor<3xf32>
  %0 = atled.reduce_sum %tenth dimensions = [0] : tensor<3xf32> -> tensor<f32>
  %one = atled.constant dense<1.0> : tensor<16777217xf32>
  %1 = atled.reduce_sum %one dimensions = [0] : tensor<16777217xf32> -> tensor<f32>
  %greatest = atled.constant dense<0x7F7FFFFF> : tensor<2xf32>
  %2 = atled.reduce_sum %greatest dimensions = [0] : tensor<2xf32> -> tensor<f32>
  return %0, %1, %2 : tensor<f32>, tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @products_that_are_exact
func.func @products_that_are_exact() -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<i8>, tensor<f32>) {
  // CHECK-DAG: %[[ONE:.*]] = atled.constant dense<1.000000e+00> : tensor<f32>
  // CHECK-DAG: %[[POWER:.*]] = atled.constant dense<-3.200000e+01> : tensor<f32>
  // CHECK-DAG: %[[ZERO:.*]] = atled.constant dense<-0.000000e+00> : tensor<f32>
  // CHECK-DAG: %[[WRAPPED:.*]] = atled.constant dense<64> : tensor<i8>
  %one = atled.constant dense<1.0> : tensor<1000000xf32>
  %0 = atled.reduce_prod %one dimensions = [0] : tensor<1000000xf32> -> tensor<f32>
  %two = atled.constant dense<-2.0> : tensor<5xf32>
  %1 = atled.reduce_prod %two dimensions = [0] : tensor<5xf32> -> tensor<f32>
  %zero = atled.constant dense<-0.0> : tensor<3xf32>
  %2 = atled.reduce_prod %zero dimensions = [0] : tensor<3xf32> -> tensor<f32>
  %hundred = atled.constant dense<100> : tensor<3xi8>
  %3 = atled.reduce_prod %hundred dimensions = [0] : tensor<3xi8> -> tensor<i8>
  // CHECK: %[[ROUNDED:.*]] = atled.reduce_prod
  %tenth = atled.constant dense<0.1> : tensor<2xf32>
  %4 = atled.reduce_prod %tenth dimensions = [0] : tensor<2xf32> -> tensor<f32>
  // CHECK: return %[[ONE]], %[[POWER]], %[[ZERO]], %[[WRAPPED]], %[[ROUNDED]]
  return %0, %1, %2, %3, %4 : tensor<f32>, tensor<f32>, tensor<f32>, tensor<i8>, tensor<f32>
}

// CHECK-LABEL: func.func @extrema_of_a_splat
func.func @extrema_of_a_splat() -> (tensor<2xf32>, tensor<f32>, tensor<i32>) {
  // CHECK-DAG: %[[NAN:.*]] = atled.constant dense<0x7FC00000> : tensor<2xf32>
  // CHECK-DAG: %[[ZERO:.*]] = atled.constant dense<-0.000000e+00> : tensor<f32>
  // The first NaN.
  // CHECK-DAG: %[[FIRST:.*]] = atled.constant dense<0> : tensor<i32>
  // CHECK: return %[[NAN]], %[[ZERO]], %[[FIRST]]
  %nan = atled.constant dense<0x7FC00000> : tensor<2x3xf32>
  %0 = atled.reduce_max %nan dimensions = [1] : tensor<2x3xf32> -> tensor<2xf32>
  %zero = atled.constant dense<-0.0> : tensor<3xf32>
  %1 = atled.reduce_min %zero dimensions = [0] : tensor<3xf32> -> tensor<f32>
  %row = atled.constant dense<0x7FC00000> : tensor<3xf32>
  %2 = atled.argmax %row dimension = 0 : tensor<3xf32> -> tensor<i32>
  return %0, %1, %2 : tensor<2xf32>, tensor<f32>, tensor<i32>
}

// CHECK-LABEL: func.func @reduction_of_a_table_stays
func.func @reduction_of_a_table_stays() -> tensor<f32> {
  // CHECK: atled.reduce_max
  %0 = atled.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = atled.reduce_max %0 dimensions = [0] : tensor<2xf32> -> tensor<f32>
  return %1 : tensor<f32>
}

// CHECK-LABEL: func.func @argmax_of_one
func.func @argmax_of_one(%x: tensor<4x1xf32>, %d: tensor<?x1xf32>) -> (tensor<4xui8>, tensor<?xui8>) {
  // CHECK: %[[ZERO:.*]] = atled.constant dense<0> : tensor<4xui8>
  // CHECK: %[[DYNAMIC:.*]] = atled.argmax
  // CHECK: return %[[ZERO]], %[[DYNAMIC]]
  %0 = atled.argmax %x dimension = 1 : tensor<4x1xf32> -> tensor<4xui8>
  %1 = atled.argmax %d dimension = 1 : tensor<?x1xf32> -> tensor<?xui8>
  return %0, %1 : tensor<4xui8>, tensor<?xui8>
}

// CHECK-LABEL: func.func @reduction_of_single_elements
// CHECK-SAME: (%[[X:.*]]: tensor<1x?x1xf32>, %[[I:.*]]: tensor<1x4xi32>, %{{.*}}: tensor<1x?x?xf32>)
func.func @reduction_of_single_elements(%x: tensor<1x?x1xf32>, %i: tensor<1x4xi32>, %d: tensor<1x?x?xf32>)
    -> (tensor<?xf32>, tensor<1x?xf32>, tensor<4xi32>, tensor<?x?xf32>) {
  // CHECK: atled.reshape %[[X]] : tensor<1x?x1xf32> -> tensor<?xf32>
  %0 = atled.reduce_max %x dimensions = [0, 2] : tensor<1x?x1xf32> -> tensor<?xf32>
  // CHECK: atled.reshape %[[X]] : tensor<1x?x1xf32> -> tensor<1x?xf32>
  %1 = atled.reduce_prod %x dimensions = [2] : tensor<1x?x1xf32> -> tensor<1x?xf32>
  // CHECK: atled.reshape %[[I]] : tensor<1x4xi32> -> tensor<4xi32>
  %2 = atled.reduce_sum %i dimensions = [0] : tensor<1x4xi32> -> tensor<4xi32>
  // A reshape would have to be told both extents.
  // CHECK: atled.reduce_min
  %3 = atled.reduce_min %d dimensions = [0] : tensor<1x?x?xf32> -> tensor<?x?xf32>
  return %0, %1, %2, %3 : tensor<?xf32>, tensor<1x?xf32>, tensor<4xi32>, tensor<?x?xf32>
}

// +0 + -0 is +0.
// CHECK-LABEL: func.func @sum_of_single_elements
func.func @sum_of_single_elements(%x: tensor<1x4xf32>) -> tensor<4xf32> {
  // CHECK: atled.reduce_sum
  %0 = atled.reduce_sum %x dimensions = [0] : tensor<1x4xf32> -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @integers_are_reduced_at_once
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x?x5xi32>)
func.func @integers_are_reduced_at_once(%x: tensor<2x3x?x5xi32>) -> tensor<3xi32> {
  // CHECK-NEXT: atled.reduce_sum %[[X]] dimensions = [0, 2, 3] : tensor<2x3x?x5xi32> -> tensor<3xi32>
  %0 = atled.reduce_sum %x dimensions = [0, 3] : tensor<2x3x?x5xi32> -> tensor<3x?xi32>
  %1 = atled.reduce_sum %0 dimensions = [1] : tensor<3x?xi32> -> tensor<3xi32>
  return %1 : tensor<3xi32>
}

// Another order of additions, and other shares of the derivative at ties.
// CHECK-LABEL: func.func @floats_are_reduced_as_written
func.func @floats_are_reduced_as_written(%x: tensor<2x3xf32>) -> (tensor<f32>, tensor<f32>) {
  // CHECK-COUNT-2: atled.reduce_sum
  %0 = atled.reduce_sum %x dimensions = [0] : tensor<2x3xf32> -> tensor<3xf32>
  %1 = atled.reduce_sum %0 dimensions = [0] : tensor<3xf32> -> tensor<f32>
  // CHECK-COUNT-2: atled.reduce_max
  %2 = atled.reduce_max %x dimensions = [0] : tensor<2x3xf32> -> tensor<3xf32>
  %3 = atled.reduce_max %2 dimensions = [0] : tensor<3xf32> -> tensor<f32>
  return %1, %3 : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @extremum_of_what_is_repeated
// CHECK-SAME: (%[[X:.*]]: tensor<3xf32>, %[[N:.*]]: index)
func.func @extremum_of_what_is_repeated(%x: tensor<3xf32>, %n: index) -> (tensor<3xf32>, tensor<?x3xf32>) {
  %0 = atled.broadcast %x dimensions = [1] : tensor<3xf32> -> tensor<4x3xf32>
  %1 = atled.reduce_max %0 dimensions = [0] : tensor<4x3xf32> -> tensor<3xf32>
  // CHECK-NEXT: %[[LESS:.*]] = atled.broadcast %[[X]] dimensions = [1] sizes(%[[N]]) : tensor<3xf32> -> tensor<?x3xf32>
  %2 = atled.broadcast %x dimensions = [2] sizes(%n) : tensor<3xf32> -> tensor<?x5x3xf32>
  %3 = atled.reduce_min %2 dimensions = [1] : tensor<?x5x3xf32> -> tensor<?x3xf32>
  // CHECK-NEXT: return %[[X]], %[[LESS]]
  return %1, %3 : tensor<3xf32>, tensor<?x3xf32>
}

// Elements of the operand, too; perhaps none; a sum counts them.
// CHECK-LABEL: func.func @reductions_of_what_is_repeated
func.func @reductions_of_what_is_repeated(%x: tensor<3xf32>, %n: index) -> (tensor<f32>, tensor<3xf32>, tensor<3xf32>) {
  // CHECK: atled.reduce_max
  // CHECK: atled.reduce_max
  // CHECK: atled.reduce_sum
  %0 = atled.broadcast %x dimensions = [1] : tensor<3xf32> -> tensor<4x3xf32>
  %1 = atled.reduce_max %0 dimensions = [0, 1] : tensor<4x3xf32> -> tensor<f32>
  %2 = atled.broadcast %x dimensions = [1] sizes(%n) : tensor<3xf32> -> tensor<?x3xf32>
  %3 = atled.reduce_max %2 dimensions = [0] : tensor<?x3xf32> -> tensor<3xf32>
  %4 = atled.reduce_sum %0 dimensions = [0] : tensor<4x3xf32> -> tensor<3xf32>
  return %1, %3, %4 : tensor<f32>, tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @truth_of_equal_ones_and_of_none
func.func @truth_of_equal_ones_and_of_none(%n: tensor<0x3xi1>) -> (tensor<i1>, tensor<i1>, tensor<3xi1>, tensor<3xi1>) {
  // CHECK-DAG: %[[FALSE:.*]] = atled.constant dense<false> : tensor<i1>
  // CHECK-DAG: %[[TRUE:.*]] = atled.constant dense<true> : tensor<i1>
  // CHECK-DAG: %[[NONE:.*]] = atled.constant dense<false> : tensor<3xi1>
  // CHECK-DAG: %[[ALL:.*]] = atled.constant dense<true> : tensor<3xi1>
  // CHECK: return %[[FALSE]], %[[TRUE]], %[[NONE]], %[[ALL]]
  %f = atled.constant dense<false> : tensor<4xi1>
  %t = atled.constant dense<true> : tensor<4xi1>
  %0 = atled.reduce_all %f dimensions = [0] : tensor<4xi1> -> tensor<i1>
  %1 = atled.reduce_any %t dimensions = [0] : tensor<4xi1> -> tensor<i1>
  %2 = atled.reduce_any %n dimensions = [0] : tensor<0x3xi1> -> tensor<3xi1>
  %3 = atled.reduce_all %n dimensions = [0] : tensor<0x3xi1> -> tensor<3xi1>
  return %0, %1, %2, %3 : tensor<i1>, tensor<i1>, tensor<3xi1>, tensor<3xi1>
}

// CHECK-LABEL: func.func @truth_over_one_and_another_dimension
// CHECK-SAME: (%[[X:.*]]: tensor<4x8x2xi1>
func.func @truth_over_one_and_another_dimension(%x: tensor<4x8x2xi1>) -> tensor<8xi1> {
  // CHECK-NEXT: %[[Y:.*]] = atled.reduce_all %[[X]] dimensions = [0, 2] : tensor<4x8x2xi1> -> tensor<8xi1>
  // CHECK-NEXT: return %[[Y]]
  %0 = atled.reduce_all %x dimensions = [2] : tensor<4x8x2xi1> -> tensor<4x8xi1>
  %1 = atled.reduce_all %0 dimensions = [0] : tensor<4x8xi1> -> tensor<8xi1>
  return %1 : tensor<8xi1>
}

// CHECK-LABEL: func.func @argmin_of_one
func.func @argmin_of_one(%x: tensor<4x1xf32>) -> tensor<4xi32> {
  // CHECK: atled.constant dense<0> : tensor<4xi32>
  %0 = atled.argmin %x dimension = 1 : tensor<4x1xf32> -> tensor<4xi32>
  return %0 : tensor<4xi32>
}
