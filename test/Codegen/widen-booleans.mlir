// RUN: atled-opt %s --atled-widen-booleans | FileCheck %s

// CHECK: memref.global "private" constant @bits : memref<3xi8> = dense<[1, 0, 1]>
memref.global "private" constant @bits : memref<3xi1> = dense<[true, false, true]>

// CHECK-LABEL: func.func @access
// CHECK-SAME: (%[[P:.*]]: memref<3xi8> {atled.element_type = i1}, %[[X:.*]]: memref<3xf32>,
func.func @access(%p: memref<3xi1>, %x: memref<3xf32>, %i: index) {
  // CHECK: %[[B:.*]] = memref.load %[[P]]
  // CHECK: %[[V:.*]] = arith.trunci %[[B]] : i8 to i1
  %v = memref.load %p[%i] : memref<3xi1>
  // CHECK: arith.select %[[V]]
  %a = memref.load %x[%i] : memref<3xf32>
  %b = arith.select %v, %a, %a : f32
  memref.store %b, %x[%i] : memref<3xf32>
  // CHECK: %[[E:.*]] = arith.extui %[[V]] : i1 to i8
  // CHECK: memref.store %[[E]], %[[P]]
  memref.store %v, %p[%i] : memref<3xi1>
  return
}

// CHECK-LABEL: func.func @views
func.func @views(%w: memref<?xi8>, %i: index) -> i1 {
  %c0 = arith.constant 0 : index
  // CHECK: memref.view {{.*}} to memref<6xi8>
  %a = memref.view %w[%c0][] : memref<?xi8> to memref<6xi1>
  // CHECK: memref.expand_shape {{.*}} into memref<2x3xi8>
  %b = memref.expand_shape %a [[0, 1]] output_shape [2, 3] : memref<6xi1> into memref<2x3xi1>
  // CHECK: vector.load {{.*}} : memref<2x3xi8>, vector<3xi8>
  // CHECK: arith.trunci {{.*}} : vector<3xi8> to vector<3xi1>
  %c = vector.load %b[%i, %c0] : memref<2x3xi1>, vector<3xi1>
  // CHECK: memref.get_global @bits : memref<3xi8>
  %d = memref.get_global @bits : memref<3xi1>
  // CHECK: call @callee({{.*}}) : (memref<3xi8>) -> ()
  func.call @callee(%d) : (memref<3xi1>) -> ()
  // CHECK: %[[R:.*]] = arith.trunci {{.*}} : i8 to i1
  // CHECK: return %[[R]] : i1
  %r = memref.load %b[%i, %i] : memref<2x3xi1>
  return %r : i1
}

func.func private @callee(%p: memref<3xi1>) {
  return
}

// Also where there is no body.
// CHECK: func.func private @elsewhere(memref<4xi8>, memref<4xf32>) -> i32
func.func private @elsewhere(memref<4xi1>, memref<4xf32>) -> i32
