// RUN: atled-opt %s --atled-to-linalg --canonicalize | FileCheck %s

// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[SECOND:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-DAG: #[[NONE:.*]] = affine_map<(d0, d1) -> ()>

// CHECK-LABEL: func.func @sum
// CHECK-SAME: %[[X:.*]]: tensor<?x?xf32>
func.func @sum(%x: tensor<?x?xf32>) -> tensor<?xf32> {
  // CHECK: %[[ZERO:.*]] = arith.constant 0.0{{.*}} : f32
  // CHECK: %[[EXTENT:.*]] = tensor.dim %[[X]], %c1
  // CHECK: %[[EMPTY:.*]] = tensor.empty(%[[EXTENT]])
  // CHECK: %[[START:.*]] = linalg.fill ins(%[[ZERO]] : f32) outs(%[[EMPTY]]
  // CHECK: linalg.generic {indexing_maps = [#[[ALL]], #[[SECOND]]], iterator_types = ["reduction", "parallel"]}
  // CHECK-SAME: ins(%[[X]] : {{.*}}) outs(%[[START]] :
  // CHECK-NEXT: ^bb0(%[[ELEMENT:.*]]: f32, %[[SO_FAR:.*]]: f32):
  // CHECK-NEXT: arith.addf %[[SO_FAR]], %[[ELEMENT]] : f32
  %0 = atled.reduce_sum %x dimensions = [0] : tensor<?x?xf32> -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHECK-LABEL: func.func @half_accumulates_in_f32
func.func @half_accumulates_in_f32(%x: tensor<4x8xf16>) -> tensor<f16> {
  // CHECK: linalg.fill {{.*}} -> tensor<f32>
  // CHECK: linalg.generic {indexing_maps = [#[[ALL]], #[[NONE]]]
  // CHECK: %[[WIDE:.*]] = arith.extf %{{.*}} : f16 to f32
  // CHECK: arith.mulf %{{.*}}, %[[WIDE]] : f32
  // CHECK: linalg.generic
  // CHECK: arith.truncf %{{.*}} : f32 to f16
  %0 = atled.reduce_prod %x dimensions = [0, 1] : tensor<4x8xf16> -> tensor<f16>
  return %0 : tensor<f16>
}

// CHECK-LABEL: func.func @identities
func.func @identities(%x: tensor<4xf64>, %i: tensor<4xi8>, %u: tensor<4xui8>)
    -> (tensor<f64>, tensor<f64>, tensor<i8>, tensor<ui8>) {
  // CHECK-DAG: arith.constant 0xFFF0000000000000 : f64
  // CHECK-DAG: arith.constant 0x7FF0000000000000 : f64
  // CHECK-DAG: arith.constant -128 : i8
  // CHECK-DAG: arith.constant -1 : i8
  // CHECK: arith.maximumf
  // CHECK: arith.minimumf
  // CHECK: arith.maxsi
  // CHECK: arith.minui
  %0 = atled.reduce_max %x dimensions = [0] : tensor<4xf64> -> tensor<f64>
  %1 = atled.reduce_min %x dimensions = [0] : tensor<4xf64> -> tensor<f64>
  %2 = atled.reduce_max %i dimensions = [0] : tensor<4xi8> -> tensor<i8>
  %3 = atled.reduce_min %u dimensions = [0] : tensor<4xui8> -> tensor<ui8>
  return %0, %1, %2, %3 : tensor<f64>, tensor<f64>, tensor<i8>, tensor<ui8>
}

// CHECK-LABEL: func.func @argmax
func.func @argmax(%x: tensor<4x?xf32>) -> tensor<4xi64> {
  // CHECK: linalg.generic {indexing_maps = [#[[ALL]], #[[FIRST]], #[[FIRST]]], iterator_types = ["parallel", "reduction"]}
  // CHECK-NEXT: ^bb0(%[[X:.*]]: f32, %[[GREATEST:.*]]: f32, %[[INDEX:.*]]: i64):
  // CHECK-NEXT: %[[I:.*]] = linalg.index 1
  // CHECK-NEXT: %[[HERE:.*]] = arith.index_cast %[[I]] : index to i64
  // CHECK-DAG: %[[NOT_LESS:.*]] = arith.cmpf ugt, %[[X]], %[[GREATEST]]
  // CHECK-DAG: %[[NO_NAN:.*]] = arith.cmpf ord, %[[GREATEST]], %[[GREATEST]]
  // CHECK: %[[NEW:.*]] = arith.andi %[[NOT_LESS]], %[[NO_NAN]]
  // CHECK: arith.select %[[NEW]], %[[HERE]], %[[INDEX]]
  %0 = atled.argmax %x dimension = 1 : tensor<4x?xf32> -> tensor<4xi64>
  return %0 : tensor<4xi64>
}

// CHECK-LABEL: func.func @argmin
func.func @argmin(%x: tensor<4xui8>) -> tensor<i32> {
  // CHECK: %[[GREATEST:.*]] = arith.constant -1 : i8
  // CHECK: arith.cmpi ult
  %0 = atled.argmin %x dimension = 0 : tensor<4xui8> -> tensor<i32>
  return %0 : tensor<i32>
}

// CHECK-LABEL: func.func @truth
func.func @truth(%x: tensor<4x8xi1>) -> (tensor<8xi1>, tensor<i1>) {
  // CHECK: arith.ori
  // CHECK: arith.andi
  %0 = atled.reduce_any %x dimensions = [0] : tensor<4x8xi1> -> tensor<8xi1>
  %1 = atled.reduce_all %x dimensions = [0, 1] : tensor<4x8xi1> -> tensor<i1>
  return %0, %1 : tensor<8xi1>, tensor<i1>
}
