// RUN: atled-opt %s --atled-to-linalg --canonicalize --cse | FileCheck %s

// Blocks are sorted by counting, then merged from one buffer into the other and back; the values are taken last.
// CHECK-LABEL: func.func @sort(
// CHECK-SAME: %[[X:.*]]: tensor<4x40xf32>
// CHECK: %[[ORDER:.*]] = scf.for {{.*}} -> (tensor<4x40xi32>)
// CHECK: tensor.empty() : tensor<40xf32>
// CHECK: tensor.empty() : tensor<40xi32>
// CHECK: scf.for {{.*}} -> (tensor<40xf32>, tensor<40xi32>)
// CHECK: scf.for {{.*}} -> (index)
// CHECK: arith.cmpf ult
// CHECK: arith.cmpf ord
// CHECK: scf.for {{.*}} -> (tensor<40xf32>, tensor<40xi32>, tensor<40xf32>, tensor<40xi32>, index)
// CHECK: linalg.generic
// CHECK-SAME: ins(%[[ORDER]] : tensor<4x40xi32>)
// CHECK: tensor.extract %[[X]]
func.func @sort(%x: tensor<4x40xf32>) -> tensor<4x40xf32> {
  %y, %order = atled.sort %x dimension = 1 : (tensor<4x40xf32>) -> (tensor<4x40xf32>, tensor<4x40xi32>)
  return %y : tensor<4x40xf32>
}

// One block needs no merging, and no second buffer.
// CHECK-LABEL: func.func @block(
// CHECK: tensor.empty() : tensor<8xi8>
// CHECK-NOT: tensor.empty() : tensor<8xi8>
// CHECK: return
func.func @block(%x: tensor<8xi8>) -> tensor<8xi32> {
  %y, %order = atled.sort %x dimension = 0 : (tensor<8xi8>) -> (tensor<8xi8>, tensor<8xi32>)
  return %order : tensor<8xi32>
}

// Halves as often as the number has bits.
// CHECK-LABEL: func.func @search(
// CHECK: %[[STEPS:.*]] = arith.constant 6 : index
// CHECK: linalg.generic
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[STEPS]] step
// CHECK: arith.shrui
// CHECK: tensor.extract
func.func @search(%s: tensor<33xf32>, %x: tensor<5xf32>) -> tensor<5xi32> {
  %y = atled.searchsorted %s, %x : (tensor<33xf32>, tensor<5xf32>) -> tensor<5xi32>
  return %y : tensor<5xi32>
}

// Whether indices fit is asked of the call, unless all do.
// CHECK-LABEL: func.func @of_any_length(
// CHECK-DAG: %[[MOST:.*]] = arith.constant 32768 : index
// CHECK-DAG: %[[LENGTH:.*]] = tensor.dim
// CHECK: %[[FIT:.*]] = arith.cmpi sle, %[[LENGTH]], %[[MOST]]
// CHECK: cf.assert %[[FIT]], "extents do not fit together" {atled.extents_fit}
// CHECK-NOT: cf.assert
func.func @of_any_length(%x: tensor<?xf32>) -> (tensor<?xi16>, tensor<?xi64>) {
  %y, %order = atled.sort %x dimension = 0 : (tensor<?xf32>) -> (tensor<?xf32>, tensor<?xi16>)
  %z, %other = atled.sort %x dimension = 0 descending : (tensor<?xf32>) -> (tensor<?xf32>, tensor<?xi64>)
  return %order, %other : tensor<?xi16>, tensor<?xi64>
}
