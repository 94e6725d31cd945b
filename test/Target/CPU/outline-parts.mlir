// RUN: atled-opt %s --atled-outline-parts=loops=1 | FileCheck %s
// RUN: atled-opt %s --atled-outline-parts | FileCheck %s --check-prefix=FEW --implicit-check-not=.part
// RUN: not atled-opt %s --atled-outline-parts=loops=0 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: error: the most loops of a part are 0, and have to be 1 or more

// Where there are few loops, all stays.
// FEW: func.func @two(

// CHECK-LABEL: func.func private @two.part(
// CHECK-SAME: %[[V:[^:]*]]: f32, %[[X:[^:]*]]: memref<4xf32>) attributes {passthrough = ["noinline"]}
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C1:.*]] = arith.constant 1 : index
// CHECK-DAG: %[[C4:.*]] = arith.constant 4 : index
// CHECK: scf.for %[[I:.*]] = %[[C0]] to %[[C4]] step %[[C1]] {
// CHECK-NEXT: memref.store %[[V]], %[[X]][%[[I]]]
// CHECK-NEXT: }
// CHECK-NEXT: return
// CHECK-LABEL: func.func private @two.part_0(
// CHECK-SAME: %{{.*}}: f32, %[[Y:[^:]*]]: memref<4xf32>)
// CHECK: memref.store %{{.*}}, %[[Y]]
// CHECK-LABEL: func.func @two(
// CHECK-SAME: %[[X:[^:]*]]: memref<4xf32>, %[[Y:[^:]*]]: memref<4xf32>, %[[V:[^:]*]]: f32)
// CHECK-NOT: scf.for
// CHECK: call @two.part(%[[V]], %[[X]])
// CHECK-NEXT: call @two.part_0(%[[V]], %[[Y]])
// CHECK-NEXT: return
func.func @two(%x: memref<4xf32>, %y: memref<4xf32>, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.for %i = %c0 to %c4 step %c1 {
    memref.store %v, %x[%i] : memref<4xf32>
  }
  scf.for %i = %c0 to %c4 step %c1 {
    memref.store %v, %y[%i] : memref<4xf32>
  }
  return
}

// A piece of the workspace is found again there: with it, it would overlap. The
// status and the workspace stand where they always do.
// CHECK-LABEL: func.func private @workspace.part(
// CHECK-SAME: %[[N:[^:]*]]: index, %[[STATUS:[^:]*]]: memref<1xi32>, %[[WORKSPACE:[^:]*]]: memref<?xi8>)
// CHECK-SAME: atled.status
// CHECK-SAME: atled.workspace_bytes = 512 : i64
// CHECK: %[[PIECE:.*]] = memref.view %[[WORKSPACE]]
// CHECK: scf.for %[[I:.*]] = %{{.*}} to %[[N]]
// CHECK: memref.store %{{.*}}, %[[PIECE]][%[[I]]]
// CHECK: memref.store %{{.*}}, %[[STATUS]]
// CHECK-LABEL: func.func private @workspace.part_{{[0-9]+}}(
// CHECK-SAME: %{{.*}}: index, %{{.*}}: memref<?xi8>)
// CHECK-NOT: atled.status
// CHECK-SAME: atled.workspace_bytes = 512 : i64
// CHECK-LABEL: func.func @workspace(
func.func @workspace(%n: index, %status: memref<1xi32>, %workspace: memref<?xi8>)
    attributes {atled.status, atled.workspace_bytes = 512 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i32
  %c64 = arith.constant 64 : index
  %piece = memref.view %workspace[%c64][] : memref<?xi8> to memref<8xi32>
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %piece[%i] : memref<8xi32>
    memref.store %zero, %status[%c0] : memref<1xi32>
  }
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %piece[%i] : memref<8xi32>
  }
  return
}

// What computes a value for a part behind it stays between them.
// CHECK-LABEL: func.func @between(
// CHECK-SAME: %[[X:[^:]*]]: memref<4xf32>, %[[Y:[^:]*]]: memref<4xf32>, %[[N:[^:]*]]: index
// CHECK: call @between.part{{.*}}(%[[X]], %[[N]])
// CHECK-NEXT: %[[V:.*]] = memref.load %[[X]]
// CHECK-NEXT: %[[W:.*]] = arith.addf %[[V]], %[[V]]
// CHECK-NEXT: call @between.part{{.*}}(%[[W]], %[[Y]], %[[N]])
// CHECK-NEXT: call @between.part{{.*}}(%[[W]], %[[X]], %[[N]])
// CHECK-NEXT: return
func.func @between(%x: memref<4xf32>, %y: memref<4xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %x[%i] : memref<4xf32>
  }
  %v = memref.load %x[%c0] : memref<4xf32>
  %w = arith.addf %v, %v : f32
  scf.for %i = %c0 to %n step %c1 {
    memref.store %w, %y[%i] : memref<4xf32>
  }
  scf.for %i = %c0 to %n step %c1 {
    memref.store %w, %x[%i] : memref<4xf32>
  }
  return
}

