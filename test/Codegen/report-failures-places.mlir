// RUN: atled-opt %s --atled-report-failures=places --split-input-file | FileCheck %s

// Each place is where in the text its line begins. What the code says is not said again; folders are not told.
// CHECK: module attributes {atled.places = "\00here.mlir:7:3: the input is sorted\00here.mlir:8:5\00'elsewhere'\00"}
module {
  // CHECK-LABEL: func.func private @assertion
  // CHECK-SAME: %[[HOLDS:.*]]: i1, %[[STATUS:.*]]: memref<1xi64>) attributes {atled.status}
  // 1 in the upper half, 2 in the lower.
  // CHECK: %[[FAILED:.*]] = arith.constant 4294967298 : i64
  // CHECK: %[[BEFORE:.*]] = memref.load %[[STATUS]]
  // CHECK: %[[FIRST:.*]] = arith.cmpi eq, %[[BEFORE]]
  // CHECK: arith.select %[[FIRST]], %[[FAILED]], %[[BEFORE]] : i64
  func.func private @assertion(%holds: i1) {
    cf.assert %holds, "the input is sorted" loc("/some/where/here.mlir":7:3)
    cf.assert %holds, "the step of a loop is positive" {ad.limit = "step"} loc("/some/where/here.mlir":8:5)
    return
  }

  // CHECK-LABEL: func.func @calls_elsewhere
  // CHECK: %[[CODE:.*]] = call @elsewhere
  // CHECK: %[[WIDE:.*]] = arith.extui %[[CODE]] : i32 to i64
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : i64
  // CHECK: %[[WELL:.*]] = arith.cmpi eq, %[[WIDE]], %[[ZERO]]
  // CHECK: %[[BOTH:.*]] = arith.ori %[[WIDE]]
  // CHECK: arith.select %[[WELL]], %[[ZERO]], %[[BOTH]]
  func.func private @elsewhere(memref<4xf32>, memref<?xi8>) attributes {atled.workspace_bytes = 0 : i64}
  func.func @calls_elsewhere(%x: memref<4xf32>, %workspace: memref<?xi8>) attributes {atled.workspace_bytes = 0 : i64} {
    func.call @elsewhere(%x, %workspace) : (memref<4xf32>, memref<?xi8>) -> () loc(unknown)
    return
  }
}

// -----

// What cannot fail tells so.
// CHECK: module attributes {atled.places = "\00"}
module {
  // CHECK: func.func @pure(%{{.*}}: i1) {
  func.func @pure(%holds: i1) {
    return
  }
}
