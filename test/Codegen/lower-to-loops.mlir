// RUN: atled-opt %s --atled-lower-to-loops -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @copy
// CHECK-NOT: linalg
// CHECK: scf.for %[[I:.*]] = %{{.*}} to %{{.*}} step
// CHECK:   scf.for %[[J:.*]] = %{{.*}} to %{{.*}} step
// CHECK:     %[[V:.*]] = memref.load %arg0[%[[I]], %[[J]]]
// CHECK:     memref.store %[[V]], %arg1[%[[I]], %[[J]]]
func.func @copy(%x: memref<4x8xf32>, %y: memref<4x8xf32>) {
  linalg.copy ins(%x : memref<4x8xf32>) outs(%y : memref<4x8xf32>)
  return
}
