// RUN: atled-opt %s --pass-pipeline="builtin.module(func.func(atled-fold-extents))" | FileCheck %s

// What is computed for its size alone is not computed, and the size is that of an argument.
// CHECK-LABEL: func.func @size_of_computed(
// CHECK-SAME: %[[X:[^:]*]]: tensor<?xf32>
// CHECK: %[[N:.*]] = tensor.dim %[[X]]
// CHECK-NEXT: %[[R:.*]] = tensor.empty(%[[N]])
// CHECK-NEXT: return %[[R]]
func.func @size_of_computed(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %y = linalg.exp ins(%x : tensor<?xf32>) outs(%x : tensor<?xf32>) -> tensor<?xf32>
  %n = tensor.dim %y, %c0 : tensor<?xf32>
  %r = tensor.empty(%n) : tensor<?xf32>
  return %r : tensor<?xf32>
}

// A loop keeps the size of what it begins with.
// CHECK-LABEL: func.func @size_of_carried(
// CHECK-SAME: %[[X:[^:]*]]: tensor<?xf32>
// CHECK: %[[N:.*]] = tensor.dim %[[X]]
// CHECK: scf.for
// CHECK-NEXT: tensor.empty(%[[N]])
// CHECK-NEXT: linalg.exp
func.func @size_of_carried(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> tensor<?xf32> {
    %n = tensor.dim %h, %c0 : tensor<?xf32>
    %e = tensor.empty(%n) : tensor<?xf32>
    %y = linalg.exp ins(%h : tensor<?xf32>) outs(%e : tensor<?xf32>) -> tensor<?xf32>
    scf.yield %y : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}

// A size that the run alone tells stays.
// CHECK-LABEL: func.func @size_of_data(
// CHECK: %[[S:.*]] = tensor.extract_slice
// CHECK: tensor.dim %[[S]]
func.func @size_of_data(%x: tensor<?xf32>, %k: tensor<index>) -> tensor<f32> {
  %c0 = arith.constant 0 : index
  %m = tensor.extract %k[] : tensor<index>
  %s = tensor.extract_slice %x[0] [%m] [1] : tensor<?xf32> to tensor<?xf32>
  %n = tensor.dim %s, %c0 : tensor<?xf32>
  %i = arith.index_cast %n : index to i32
  %f = arith.sitofp %i : i32 to f32
  %r = tensor.from_elements %f : tensor<f32>
  return %r : tensor<f32>
}

// Nobody says how large the tensors of a private function are.
// CHECK-LABEL: func.func private @inner(
// CHECK: %[[Y:.*]] = linalg.exp
// CHECK: tensor.dim %[[Y]]
func.func private @inner(%x: tensor<?xf32>, %k: index) -> index {
  %y = linalg.exp ins(%x : tensor<?xf32>) outs(%x : tensor<?xf32>) -> tensor<?xf32>
  %n = tensor.dim %y, %k : tensor<?xf32>
  return %n : index
}
