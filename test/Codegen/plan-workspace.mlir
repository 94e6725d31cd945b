// RUN: atled-opt %s --atled-plan-workspace -canonicalize -split-input-file | FileCheck %s

// A chain of temporaries needs two places, however long it is.

// CHECK-LABEL: func.func @chain
// CHECK-SAME: atled.workspace_bytes = 2048 : i64
func.func @chain(%x: memref<256xf32>, %y: memref<256xf32>) {
  %a = memref.alloc() : memref<256xf32>
  %b = memref.alloc() : memref<256xf32>
  %c = memref.alloc() : memref<256xf32>
  %d = memref.alloc() : memref<256xf32>
  %e = memref.alloc() : memref<256xf32>
  linalg.exp ins(%x : memref<256xf32>) outs(%a : memref<256xf32>)
  linalg.exp ins(%a : memref<256xf32>) outs(%b : memref<256xf32>)
  linalg.exp ins(%b : memref<256xf32>) outs(%c : memref<256xf32>)
  linalg.exp ins(%c : memref<256xf32>) outs(%d : memref<256xf32>)
  linalg.exp ins(%d : memref<256xf32>) outs(%e : memref<256xf32>)
  linalg.exp ins(%e : memref<256xf32>) outs(%y : memref<256xf32>)
  return
}

// -----

// Offsets are multiples of 64; a view keeps its buffer alive.

// CHECK-LABEL: func.func @views
// CHECK-SAME: %[[W:[a-z0-9]+]]: memref<?xi8>) attributes {atled.workspace_bytes = 448 : i64}
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C320:.*]] = arith.constant 320 : index
// CHECK-DAG: memref.view %[[W]][%[[C0]]][] : memref<?xi8> to memref<33xf64>
// CHECK-DAG: memref.view %[[W]][%[[C320]]][] : memref<?xi8> to memref<20xf32>
func.func @views(%x: memref<33xf64>, %y: memref<20xf32>, %z: memref<11x3xf64>) {
  %a = memref.alloc() : memref<33xf64>
  %v = memref.expand_shape %a [[0, 1]] output_shape [11, 3] : memref<33xf64> into memref<11x3xf64>
  linalg.exp ins(%x : memref<33xf64>) outs(%a : memref<33xf64>)
  %b = memref.alloc() : memref<20xf32>
  linalg.exp ins(%y : memref<20xf32>) outs(%b : memref<20xf32>)
  linalg.exp ins(%b : memref<20xf32>) outs(%y : memref<20xf32>)
  linalg.exp ins(%v : memref<11x3xf64>) outs(%z : memref<11x3xf64>)
  return
}

// -----

// What a loop reads lives until the loop is over.

// CHECK-LABEL: func.func @loop
// CHECK-SAME: atled.workspace_bytes = 2048 : i64
func.func @loop(%x: memref<256xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.alloc() : memref<256xf32>
  linalg.exp ins(%x : memref<256xf32>) outs(%a : memref<256xf32>)
  scf.for %i = %c0 to %n step %c1 {
    linalg.exp ins(%a : memref<256xf32>) outs(%x : memref<256xf32>)
    %b = memref.alloc() : memref<256xf32>
    linalg.exp ins(%x : memref<256xf32>) outs(%b : memref<256xf32>)
    linalg.exp ins(%b : memref<256xf32>) outs(%x : memref<256xf32>)
  }
  return
}

// -----

// A buffer that leaves a branch lives on under another name.

// CHECK-LABEL: func.func @branch
// CHECK-SAME: atled.workspace_bytes = 3072 : i64
func.func @branch(%p: i1, %x: memref<256xf32>) {
  %r = scf.if %p -> memref<256xf32> {
    %a = memref.alloc() : memref<256xf32>
    linalg.exp ins(%x : memref<256xf32>) outs(%a : memref<256xf32>)
    scf.yield %a : memref<256xf32>
  } else {
    %b = memref.alloc() : memref<256xf32>
    linalg.log ins(%x : memref<256xf32>) outs(%b : memref<256xf32>)
    scf.yield %b : memref<256xf32>
  }
  %c = memref.alloc() : memref<256xf32>
  linalg.exp ins(%x : memref<256xf32>) outs(%c : memref<256xf32>)
  linalg.add ins(%r, %c : memref<256xf32>, memref<256xf32>) outs(%x : memref<256xf32>)
  return
}

// -----

// The callee's workspace is a piece of the caller's, for the time of the call.

