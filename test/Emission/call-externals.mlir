// RUN: atled-opt %s --atled-call-externals -split-input-file -verify-diagnostics | FileCheck %s

// CHECK: llvm.func @g(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, i64, !llvm.ptr) -> i32
// CHECK-SAME: attributes {atled.signature = "(in0: tensor<4xf32>, in1: tensor<f32>) -> (out0: tensor<f32>)", atled.workspace_bytes = 100 : i64}
// CHECK-LABEL: func.func private @g.external(
// CHECK-SAME: %[[X:.*]]: memref<4xf32>, %[[Y:.*]]: memref<f32>, %[[Z:.*]]: memref<f32>, %[[WORKSPACE:.*]]: memref<?xi8>) -> i32
// CHECK: %[[IN:.*]] = llvm.alloca
// CHECK: %[[XS:.*]] = builtin.unrealized_conversion_cast %[[X]]
// CHECK: %[[XP:.*]] = llvm.extractvalue %[[XS]][1]
// CHECK: %[[IN0:.*]] = llvm.getelementptr %[[IN]][0]
// CHECK: llvm.store %[[XP]], %[[IN0]]
// CHECK: %[[YS:.*]] = builtin.unrealized_conversion_cast %[[Y]]
// CHECK: %[[YP:.*]] = llvm.extractvalue %[[YS]][1]
// CHECK: %[[IN1:.*]] = llvm.getelementptr %[[IN]][1]
// CHECK: llvm.store %[[YP]], %[[IN1]]
// CHECK: %[[OUT:.*]] = llvm.alloca
// CHECK: %[[ZS:.*]] = builtin.unrealized_conversion_cast %[[Z]]
// CHECK: %[[ZP:.*]] = llvm.extractvalue %[[ZS]][1]
// CHECK: %[[OUT0:.*]] = llvm.getelementptr %[[OUT]][0]
// CHECK: llvm.store %[[ZP]], %[[OUT0]]
// CHECK: %[[WS:.*]] = builtin.unrealized_conversion_cast %[[WORKSPACE]]
// CHECK: %[[WP:.*]] = llvm.extractvalue %[[WS]][1]
// CHECK-DAG: %[[BYTES:.*]] = llvm.mlir.constant(100 : i64)
// CHECK-DAG: %[[DIMS:.*]] = llvm.mlir.zero
// CHECK-DAG: %[[EXEC:.*]] = llvm.mlir.zero
// CHECK: %[[CODE:.*]] = llvm.call @g(%[[IN]], %[[OUT]], %{{.*}}, %[[WP]], %[[BYTES]], %{{.*}})
// A larger workspace is not the business of the entry's caller.
// CHECK: %[[EXHAUSTED:.*]] = llvm.mlir.constant(1 : i32)
// CHECK: %[[IS:.*]] = llvm.icmp "eq" %[[CODE]], %[[EXHAUSTED]]
// CHECK: %[[OWN:.*]] = llvm.mlir.constant(6 : i32)
// CHECK: llvm.select %[[IS]], %[[OWN]], %[[CODE]]
// CHECK: llvm.mlir.constant(-7 : i32)
// CHECK: llvm.mlir.constant(-5 : i32)
// CHECK: %[[RESULT:.*]] = llvm.select
// CHECK: return %[[RESULT]] : i32
func.func private @g(memref<4xf32>, memref<f32>, memref<f32>, memref<?xi8>) -> i32
    attributes {atled.num_inputs = 2 : i64, atled.workspace_bytes = 100 : i64,
                atled.signature = "(in0: tensor<4xf32>, in1: tensor<f32>) -> (out0: tensor<f32>)"}

// What nobody calls is not asked for.
// CHECK-NOT: not_called
func.func private @not_called(memref<f32>, memref<?xi8>) -> i32
    attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64}

// CHECK-LABEL: func.func @f(
// CHECK: call @g.external(
func.func @f(%x: memref<4xf32>, %y: memref<f32>, %z: memref<f32>, %workspace: memref<?xi8>) -> i32 {
  %code = func.call @g(%x, %y, %z, %workspace) : (memref<4xf32>, memref<f32>, memref<f32>, memref<?xi8>) -> i32
  return %code : i32
}

// -----

// Without inputs, outputs and workspace there is nothing to point to.
// CHECK-LABEL: func.func private @nothing.external(
// CHECK-NOT: llvm.alloca
// CHECK: llvm.call @nothing(
func.func private @nothing(memref<?xi8>) -> i32
    attributes {atled.num_inputs = 0 : i64, atled.workspace_bytes = 0 : i64}
func.func @calls_nothing(%workspace: memref<?xi8>) -> i32 {
  %code = func.call @nothing(%workspace) : (memref<?xi8>) -> i32
  return %code : i32
}

// -----

// expected-error @below {{function 'unplanned' has no body, and is not of the form in which C can provide it: run 'atled-plan-workspace' and 'atled-report-failures' first}}
func.func private @unplanned(memref<f32>)
func.func @h(%x: memref<f32>) {
  func.call @unplanned(%x) : (memref<f32>) -> ()
  return
}
