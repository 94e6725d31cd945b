// RUN: atled-opt %s --atled-skip-empty-loops | FileCheck %s

// CHECK-LABEL: func.func @nest(
// CHECK-SAME: , %[[L:[^:]*]]: index, %[[M:[^:]*]]: index, %[[N:[^:]*]]: index
// CHECK: %[[HAS:.*]] = arith.cmpi sgt, %[[N]], %[[C0:.*]] :
// CHECK: %[[END:.*]] = arith.select %[[HAS]], %[[M]], %[[C0]]
// CHECK: %[[RUNS:.*]] = arith.cmpi sgt, %[[END]], %[[C0]]
// CHECK: %[[OUTER:.*]] = arith.select %[[RUNS]], %[[L]], %[[C0]]
// CHECK: scf.for %{{.*}} = %[[C0]] to %[[OUTER]]
// CHECK: scf.for
// CHECK: scf.for %{{.*}} = %[[C0]] to %[[N]]
func.func @nest(%y: memref<?x?x?xf32>, %l: index, %m: index, %n: index, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %l step %c1 {
    scf.for %j = %c0 to %m step %c1 {
      scf.for %k = %c0 to %n step %c1 {
        memref.store %v, %y[%i, %j, %k] : memref<?x?x?xf32>
      }
    }
  }
  return
}

// Where one of two has something to do, the loop around both has.
// CHECK-LABEL: func.func @two(
// CHECK-SAME: , %[[M:[^:]*]]: index, %[[N:[^:]*]]: index
// CHECK: %[[BEGIN:.*]] = arith.divsi %[[N]]
// CHECK: %[[FIRST:.*]] = arith.cmpi sgt, %[[BEGIN]], %[[C0:.*]] :
// CHECK: %[[SECOND:.*]] = arith.cmpi slt, %[[BEGIN]], %[[N]]
// CHECK: %[[RUNS:.*]] = arith.ori %[[FIRST]], %[[SECOND]]
// CHECK: arith.select %[[RUNS]], %[[M]], %[[C0]]
func.func @two(%y: memref<?x?xf32>, %m: index, %n: index, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %m step %c1 {
    %c2 = arith.constant 2 : index
    %half = arith.divsi %n, %c2 : index
    scf.for %j = %c0 to %half step %c1 {
      memref.store %v, %y[%i, %j] : memref<?x?xf32>
    }
    %isLarge = arith.cmpi sgt, %n, %c2 : index
    scf.if %isLarge {
      scf.for %j = %half to %n step %c1 {
        memref.store %v, %y[%i, %j] : memref<?x?xf32>
      }
    }
  }
  return
}

// It writes besides, it runs a loop that is known to do something, or one whose bounds change.
// CHECK-LABEL: func.func @left_alone(
// CHECK-NOT: arith.select
func.func @left_alone(%y: memref<?x?xf32>, %m: index, %n: index, %v: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.for %i = %c0 to %m step %c1 {
    memref.store %v, %y[%i, %c0] : memref<?x?xf32>
    scf.for %j = %c1 to %n step %c1 {
      memref.store %v, %y[%i, %j] : memref<?x?xf32>
    }
  }
  scf.for %i = %c0 to %m step %c1 {
    scf.for %j = %c0 to %c4 step %c1 {
      memref.store %v, %y[%i, %j] : memref<?x?xf32>
    }
  }
  scf.for %i = %c0 to %m step %c1 {
    scf.for %j = %c0 to %i step %c1 {
      memref.store %v, %y[%i, %j] : memref<?x?xf32>
    }
  }
  return
}