// CHECK-LABEL: func.func @caller
// CHECK-SAME: %[[W:[a-z0-9]+]]: memref<?xi8>) attributes {atled.workspace_bytes = 2048 : i64}
// CHECK: %[[C1024:.*]] = arith.constant 1024 : index
// CHECK: %[[V:.*]] = memref.view %[[W]][%[[C1024]]][] : memref<?xi8> to memref<1024xi8>
// CHECK: %[[F:.*]] = memref.cast %[[V]]
// CHECK: call @callee(%{{.*}}, %{{.*}}, %[[F]])
func.func @caller(%x: memref<256xf32>) {
  %a = memref.alloc() : memref<256xf32>
  func.call @callee(%x, %a) : (memref<256xf32>, memref<256xf32>) -> ()
  linalg.exp ins(%a : memref<256xf32>) outs(%x : memref<256xf32>)
  return
}
// CHECK-LABEL: func.func private @callee
// CHECK-SAME: atled.workspace_bytes = 1024 : i64
func.func private @callee(%x: memref<256xf32>, %y: memref<256xf32>) {
  %a = memref.alloc() : memref<256xf32>
  linalg.exp ins(%x : memref<256xf32>) outs(%a : memref<256xf32>)
  linalg.exp ins(%a : memref<256xf32>) outs(%y : memref<256xf32>)
  return
}

// -----

// What fits registers is on the stack, outside of loops.

// CHECK-LABEL: func.func @small
// CHECK-SAME: atled.workspace_bytes = 0 : i64
// CHECK: memref.alloca() {{.*}}: memref<f64>
// CHECK: scf.for
func.func @small(%x: memref<f64>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %a = memref.alloc() : memref<f64>
    linalg.exp ins(%x : memref<f64>) outs(%a : memref<f64>)
    linalg.exp ins(%a : memref<f64>) outs(%x : memref<f64>)
  }
  return
}

// What has no body gets what it asks for, in multiples of the alignment.
// CHECK: func.func private @asks(memref<4xf32>, memref<?xi8>) attributes {atled.workspace_bytes = 100 : i64}
func.func private @asks(memref<4xf32>) attributes {atled.workspace_bytes = 100 : i64}
// CHECK: func.func private @asks_nothing(memref<4xf32>, memref<?xi8>) attributes {atled.workspace_bytes = 0 : i64}
func.func private @asks_nothing(memref<4xf32>)
// CHECK-LABEL: func.func @gives(
// CHECK-SAME: %[[X:.*]]: memref<4xf32>, %[[WORKSPACE:.*]]: memref<?xi8>) attributes {atled.workspace_bytes = 128 : i64}
// CHECK: %[[PIECE:.*]] = memref.view %[[WORKSPACE]][%{{.*}}][] : memref<?xi8> to memref<100xi8>
// CHECK: %[[GIVEN:.*]] = memref.cast %[[PIECE]]
// CHECK: call @asks(%[[X]], %[[GIVEN]])
func.func @gives(%x: memref<4xf32>) {
  func.call @asks(%x) : (memref<4xf32>) -> ()
  func.call @asks_nothing(%x) : (memref<4xf32>) -> ()
  return
}

// A dimension that becomes two of dynamic extent is a view that says its strides, also of a part.
// CHECK-LABEL: func.func @square(
// CHECK-SAME: %[[X:[a-z0-9]+]]: memref<3x6xf32>, %[[N:[a-z0-9]+]]: index, %[[M:[a-z0-9]+]]: index,
// CHECK: %[[PART:.*]] = memref.subview %[[X]]
// CHECK: memref.reinterpret_cast %[[PART]] to offset: [1], sizes: [3, %[[N]], %[[M]]], strides: [6, %[[M]], 1]
// CHECK-NOT: memref.expand_shape
func.func @square(%x: memref<3x6xf32>, %n: index, %m: index, %i: index, %y: memref<f32>) {
  %c0 = arith.constant 0 : index
  %part = memref.subview %x[0, 1] [3, 4] [1, 1] : memref<3x6xf32> to memref<3x4xf32, strided<[6, 1], offset: 1>>
  %open = memref.cast %part : memref<3x4xf32, strided<[6, 1], offset: 1>> to memref<3x?xf32, strided<[6, 1], offset: 1>>
  %square = memref.expand_shape %open [[0], [1, 2]] output_shape [3, %n, %m]
      : memref<3x?xf32, strided<[6, 1], offset: 1>> into memref<3x?x?xf32, strided<[6, ?, 1], offset: 1>>
  %a = memref.load %square[%c0, %i, %i] : memref<3x?x?xf32, strided<[6, ?, 1], offset: 1>>
  memref.store %a, %y[] : memref<f32>
  return
}
