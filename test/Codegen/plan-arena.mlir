// RUN: atled-opt %s --atled-plan-workspace -split-input-file -verify-diagnostics | FileCheck %s

// A buffer whose size only the run tells is behind the workspace, if it fits there; if not, all accesses go to
// room for one row.

// CHECK-LABEL: func.func @stack
// CHECK-SAME: (%[[N:.*]]: index, %[[ROW:.*]]: memref<4xf32>, %[[BASE:.*]]: memref<1xi8>, %[[FRAME:.*]]: index, %[[TOP:.*]]: index, %[[STATE:.*]]: memref<2xi64>, %{{.*}}: memref<?xi8>)
// CHECK-SAME: atled.arena
// CHECK-SAME: atled.workspace_bytes = 64
func.func @stack(%n: index, %row: memref<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: %[[END:.*]] = arith.minui
  // CHECK: memref.store %{{.*}}, %[[STATE]]
  // CHECK: %[[LIMIT:.*]] = arith.index_cast %{{.*}} : i64 to index
  // CHECK: %[[FITS:.*]] = arith.cmpi ule, %{{.*}}, %[[LIMIT]]
  // CHECK: %[[SPARE:.*]] = arith.addi %[[FRAME]], %{{.*}}
  // CHECK: %[[OFFSET:.*]] = arith.select %[[FITS]], %[[TOP]], %[[SPARE]]
  // CHECK: %[[ALL:.*]] = memref.reinterpret_cast %[[BASE]] to offset: [0], sizes: [%[[LIMIT]]]
  // CHECK: %[[STACK:.*]] = memref.view %[[ALL]][%[[OFFSET]]][%[[N]]] : memref<?xi8> to memref<?x4xf32>
  %stack = memref.alloc(%n) {alignment = 64 : i64} : memref<?x4xf32>
  // CHECK: scf.for %[[I:.*]] =
  scf.for %i = %c0 to %n step %c1 {
    // CHECK: %[[K:.*]] = arith.select %[[FITS]], %[[I]], %{{.*}}
    // CHECK: memref.subview %[[STACK]][%[[K]], 0]
    %slot = memref.subview %stack[%i, 0] [1, 4] [1, 1] : memref<?x4xf32> to memref<4xf32, strided<[1], offset: ?>>
    linalg.copy ins(%row : memref<4xf32>) outs(%slot : memref<4xf32, strided<[1], offset: ?>>)
  }
  // What works on all of it is left out if it does not fit.
  // CHECK: scf.if %[[FITS]]
  // CHECK-NEXT: linalg.fill
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%stack : memref<?x4xf32>)
  return
}

// -----

// The second one begins where the first one ends; a loop's own are given back after each iteration.
// CHECK-LABEL: func.func @two
// CHECK-SAME: memref<1xi8>, %{{[a-z0-9]+}}: index, %[[TOP:[a-z0-9]+]]: index,
func.func @two(%n: index, %i: index, %v: f32) {
  // CHECK: %[[START1:.*]] = arith.addi %[[TOP]], %{{.*}}
  // CHECK: %[[END1:.*]] = arith.minui %[[START1]]
  // CHECK: %[[FITS1:.*]] = arith.cmpi ule, %[[END1]]
  // CHECK: arith.select %[[FITS1]], %[[TOP]], %{{.*}}
  %a = memref.alloc(%n) : memref<?xf32>
  // CHECK: %[[FITS2:.*]] = arith.cmpi ule
  // CHECK: arith.select %[[FITS2]], %[[END1]], %{{.*}}
  %b = memref.alloc(%n) : memref<?xf32>
  // CHECK: %[[KA:.*]] = arith.select %[[FITS1]]
  // CHECK: memref.store %{{.*}}, %{{.*}}[%[[KA]]]
  memref.store %v, %a[%i] : memref<?xf32>
  // CHECK: %[[KB:.*]] = arith.select %[[FITS2]]
  // CHECK: memref.load %{{.*}}[%[[KB]]]
  %w = memref.load %b[%i] : memref<?xf32>
  memref.store %w, %a[%i] : memref<?xf32>
  // What has been read from the spare row goes no further.
  // CHECK: cf.assert %[[FITS2]], "the workspace has room for it" {ad.limit = "workspace"}
  // CHECK-NEXT: return
  return
}

