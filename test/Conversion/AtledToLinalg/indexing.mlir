// RUN: atled-opt %s --atled-to-linalg | FileCheck %s

// An index vector is clamped as a whole: to the extent less the size.
// CHECK-LABEL: func.func @rows
// CHECK-SAME: (%[[X:.*]]: tensor<100x8xf32>, %[[I:.*]]: tensor<4xi32>)
func.func @rows(%x: tensor<100x8xf32>, %i: tensor<4xi32>) -> tensor<4x8xf32> {
  // CHECK: linalg.generic
  // CHECK: %[[OUTER:.*]] = linalg.index 0
  // CHECK: %[[INDEX:.*]] = tensor.extract %[[I]][%[[OUTER]]]
  // CHECK: arith.minsi
  // CHECK: arith.maxsi
  // CHECK: tensor.extract %[[X]]
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<100x8xf32>, tensor<4xi32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// Rows are added one after the other, in f32.
// CHECK-LABEL: func.func @add_rows
func.func @add_rows(%x: tensor<100x8xf16>, %i: tensor<4xui32>, %u: tensor<4x8xf16>) -> tensor<100x8xf16> {
  // CHECK: arith.extf
  // CHECK: scf.for {{.*}} -> (tensor<100x8xf32>)
  // CHECK: arith.minui
  // CHECK: tensor.extract_slice
  // CHECK: linalg.generic
  // CHECK: arith.addf
  // CHECK: tensor.insert_slice
  // CHECK: arith.truncf
  %0 = atled.scatter add, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<100x8xf16>, tensor<4xui32>, tensor<4x8xf16>) -> tensor<100x8xf16>
  return %0 : tensor<100x8xf16>
}
