// RUN: atled-opt %s --atled-to-linalg --canonicalize --split-input-file | FileCheck %s

// CHECK-LABEL: func.func @constants
func.func @constants() -> (tensor<2xf32>, tensor<2xi8>, tensor<2xi1>, tensor<2xi16>) {
  // CHECK-DAG: arith.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
  // CHECK-DAG: arith.constant dense<[-1, 1]> : tensor<2xi8>
  // CHECK-DAG: arith.constant dense<[true, false]> : tensor<2xi1>
  // CHECK-DAG: arith.constant dense_resource<bytes> : tensor<2xi16>
  %0 = atled.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = atled.constant dense<[255, 1]> : tensor<2xui8>
  %2 = atled.constant dense<[true, false]> : tensor<2xi1>
  %3 = atled.constant dense_resource<bytes> : tensor<2xui16>
  %4 = builtin.unrealized_conversion_cast %1 : tensor<2xui8> to tensor<2xi8>
  %5 = builtin.unrealized_conversion_cast %3 : tensor<2xui16> to tensor<2xi16>
  return %0, %4, %2, %5 : tensor<2xf32>, tensor<2xi8>, tensor<2xi1>, tensor<2xi16>
}

{-#
  dialect_resources: { builtin: { bytes: "0x0400000001000200" } }
#-}

// -----

// CHECK-LABEL: func.func @iota
func.func @iota(%n: index) -> (tensor<4x?xi8>, tensor<4xf16>) {
  // CHECK: %[[I:.*]] = linalg.index 1 : index
  // CHECK: %[[WIDE:.*]] = arith.index_cast %[[I]] : index to i64
  // CHECK: arith.trunci %[[WIDE]] : i64 to i8
  // CHECK: arith.sitofp %{{.*}} : i64 to f16
  %0 = atled.iota dimension = 1 sizes(%n) : tensor<4x?xi8>
  %1 = atled.iota dimension = 0 : tensor<4xf16>
  return %0, %1 : tensor<4x?xi8>, tensor<4xf16>
}

// -----

// CHECK-LABEL: func.func @collapse
func.func @collapse(%x: tensor<?x4x2xf32>) -> tensor<?x8xf32> {
  // CHECK: tensor.collapse_shape %{{.*}} {{\[\[}}0], [1, 2]] : tensor<?x4x2xf32> into tensor<?x8xf32>
  %0 = atled.reshape %x : tensor<?x4x2xf32> -> tensor<?x8xf32>
  return %0 : tensor<?x8xf32>
}

// CHECK-LABEL: func.func @expand
func.func @expand(%x: tensor<?x8xf32>) -> tensor<?x4x2xf32> {
  // CHECK: tensor.expand_shape %{{.*}} {{\[\[}}0], [1, 2]] {{.*}} : tensor<?x8xf32> into tensor<?x4x2xf32>
  %0 = atled.reshape %x : tensor<?x8xf32> -> tensor<?x4x2xf32>
  return %0 : tensor<?x4x2xf32>
}

// CHECK-LABEL: func.func @regroup
func.func @regroup(%x: tensor<4x6xf32>) -> tensor<3x8xf32> {
  // CHECK: %[[FLAT:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1]] : tensor<4x6xf32> into tensor<24xf32>
  // CHECK: tensor.expand_shape %[[FLAT]] {{\[\[}}0, 1]] output_shape [3, 8] : tensor<24xf32> into tensor<3x8xf32>
  %0 = atled.reshape %x : tensor<4x6xf32> -> tensor<3x8xf32>
  return %0 : tensor<3x8xf32>
}

// Two dynamic dimensions may be anything that has as many elements.
// CHECK-LABEL: func.func @regroup_dynamic
// CHECK-SAME: %{{.*}}: tensor<?x2x?xf32>, %[[M:.*]]: index, %[[N:.*]]: index
func.func @regroup_dynamic(%x: tensor<?x2x?xf32>, %m: index, %n: index) -> tensor<?x?xf32> {
  // CHECK: %[[FLAT:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1, 2]]
  // CHECK: tensor.expand_shape %[[FLAT]] {{\[\[}}0, 1]] output_shape [%[[M]], %[[N]]]
  %0 = atled.reshape %x sizes(%m, %n) : tensor<?x2x?xf32> -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @static_to_dynamic
func.func @static_to_dynamic(%x: tensor<4x6xf32>) -> tensor<?x6xf32> {
  // CHECK: tensor.cast %{{.*}} : tensor<4x6xf32> to tensor<?x6xf32>
  %0 = atled.reshape %x : tensor<4x6xf32> -> tensor<?x6xf32>
  return %0 : tensor<?x6xf32>
}

// That the extent is %n is a promise, which is compared.
// CHECK-LABEL: func.func @same_type
// CHECK-SAME: %[[X:.*]]: tensor<?x4xf32>, %[[N:.*]]: index
func.func @same_type(%x: tensor<?x4xf32>, %n: index) -> tensor<?x4xf32> {
  // CHECK: %[[EXTENT:.*]] = tensor.dim %[[X]], %{{.*}} : tensor<?x4xf32>
  // CHECK: %[[HOLDS:.*]] = arith.cmpi eq, %[[EXTENT]], %[[N]] : index
  // CHECK: cf.assert %[[HOLDS]], "extents do not fit together" {atled.extents_fit}
  // CHECK: return %[[X]]
  %0 = atled.reshape %x sizes(%n) : tensor<?x4xf32> -> tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// CHECK-LABEL: func.func @no_dimensions
func.func @no_dimensions(%x: tensor<1x1xf32>, %n: index) -> (tensor<f32>, tensor<?x?xf32>) {
  // CHECK: %[[SCALAR:.*]] = tensor.collapse_shape %{{.*}} [] : tensor<1x1xf32> into tensor<f32>
  // CHECK: tensor.expand_shape
  %0 = atled.reshape %x : tensor<1x1xf32> -> tensor<f32>
  %1 = atled.reshape %0 sizes(%n, %n) : tensor<f32> -> tensor<?x?xf32>
  return %0, %1 : tensor<f32>, tensor<?x?xf32>
}

// -----

// CHECK-DAG: #[[COLUMN:.*]] = affine_map<(d0, d1, d2) -> (d1, 0)>
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// CHECK-LABEL: func.func @broadcast
// CHECK-SAME: %[[X:.*]]: tensor<?x1xf32>, %[[N:.*]]: index
func.func @broadcast(%x: tensor<?x1xf32>, %n: index) -> tensor<4x?x?xf32> {
  // CHECK: %[[EXTENT:.*]] = tensor.dim %[[X]], %c0
  // CHECK: tensor.empty(%[[EXTENT]], %[[N]]) : tensor<4x?x?xf32>
  // CHECK: linalg.generic {indexing_maps = [#[[COLUMN]], #[[ALL]]]
  %0 = atled.broadcast %x dimensions = [1, 2] sizes(%n) : tensor<?x1xf32> -> tensor<4x?x?xf32>
  return %0 : tensor<4x?x?xf32>
}

// -----

// CHECK-DAG: #[[FROM:.*]] = affine_map<(d0, d1, d2) -> (d1, d2, d0)>
// CHECK-DAG: #[[TO:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// CHECK-LABEL: func.func @transpose
func.func @transpose(%x: tensor<2x3x4xf32>) -> tensor<4x2x3xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[FROM]], #[[TO]]]
  %0 = atled.transpose %x permutation = [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  return %0 : tensor<4x2x3xf32>
}

// -----

// CHECK-LABEL: func.func @transpose_of_a_scalar
func.func @transpose_of_a_scalar(%x: tensor<f32>) -> tensor<f32> {
  // CHECK-NEXT: return %arg0
  %0 = atled.transpose %x permutation = [] : tensor<f32> -> tensor<f32>
  return %0 : tensor<f32>
}

// CHECK-LABEL: func.func @reverse
// CHECK-SAME: (%[[X:.*]]: tensor<4x8xf32>)
func.func @reverse(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // CHECK: linalg.generic
  // CHECK: %[[I:.*]] = linalg.index 0
  // CHECK: %[[J:.*]] = linalg.index 1
  // CHECK: %[[BACK:.*]] = arith.subi %{{.*}}, %[[J]]
  // CHECK: tensor.extract %[[X]][%[[I]], %[[BACK]]]
  %0 = atled.reverse %x dimensions = [1] : tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