// -----

// What is read means nothing if there was no room: it is no index, and decides no loop.
// CHECK-LABEL: func.func @index_from_a_stack
func.func @index_from_a_stack(%n: index, %i: index, %v: index, %x: memref<8xf32>) -> f32 {
  // CHECK: %[[FITS:.*]] = arith.cmpi ule
  %a = memref.alloc(%n) : memref<?xindex>
  // CHECK: memref.store
  memref.store %v, %a[%i] : memref<?xindex>
  // CHECK: %[[J:.*]] = memref.load
  %j = memref.load %a[%i] : memref<?xindex>
  // CHECK: cf.assert %[[FITS]]
  // CHECK-NEXT: memref.load %{{.*}}[%[[J]]]
  %y = memref.load %x[%j] : memref<8xf32>
  return %y : f32
}

// -----

// A caller hands the arena on, and tells where the callee's own workspace is.
// CHECK-LABEL: func.func @callee
func.func @callee(%n: index, %i: index, %v: f32) {
  %a = memref.alloc(%n) : memref<?xf32>
  memref.store %v, %a[%i] : memref<?xf32>
  return
}
// CHECK-LABEL: func.func @caller
// CHECK-SAME: %[[BASE:[a-z0-9]+]]: memref<1xi8>, %[[FRAME:[a-z0-9]+]]: index, %[[TOP:[a-z0-9]+]]: index, %[[STATE:[a-z0-9]+]]: memref<2xi64>
// CHECK: %[[INNER:.*]] = arith.addi %[[FRAME]]
// CHECK: call @callee(%{{.*}}, %{{.*}}, %{{.*}}, %[[BASE]], %[[INNER]], %[[TOP]], %[[STATE]], %{{.*}})
func.func @caller(%n: index, %i: index, %v: f32) {
  call @callee(%n, %i, %v) : (index, index, f32) -> ()
  return
}

// -----

// A branch that returns such a buffer tells how far it reaches, and whether it fits.
// CHECK-LABEL: func.func @branch
// CHECK: %[[R:.*]]:3 = scf.if %{{.*}} -> (memref<?xf32>, index, i1)
// CHECK: %[[K:.*]] = arith.select %[[R]]#2
// CHECK: memref.store %{{.*}}, %[[R]]#0[%[[K]]]
func.func @branch(%p: i1, %n: index, %i: index, %v: f32) {
  %r = scf.if %p -> memref<?xf32> {
    %a = memref.alloc(%n) : memref<?xf32>
    scf.yield %a : memref<?xf32>
  } else {
    %b = memref.alloc(%i) : memref<?xf32>
    scf.yield %b : memref<?xf32>
  }
  memref.store %v, %r[%i] : memref<?xf32>
  return
}

// -----

func.func @constant_row(%n: index) {
  %a = memref.alloc(%n) : memref<?x4xf32>
  // expected-error @below {{takes a row of a buffer of dynamic size by a constant number}}
  %s = memref.subview %a[3, 0] [1, 4] [1, 1] : memref<?x4xf32> to memref<4xf32, strided<[1], offset: 12>>
  return
}

// -----

func.func @unknown_use(%n: index) {
  %a = memref.alloc(%n) : memref<?x4xf32>
  // expected-error @below {{uses a buffer of dynamic size in a way that has no plan}}
  // expected-note @below {{its size is what the program computes: give it the size that it has at most, and let 'atled.select' choose what of it counts}}
  %s = memref.extract_aligned_pointer_as_index %a : memref<?x4xf32> -> index
  return
}
