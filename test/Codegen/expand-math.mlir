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
//       CHECK:   math.powf
//       CHECK:   math.exp %{{.*}} : tensor<4xf32>
//       CHECK:   math.exp %{{.*}} : f80
func.func @others(%x: f32, %t: tensor<4xf32>, %l: f80) -> (f32, tensor<4xf32>, f80) {
  %a = math.powf %x, %x : f32
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

// Where there are instructions for it, rounding stays.
// CHECK-LABEL: func.func @rounding
// PLAIN-NOT: math.
// FMA: math.floor
// FMA: math.ceil
// FMA: math.trunc
// FMA: math.roundeven
// FMA: math.fma
// FMA-NOT: math.round %
// CHECK: return
func.func @rounding(%x: f32) -> (f32, f32, f32, f32, f32, f32) {
  %a = math.floor %x : f32
  %b = math.ceil %x : f32
  %c = math.trunc %x : f32
  %d = math.roundeven %x : f32
  %e = math.fma %x, %a, %b : f32
  %f = math.round %x : f32
  return %a, %b, %c, %d, %e, %f : f32, f32, f32, f32, f32, f32
}

// Without the instruction, f64 has no wider type to compute in.
// CHECK-LABEL: func.func @fma_of_f64
// CHECK: math.fma
func.func @fma_of_f64(%x: f64) -> f64 {
  %a = math.fma %x, %x, %x : f64
  return %a : f64
}

// CHECK-LABEL: func.func @more_functions
// CHECK-NOT: math.{{exp|log|cbrt|asin|acos|atan|sinh|cosh|erf}}
// CHECK: return
func.func @more_functions(%x: f64) -> f64 {
  %a = math.exp2 %x : f64
  %b = math.log2 %a : f64
  %c = math.log10 %b : f64
  %d = math.cbrt %c : f64
  %e = math.asin %d : f64
  %f = math.acos %e : f64
  %g = math.atan %f : f64
  %h = math.sinh %g : f64
  %i = math.cosh %h : f64
  %j = math.asinh %i : f64
  %k = math.acosh %j : f64
  %l = math.atanh %k : f64
  %m = math.erf %l : f64
  %n = math.erfc %m : f64
  %o = math.atan2 %n, %x : f64
  return %o : f64
}

// Large arguments of tan are left to the C library, too.
// CHECK-LABEL: func.func @tan
// CHECK: scf.if
// CHECK: math.tan
func.func @tan(%x: f32) -> f32 {
  %y = math.tan %x : f32
  return %y : f32
}

// f32 is computed in f64; nothing branches.
// CHECK-LABEL: @special(
//   CHECK-NOT:   special.
//   CHECK-NOT:   cf.
//   CHECK-NOT:   scf.
//       CHECK:   arith.extf %{{.*}} : vector<8xf32> to vector<8xf64>
//       CHECK:   arith.truncf %{{.*}} : vector<8xf64> to vector<8xf32>
//   CHECK-NOT:   special.
//       CHECK:   return
func.func @special(%x: vector<8xf32>, %y: f16) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, f16) {
  %a = special.erf_inv %x : vector<8xf32>
  %b = special.lgamma %x : vector<8xf32>
  %c = special.digamma %x : vector<8xf32>
  %d = special.polygamma %x order = 3 : vector<8xf32>
  %e = special.lgamma %y : f16
  return %a, %b, %c, %d, %e : vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, f16
}

// These are computed in the type itself, with one division; gelu of f32 is in f64.
// CHECK-LABEL: @activations(
//   CHECK-NOT:   {{special|cf|scf}}.
//   CHECK-NOT:   arith.extf
//       CHECK:   arith.divf
//       CHECK:   arith.divf
//       CHECK:   arith.extf %{{.*}} : vector<8xf32> to vector<8xf64>
//       CHECK:   arith.truncf %{{.*}} : vector<8xf64> to vector<8xf32>
//       CHECK:   arith.extf %{{.*}} : vector<8xf32> to vector<8xf64>
//       CHECK:   arith.truncf %{{.*}} : vector<8xf64> to vector<8xf32>
//   CHECK-NOT:   {{special|cf|scf}}.
//       CHECK:   return
func.func @activations(%x: vector<8xf32>) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>) {
  %a = special.logistic %x : vector<8xf32>
  %b = special.silu %x : vector<8xf32>
  %c = special.softplus %x : vector<8xf32>
  %d = special.gelu %x : vector<8xf32>
  %e = special.gelu_tanh %x : vector<8xf32>
  return %a, %b, %c, %d, %e : vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>
}