// CHECK-LABEL: func.func @branch(
// CHECK-SAME: %[[X:[^:]*]]: memref<4xf32>, %[[CONDITION:[^:]*]]: i1, %[[N:[^:]*]]: index
// CHECK: scf.if %[[CONDITION]] {
// CHECK-NEXT: func.call @branch.part{{.*}}(%[[X]], %[[N]])
// CHECK-NEXT: func.call @branch.part{{.*}}(%[[X]], %[[N]])
// CHECK-NEXT: }
func.func @branch(%x: memref<4xf32>, %condition: i1, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  scf.if %condition {
    scf.for %i = %c0 to %n step %c1 {
      memref.store %zero, %x[%i] : memref<4xf32>
    }
    scf.for %i = %c0 to %n step %c1 {
      memref.store %one, %x[%i] : memref<4xf32>
    }
  }
  return
}

// A buffer that a loop carries may be any.
// CHECK-LABEL: func.func @carried(
// CHECK: scf.for {{.*}} iter_args
// CHECK: scf.for
// CHECK: memref.store
// CHECK-NOT: call
func.func @carried(%x: memref<4xf32>, %y: memref<4xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %z:2 = scf.for %j = %c0 to %n step %c1 iter_args(%p = %x, %q = %y) -> (memref<4xf32>, memref<4xf32>) {
    scf.for %i = %c0 to %n step %c1 {
      memref.store %zero, %p[%i] : memref<4xf32>
    }
    scf.yield %q, %p : memref<4xf32>, memref<4xf32>
  }
  return
}

// What uses a vector that something else computes stays, and so does what
// depends on that; what is left between is a part.
// CHECK-LABEL: func.func private @vectors.part(
// CHECK-NOT: math.sin
// CHECK: memref.store
// CHECK-LABEL: func.func @vectors(
// CHECK: %[[A:.*]] = math.sin
// CHECK: %[[B:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[A]])
// CHECK: call @vectors.part
// CHECK: scf.for {{.*}} iter_args(%{{.*}} = %[[B]])
func.func @vectors(%x: memref<4xf32>, %v: vector<4xf32>, %n: index) -> vector<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %a = math.sin %v : vector<4xf32>
  %b = scf.for %i = %c0 to %n step %c1 iter_args(%w = %a) -> (vector<4xf32>) {
    %y = arith.addf %w, %a : vector<4xf32>
    scf.yield %y : vector<4xf32>
  }
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %x[%i] : memref<4xf32>
  }
  %c = scf.for %i = %c0 to %n step %c1 iter_args(%w = %b) -> (vector<4xf32>) {
    %y = arith.addf %w, %a : vector<4xf32>
    scf.yield %y : vector<4xf32>
  }
  return %c : vector<4xf32>
}

// Memory through which buffers are handed on goes with those who fill it and
// those who read it, and is nothing that a part takes: it could lead to what the
// part takes, too.
llvm.func @hand_on(!llvm.ptr)
// CHECK-LABEL: func.func private @memory.part(
// CHECK-SAME: %{{[^:]*}}: memref<4xf32>, %{{[^:]*}}: index)
// CHECK: %[[OWN:.*]] = llvm.alloca
// CHECK: scf.for
// CHECK: llvm.store %{{.*}}, %[[OWN]]
// CHECK: llvm.call @hand_on(%[[OWN]])
// CHECK-LABEL: func.func @memory(
// CHECK: llvm.alloca
// CHECK: %[[SHARED:.*]] = llvm.alloca
// CHECK: llvm.store %{{.*}}, %[[SHARED]]
// CHECK-NEXT: call @memory.part
// CHECK-NEXT: call @memory.part
// CHECK-NEXT: llvm.call @hand_on(%[[SHARED]])
// CHECK-NEXT: call @memory.part
// CHECK-NEXT: return
func.func @memory(%x: memref<4xf32>, %n: index) {
  %one = llvm.mlir.constant(1 : i64) : i64
  %own = llvm.alloca %one x i64 : (i64) -> !llvm.ptr
  %shared = llvm.alloca %one x i64 : (i64) -> !llvm.ptr
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  llvm.store %one, %shared : i64, !llvm.ptr
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %x[%i] : memref<4xf32>
  }
  llvm.store %one, %own : i64, !llvm.ptr
  llvm.call @hand_on(%own) : (!llvm.ptr) -> ()
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %x[%i] : memref<4xf32>
  }
  llvm.call @hand_on(%shared) : (!llvm.ptr) -> ()
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %x[%i] : memref<4xf32>
  }
  return
}
