// Loops that may run at the same time, and who runs them.
// RUN: atled-opt %s --split-input-file --atled-call-parallel-for | FileCheck %s
// RUN: atled-opt %s --split-input-file --atled-call-parallel-for --atled-wrap-entries | FileCheck %s --check-prefix=WRAPPED

// The body gets the index and what it captures: buffers and numbers; a constant it makes itself, and what is computed
// from others. A piece of the workspace is passed as a buffer.
// CHECK: func.func private @fill.chunk(%[[I:.*]]: index, %[[T:.*]]: memref<64xf32>, %[[X:.*]]: memref<64x8xf32>, %[[J:.*]]: index) {
// CHECK:   %[[NEXT:.*]] = arith.addi %[[J]]
// CHECK:   scf.for
// CHECK:     memref.load %[[T]][%[[I]]]
// CHECK:     memref.store %{{.*}}, %[[X]][%[[I]], %[[NEXT]]]
// CHECK:   return
// CHECK: llvm.func internal @fill.chunk.call(%[[PACKED:.*]]: !llvm.ptr, %[[CHUNK:.*]]: i64) {
// CHECK:   %[[INDEX:.*]] = builtin.unrealized_conversion_cast %[[CHUNK]] : i64 to index
// CHECK-COUNT-3: llvm.getelementptr %[[PACKED]]
// CHECK:   call @fill.chunk(%[[INDEX]], %{{.*}}, %{{.*}}, %{{.*}}) : (index, memref<64xf32>, memref<64x8xf32>, index) -> ()
// CHECK: func.func @fill(%{{.*}}: memref<64x8xf32>, %[[EXEC:.*]]: !llvm.ptr, %{{.*}}: memref<?xi8>)
// CHECK-SAME: atled.exec
// CHECK:   %[[MEMORY:.*]] = llvm.alloca %{{.*}} x !llvm.struct<(ptr, ptr, i64)>
// CHECK:   scf.for
// CHECK-COUNT-3: llvm.store %{{.*}}, %{{.*}}
// CHECK:     %[[COUNT:.*]] = llvm.mlir.constant(64 : i64)
// CHECK:     %[[AT:.*]] = llvm.getelementptr %[[EXEC]][0, 3]
// CHECK:     %[[FOR:.*]] = llvm.load %[[AT]]
// CHECK:     %[[FROM:.*]] = llvm.getelementptr %[[EXEC]][0, 2]
// CHECK:     %[[CTX:.*]] = llvm.load %[[FROM]]
// CHECK:     %[[BODY:.*]] = llvm.mlir.addressof @fill.chunk.call
// CHECK:     llvm.call %[[FOR]](%[[CTX]], %[[COUNT]], %[[BODY]], %[[MEMORY]])
func.func @fill(%x: memref<64x8xf32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 0 : i64, atled.workspace_bytes = 256 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %t = memref.view %workspace[%c0][] : memref<?xi8> to memref<64xf32>
  scf.for %j = %c0 to %c7 step %c1 {
    %next = arith.addi %j, %c1 : index
    scf.forall (%i) in (64) {
      scf.for %k = %c0 to %c1 step %c1 {
        %v = memref.load %t[%i] : memref<64xf32>
        memref.store %v, %x[%i, %next] : memref<64x8xf32>
      }
    }
  }
  return
}

// Callers pass it on, in front of the status and the workspace.
// CHECK: func.func @calls(%[[X:.*]]: memref<64x8xf32>, %[[EXEC:.*]]: !llvm.ptr, %[[STATUS:.*]]: memref<1xi32>, %[[W:.*]]: memref<?xi8>)
// CHECK-SAME: atled.exec
// CHECK: call @fill(%[[X]], %[[EXEC]], %[[W]]) {atled.wanted_by = []}
func.func @calls(%x: memref<64x8xf32>, %status: memref<1xi32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 0 : i64, atled.status, atled.workspace_bytes = 256 : i64} {
  call @fill(%x, %workspace) {atled.wanted_by = []} : (memref<64x8xf32>, memref<?xi8>) -> ()
  return
}

// Others are left alone.
// CHECK: func.func @serial(%{{.*}}: memref<64x8xf32>, %{{.*}}: memref<?xi8>)
// CHECK-NOT: atled.exec
// CHECK: return
func.func @serial(%x: memref<64x8xf32>, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 0 : i64, atled.workspace_bytes = 0 : i64} {
  return
}

