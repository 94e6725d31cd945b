// RUN: atled-opt %s --atled-report-failures | FileCheck %s

// CHECK-LABEL: func.func private @assertion
// CHECK-SAME: %[[HOLDS:.*]]: i1, %[[STATUS:.*]]: memref<1xi32>) attributes {atled.status}
// CHECK-DAG: %[[CODE:.*]] = arith.constant 2 : i32
// CHECK-DAG: %[[OK:.*]] = arith.constant 0 : i32
// CHECK: %[[BEFORE:.*]] = memref.load %[[STATUS]]
// CHECK: %[[FIRST:.*]] = arith.cmpi eq, %[[BEFORE]], %[[OK]]
// CHECK: %[[FAILED:.*]] = arith.select %[[FIRST]], %[[CODE]], %[[BEFORE]]
// CHECK: %[[AFTER:.*]] = arith.select %[[HOLDS]], %[[BEFORE]], %[[FAILED]]
// CHECK: memref.store %[[AFTER]], %[[STATUS]]
// CHECK-NOT: cf.assert
func.func private @assertion(%holds: i1) {
  cf.assert %holds, "the input is sorted"
  return
}

// Callers pass the status on.
// CHECK-LABEL: func.func @caller
// CHECK-SAME: %{{.*}}: i1, %[[STATUS:.*]]: memref<1xi32>) attributes {atled.status}
// CHECK: scf.while
// CHECK: call @assertion(%{{.*}}, %[[STATUS]])
func.func @caller(%holds: i1) {
  scf.while : () -> () {
    scf.condition(%holds)
  } do {
    func.call @assertion(%holds) : (i1) -> ()
    scf.yield
  }
  return
}

// Each limit has a code of its own.
// CHECK-LABEL: func.func @limits
// CHECK-DAG: arith.constant 3 : i32
// CHECK-DAG: arith.constant 4 : i32
// CHECK-DAG: arith.constant 5 : i32
// CHECK-DAG: arith.constant 1 : i32
// CHECK-DAG: arith.constant 9 : i32
func.func @limits(%holds: i1) {
  cf.assert %holds, "" {ad.limit = "step"}
  cf.assert %holds, "" {ad.limit = "iterations"}
  cf.assert %holds, "" {ad.limit = "depth"}
  cf.assert %holds, "" {ad.limit = "workspace"}
  cf.assert %holds, "a size is negative" {atled.extents_fit}
  return
}

// What cannot fail stays as it is.
// CHECK-LABEL: func.func @pure
// CHECK-SAME: (%{{.*}}: i1) {
func.func @pure(%holds: i1) {
  return
}

// What has no body returns a code; the first that is not 0 is kept.
// CHECK: func.func private @elsewhere(memref<4xf32>, memref<?xi8>) -> i32
func.func private @elsewhere(memref<4xf32>, memref<?xi8>) attributes {atled.workspace_bytes = 0 : i64}
// CHECK-LABEL: func.func @calls_elsewhere
// CHECK-SAME: %[[X:.*]]: memref<4xf32>, %[[STATUS:.*]]: memref<1xi32>, %[[WORKSPACE:.*]]: memref<?xi8>)
// CHECK-SAME: atled.status
// CHECK: %[[CODE:.*]] = call @elsewhere(%[[X]], %[[WORKSPACE]]) : (memref<4xf32>, memref<?xi8>) -> i32
// CHECK: %[[OK:.*]] = arith.constant 0 : i32
// CHECK: %[[BEFORE:.*]] = memref.load %[[STATUS]]
// CHECK: %[[FIRST:.*]] = arith.cmpi eq, %[[BEFORE]], %[[OK]]
// CHECK: %[[AFTER:.*]] = arith.select %[[FIRST]], %[[CODE]], %[[BEFORE]]
// CHECK: memref.store %[[AFTER]], %[[STATUS]]
func.func @calls_elsewhere(%x: memref<4xf32>, %workspace: memref<?xi8>) attributes {atled.workspace_bytes = 0 : i64} {
  func.call @elsewhere(%x, %workspace) : (memref<4xf32>, memref<?xi8>) -> ()
  return
}

// A NaN stops nothing but what may never end of it, may fail itself, or is somebody else's.
// CHECK-LABEL: func.func @nan(
// CHECK-SAME: %[[STATUS:[^:]*]]: memref<1xi32>) attributes
// CHECK: memref.store %{{.*}}, %[[STATUS]][%{{.*}}] {atled.goes_on}
// CHECK: memref.store %{{.*}}, %[[STATUS]][%{{.*}}] : memref
// CHECK: scf.while
// CHECK: memref.store %{{.*}}, %[[STATUS]][%{{.*}}] : memref
// CHECK: memref.store %{{.*}}, %[[STATUS]][%{{.*}}] : memref
// CHECK: call @elsewhere
// CHECK: memref.store %{{.*}}, %[[STATUS]][%{{.*}}] : memref
// CHECK: memref.store %{{.*}}, %[[STATUS]][%{{.*}}] {atled.goes_on}
// CHECK: return
func.func @nan(%holds: i1, %x: memref<4xf32>, %workspace: memref<?xi8>) {
  cf.assert %holds, "" {ad.limit = "nan"}
  %again = func.call @plain(%holds) : (i1) -> i1
  cf.assert %again, "" {ad.limit = "nan"}
  scf.while : () -> () {
    scf.condition(%holds)
  } do {
    cf.assert %holds, "" {ad.limit = "nan"}
    scf.yield
  }
  cf.assert %holds, "" {ad.limit = "nan"}
  func.call @elsewhere(%x, %workspace) : (memref<4xf32>, memref<?xi8>) -> ()
  cf.assert %holds, "" {ad.limit = "nan"}
  return
}
func.func private @plain(%holds: i1) -> i1 {
  return %holds : i1
}
