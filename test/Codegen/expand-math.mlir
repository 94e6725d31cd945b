// RUN: atled-opt --atled-expand-math %s | FileCheck %s --check-prefixes=CHECK,PLAIN
// RUN: atled-opt --atled-expand-math=fma=true %s | FileCheck %s --check-prefixes=CHECK,FMA

// Numbers are checked in test/Execution/Math.

// CHECK-LABEL: @exp(
//   PLAIN-NOT:   math.
//     FMA-NOT:   math.exp
//         FMA:   math.fma
//       CHECK:   return
func.func @exp(%x: f32) -> f32 {
  %y = math.exp %x : f32
  return %y : f32
}

// CHECK-LABEL: @no_fastmath(
//   CHECK-NOT:   fastmath
//       CHECK:   return
func.func @no_fastmath(%x: f64) -> f64 {
  %y = math.tanh %x fastmath<fast> : f64
  return %y : f64
}

// CHECK-LABEL: @all(
//   PLAIN-NOT:   math.
//     FMA-NOT:   math.{{exp|log|tanh|rsqrt}}
//       CHECK:   return
func.func @all(%x: f64) -> (f64, f64, f64, f64, f64) {
  %a = math.exp %x : f64
  %b = math.expm1 %x : f64
  %c = math.log %x : f64
  %d = math.log1p %x : f64
  %e = math.tanh %x : f64
  return %a, %b, %c, %d, %e : f64, f64, f64, f64, f64
}

// CHECK-LABEL: @rsqrt(
//  CHECK-SAME:   %[[X:.*]]: f32
//   CHECK-DAG:   %[[ONE:.*]] = arith.constant 1.0
//   CHECK-DAG:   %[[ROOT:.*]] = math.sqrt %[[X]]
//       CHECK:   arith.divf %[[ONE]], %[[ROOT]]
func.func @rsqrt(%x: f32) -> f32 {
  %y = math.rsqrt %x : f32
  return %y : f32
}

// CHECK-LABEL: @vectors(
//   CHECK-NOT:   math.log
//       CHECK:   arith.divf %{{.*}} : vector<8xf64>
func.func @vectors(%x: vector<8xf64>) -> vector<8xf64> {
  %y = math.log %x : vector<8xf64>
  return %y : vector<8xf64>
}

// Half precision is computed in f32.
// CHECK-LABEL: @half(
//       CHECK:   arith.extf %{{.*}} : f16 to f32
//   CHECK-NOT:   math.exp
//       CHECK:   arith.truncf %{{.*}} : f32 to f16
func.func @half(%x: f16) -> f16 {
  %y = math.exp %x : f16
  return %y : f16
}

// What it does not know it leaves alone.
// CHECK-LABEL: @others(
//       CHECK:   math.floor
//       CHECK:   math.exp %{{.*}} : tensor<4xf32>
//       CHECK:   math.exp %{{.*}} : f80
func.func @others(%x: f32, %t: tensor<4xf32>, %l: f80) -> (f32, tensor<4xf32>, f80) {
  %a = math.floor %x : f32
  %b = math.exp %t : tensor<4xf32>
  %c = math.exp %l : f80
  return %a, %b, %c : f32, tensor<4xf32>, f80
}

// sin and cos: one branch, for arguments so large that the C library has to reduce them.
// CHECK-LABEL: func.func @sin
// CHECK-NOT: math.sin
// CHECK: %[[LARGE:.*]] = arith.cmpf ogt
// CHECK: scf.if %[[LARGE]]
// CHECK: math.sin
// CHECK: } else {
func.func @sin(%x: f64) -> f64 {
  %y = math.sin %x : f64
  return %y : f64
}

// Of a vector, only those elements.
// CHECK-LABEL: func.func @cos
// CHECK: %[[LARGE:.*]] = arith.cmpf ogt
// CHECK: %[[ANY:.*]] = vector.reduction <or>, %[[LARGE]]
// CHECK: scf.if %[[ANY]]
// CHECK: scf.for
// CHECK: math.cos %{{.*}} : f32
func.func @cos(%x: vector<16xf32>) -> vector<16xf32> {
  %y = math.cos %x : vector<16xf32>
  return %y : vector<16xf32>
}
