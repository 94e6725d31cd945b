// RUN: atled-opt %s --atled-wrap-entries | FileCheck %s

// To the caller residuals are one buffer, where the first of them is; to the body they are pieces of it, each at a
// multiple of 64 bytes.

// CHECK: llvm.func @f(%[[IN:[^:]*]]: !llvm.ptr, %[[OUT:[^:]*]]: !llvm.ptr,
// CHECK-SAME: inputs = [{name = "in0", type = tensor<4xf32>}, {name = "residuals", residuals = [tensor<17xf32>, tensor<index>, tensor<3xi1>], type = tensor<256xi8>}, {name = "seed", type = tensor<f32>}]
// CHECK-SAME: outputs = [{name = "out0", needs_room, type = tensor<4xf32>}]
// CHECK: %[[C0:.*]] = llvm.mlir.constant(0 : i64)
// CHECK: %[[C128:.*]] = llvm.mlir.constant(128 : i64)
// CHECK: %[[C192:.*]] = llvm.mlir.constant(192 : i64)
// CHECK: %[[X:.*]] = llvm.load
// CHECK: %[[RESIDUALS:.*]] = llvm.load
// CHECK: %[[SEED:.*]] = llvm.load
// The alignment of the residuals is checked with that of the others.
// CHECK: %[[BITS:.*]] = llvm.ptrtoint %[[RESIDUALS]]
// CHECK: %[[MASK:.*]] = llvm.mlir.constant(63 : i64)
// CHECK: llvm.and %[[BITS]], %[[MASK]]
// CHECK: llvm.getelementptr %[[RESIDUALS]][%[[C0]]]
// CHECK: llvm.getelementptr %[[RESIDUALS]][%[[C128]]]
// CHECK: llvm.getelementptr %[[RESIDUALS]][%[[C192]]]
// CHECK: call @f.body(
func.func @f(%x: memref<4xf32>, %r0: memref<17xf32> {ad.residual}, %r1: memref<index> {ad.residual},
             %seed: memref<f32> {atled.name = "seed"}, %r2: memref<3xi8> {ad.residual, atled.element_type = i1},
             %y: memref<4xf32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 5 : i64, atled.workspace_bytes = 0 : i64} {
  memref.copy %x, %y : memref<4xf32> to memref<4xf32>
  return
}
