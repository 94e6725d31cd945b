// RUN: atled-opt %s --atled-to-linalg | FileCheck %s

// What has to be equal is said where it is not known: atled-resolve-extents lets a call check that.
// CHECK-LABEL: func.func @joined(
// CHECK-SAME:    %[[X:.*]]: tensor<?x?xf32>, %[[Y:.*]]: tensor<?x?xf32>)
// CHECK:         %[[FIT:.*]] = arith.cmpi eq, %{{.*}}, %{{.*}} : index
// CHECK:         cf.assert %[[FIT]], "extents do not fit together" {atled.extents_fit}
func.func @joined(%x: tensor<?x?xf32>, %y: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %z = atled.concatenate %x, %y dimension = 0 : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  return %z : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @known(
// CHECK-NOT:     cf.assert
func.func @known(%x: tensor<2x3xf32>, %y: tensor<4x3xf32>) -> tensor<6x3xf32> {
  %z = atled.concatenate %x, %y dimension = 0 : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<6x3xf32>
  return %z : tensor<6x3xf32>
}