// CHECK: llvm.func internal @atled.serial_for(%{{.*}}: !llvm.ptr, %[[N:.*]]: i64, %[[BODY:.*]]: !llvm.ptr, %[[ARG:.*]]: !llvm.ptr) {
// CHECK:   ^bb1(%[[I:.*]]: i64):
// CHECK:   llvm.icmp "slt" %[[I]], %[[N]]
// CHECK:   llvm.call %[[BODY]](%[[ARG]], %[[I]])

// The entry passes the caller's, or one with that loop.
// WRAPPED-LABEL: llvm.func @fill(
// WRAPPED-SAME: %[[EXEC:[^:]*]]: !llvm.ptr) -> i32
// WRAPPED: %[[NONE:.*]] = llvm.alloca
// WRAPPED: %[[SERIAL:.*]] = llvm.mlir.addressof @atled.serial_for
// WRAPPED: llvm.store %[[SERIAL]]
// WRAPPED: %[[SOME:.*]] = llvm.select %{{.*}}, %[[NONE]], %[[EXEC]]
// WRAPPED: %[[USED:.*]] = llvm.select %{{.*}}, %[[NONE]], %[[SOME]]
// WRAPPED: call @fill.body(%{{.*}}, %[[USED]], %{{.*}})

// -----

// One that uses a buffer of dynamic shape that is an argument, and one over two indices: no function takes that.
// CHECK-LABEL: func.func private @loops(
// CHECK-NOT: atled.exec
// CHECK-NOT: scf.forall
// CHECK-NOT: llvm
func.func private @loops(%x: memref<?xf32>, %y: memref<8x8xf32>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (8) {
    memref.store %zero, %x[%i] : memref<?xf32>
  }
  scf.forall (%i, %j) in (8, 8) {
    memref.store %zero, %y[%i, %j] : memref<8x8xf32>
  }
  return
}

// -----

// CHECK: func.func private @nest.chunk(%{{.*}}: index, %{{.*}}: memref<8x8xf32>) {
// CHECK: scf.for
// CHECK-NOT: scf.forall
func.func private @nest(%y: memref<8x8xf32>) {
  %zero = arith.constant 0.0 : f32
  scf.forall (%i) in (8) {
    scf.forall (%j) in (8) {
      memref.store %zero, %y[%i, %j] : memref<8x8xf32>
    }
  }
  return
}

// -----

// What is as large as the call says: a piece of the workspace is known by where it begins, and by its sizes; so is what
// the caller gave. The caller's threads hear of it only where there is more than one chunk.
// CHECK: func.func private @rows.chunk(%[[I:.*]]: index, %[[N:.*]]: index, %[[BEGIN:.*]]: memref<1xf32>, %[[GIVEN:.*]]: memref<1xf32>) {
// CHECK-DAG:   %[[T:.*]] = memref.reinterpret_cast %[[BEGIN]] to offset: [0], sizes: [%[[N]], 8], strides: [8, 1]
// CHECK-DAG:   %[[X:.*]] = memref.reinterpret_cast %[[GIVEN]] to offset: [0], sizes: [%[[N]], 8], strides: [8, 1]
// CHECK:   memref.load %[[T]][%[[I]],
// CHECK:   memref.store %{{.*}}, %[[X]][%[[I]],
// CHECK: func.func private @rows(
// CHECK:   memref.view %{{.*}}[%c64][] : memref<?xi8> to memref<1xf32>
// CHECK:   llvm.store
// CHECK:   llvm.store
// CHECK:   llvm.store
// CHECK:   %[[COUNT:.*]] = builtin.unrealized_conversion_cast %{{.*}} : index to i64
// CHECK:   %[[THEIRS:.*]] = llvm.load
// CHECK:   %[[OURS:.*]] = llvm.mlir.addressof @atled.serial_for
// CHECK:   %[[MANY:.*]] = llvm.icmp "sgt" %[[COUNT]], %{{.*}}
// CHECK:   %[[FOR:.*]] = llvm.select %[[MANY]], %[[THEIRS]], %[[OURS]]
// CHECK:   llvm.call %[[FOR]](%{{.*}}, %[[COUNT]],
func.func private @rows(%given: memref<1xf32>, %n: index, %workspace: memref<?xi8>)
    attributes {atled.num_inputs = 0 : i64, atled.workspace_bytes = 0 : i64} {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %x = memref.reinterpret_cast %given to offset: [0], sizes: [%n, 8], strides: [8, 1] : memref<1xf32> to memref<?x8xf32>
  %t = memref.view %workspace[%c64][%n] : memref<?xi8> to memref<?x8xf32>
  scf.forall (%i) in (%n) {
    %v = memref.load %t[%i, %c0] : memref<?x8xf32>
    memref.store %v, %x[%i, %c0] : memref<?x8xf32>
  }
  return
}
