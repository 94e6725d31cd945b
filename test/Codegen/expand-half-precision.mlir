// RUN: atled-opt %s --atled-expand-half-precision --canonicalize | FileCheck %s

// Numbers are checked in test/Execution/half-precision.mlir.

// CHECK-NOT: {{[^b=] ?}}f16{{[^}]}}

// A bf16 is the upper half of an f32.
// CHECK-LABEL: func.func @extend_bf16(
//  CHECK-SAME:   %[[X:.*]]: memref<4xi16> {atled.element_type = bf16}
//       CHECK:   %[[SIXTEEN:.*]] = arith.constant 16 : i32
//       CHECK:   %[[V:.*]] = memref.load %[[X]]
//       CHECK:   %[[WIDE:.*]] = arith.extui %[[V]] : i16 to i32
//       CHECK:   %[[SHIFTED:.*]] = arith.shli %[[WIDE]], %[[SIXTEEN]]
//       CHECK:   %[[Y:.*]] = arith.bitcast %[[SHIFTED]] : i32 to f32
//       CHECK:   return %[[Y]]
func.func @extend_bf16(%x: memref<4xbf16>, %i: index) -> f32 {
  %v = memref.load %x[%i] : memref<4xbf16>
  %y = arith.extf %v : bf16 to f32
  return %y : f32
}

// CHECK-LABEL: func.func @vectors(
//   CHECK-NOT:   arith.{{extf|truncf}}
//       CHECK:   vector.store %{{.*}} : memref<16xi16>, vector<8xi16>
func.func @vectors(%x: memref<16xf16>, %y: memref<16xbf16>, %i: index) {
  %v = vector.load %x[%i] : memref<16xf16>, vector<8xf16>
  %wide = arith.extf %v : vector<8xf16> to vector<8xf32>
  %narrow = arith.truncf %wide : vector<8xf32> to vector<8xbf16>
  vector.store %narrow, %y[%i] : memref<16xbf16>, vector<8xbf16>
  return
}

// From f64 by way of f32, rounded to odd on the way.
// CHECK-LABEL: func.func @round_once(
//       CHECK:   arith.truncf %{{.*}} : f64 to f32
//       CHECK:   arith.select
func.func @round_once(%x: f64, %y: memref<f16>) {
  %v = arith.truncf %x : f64 to f16
  memref.store %v, %y[] : memref<f16>
  return
}

// CHECK-LABEL: func.func @integers(
//   CHECK-DAG:   arith.sitofp %{{.*}} : i8 to f32
//   CHECK-DAG:   arith.uitofp %{{.*}} : i64 to f64
//       CHECK:   arith.fptosi %{{.*}} : f32 to i32
func.func @integers(%i: i8, %j: i64, %y: memref<bf16>) -> i32 {
  %a = arith.sitofp %i : i8 to bf16
  memref.store %a, %y[] : memref<bf16>
  %b = arith.uitofp %j : i64 to bf16
  memref.store %b, %y[] : memref<bf16>
  %c = arith.fptosi %b : bf16 to i32
  return %c : i32
}

// CHECK-LABEL: func.func @compare(
//       CHECK:   arith.cmpf olt, %{{.*}}, %{{.*}} : f32
func.func @compare(%x: memref<f16>, %y: memref<f16>) -> i1 {
  %a = memref.load %x[] : memref<f16>
  %b = memref.load %y[] : memref<f16>
  %less = arith.cmpf olt, %a, %b : f16
  return %less : i1
}

// CHECK-LABEL: memref.global "private" constant @table : memref<2xi16> = dense<[15360, -32768]>
memref.global "private" constant @table : memref<2xf16> = dense<[1.0, -0.0]>

// CHECK-LABEL: func.func @constants(
//       CHECK:   %[[ONE:.*]] = arith.constant 16256 : i16
//       CHECK:   memref.store %[[ONE]]
func.func @constants(%y: memref<bf16>) {
  %one = arith.constant 1.0 : bf16
  memref.store %one, %y[] : memref<bf16>
  return
}
