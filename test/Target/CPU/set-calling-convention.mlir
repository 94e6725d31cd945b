// RUN: atled-opt %s --atled-set-calling-convention | FileCheck %s
// RUN: atled-opt %s --atled-lower-to-llvm | FileCheck %s --check-prefix=LLVM

// The workspace gets its size, every buffer its alignment.
// CHECK-LABEL: func.func private @sized(
// CHECK-SAME: %{{.*}}: memref<4x8xf32> {llvm.align = 4 : i64, llvm.noalias}
// CHECK-SAME: %{{.*}}: memref<256xi8> {llvm.align = 64 : i64, llvm.noalias}
// CHECK-SAME: llvm.linkage = #llvm.linkage<internal>
func.func private @sized(%x: memref<4x8xf32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 256 : i64} {
  return
}

// Upstream has no bare pointer for a buffer without elements of more dimensions than one.
// CHECK-LABEL: func.func private @empty(
// CHECK-SAME: %{{.*}}: memref<0xf32> {{{.*}}}, %{{.*}}: memref<0xf32> {{{.*}}}, %[[WORKSPACE:.*]]: memref<0xi8>
// LLVM-LABEL: llvm.func internal @empty(
// LLVM-SAME: %{{.*}}: !llvm.ptr {{{.*}}}, %{{.*}}: !llvm.ptr {{{.*}}}, %{{.*}}: !llvm.ptr {{{[^,]*}}, {{[^,]*}}})
func.func private @empty(%x: memref<2x0xf32>, %y: memref<0xf32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 2 : i64, atled.workspace_bytes = 0 : i64} {
  return
}

// CHECK-LABEL: func.func @caller(
// CHECK: %[[NONE:.*]] = memref.alloca() : memref<0xf32>
// CHECK: call @empty(%[[NONE]], %{{.*}}, %{{.*}}) : (memref<0xf32>, memref<0xf32>, memref<0xi8>) -> ()
// LLVM-LABEL: llvm.func @caller(
// LLVM: llvm.call @empty(
func.func @caller(%x: memref<2x0xf32>, %y: memref<0xf32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 2 : i64, atled.workspace_bytes = 0 : i64} {
  call @empty(%x, %y, %workspace) : (memref<2x0xf32>, memref<0xf32>, memref<?xi8>) -> ()
  return
}
