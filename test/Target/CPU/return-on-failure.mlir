// RUN: atled-opt %s --atled-return-on-failure -split-input-file -verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @f
// CHECK-SAME: %[[HOLDS:.*]]: i32, %[[STATUS:.*]]: memref<1xi32>, %{{.*}}: memref<?xi8>
// CHECK: memref.store %[[HOLDS]], %[[STATUS]]
// CHECK: %[[CODE:.*]] = memref.load %[[STATUS]]
// CHECK: %[[WELL:.*]] = arith.cmpi eq, %[[CODE]]
// CHECK: cf.cond_br %[[WELL]], ^[[REST:.*]], ^[[EXIT:.*]]
// CHECK: ^[[REST]]:
// CHECK: call @g
// CHECK: cf.cond_br %{{.*}}, ^[[END:.*]], ^[[EXIT]]
// CHECK: ^[[END]]:
// CHECK: return %{{.*}} : f32
// CHECK: ^[[EXIT]]:
// CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK: return %[[ZERO]] : f32
func.func private @g(%status: memref<1xi32>, %workspace: memref<?xi8>)
func.func @f(%code: i32, %status: memref<1xi32>, %workspace: memref<?xi8>) -> f32
    attributes {atled.status, atled.workspace_bytes = 64 : i64} {
  %c0 = arith.constant 0 : index
  memref.store %code, %status[%c0] : memref<1xi32>
  call @g(%status, %workspace) : (memref<1xi32>, memref<?xi8>) -> ()
  %r = arith.constant 1.0 : f32
  return %r : f32
}

// -----

// What follows minds no failure here.
// CHECK-LABEL: func.func @goes_on
// CHECK-NOT: cf.cond_br
func.func @goes_on(%code: i32, %status: memref<1xi32>) attributes {atled.status} {
  %c0 = arith.constant 0 : index
  memref.store %code, %status[%c0] {atled.goes_on} : memref<1xi32>
  return
}

// -----

func.func @in_a_loop(%n: index, %code: i32, %status: memref<1xi32>) attributes {atled.status} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    // expected-error @below {{is in a region; run 'convert-scf-to-cf' first}}
    memref.store %code, %status[%c0] : memref<1xi32>
  }
  return
}
