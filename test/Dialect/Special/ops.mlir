// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @functions
func.func @functions(%x: f32, %v: vector<8xf64>) {
  // CHECK: special.erf_inv %{{.*}} : f32
  %0 = special.erf_inv %x : f32
  // CHECK: special.lgamma %{{.*}} : vector<8xf64>
  %1 = special.lgamma %v : vector<8xf64>
  // CHECK: special.digamma %{{.*}} : f32
  %2 = special.digamma %x : f32
  // CHECK: special.polygamma %{{.*}} order = 2 : vector<8xf64>
  %3 = special.polygamma %v order = 2 : vector<8xf64>
  // CHECK: special.logistic %{{.*}} : vector<8xf64>
  %4 = special.logistic %v : vector<8xf64>
  // CHECK: special.softplus %{{.*}} : f32
  %5 = special.softplus %x : f32
  // CHECK: special.silu %{{.*}} : vector<8xf64>
  %6 = special.silu %v : vector<8xf64>
  // CHECK: special.gelu %{{.*}} : f32
  %7 = special.gelu %x : f32
  // CHECK: special.gelu_tanh %{{.*}} : f32
  %8 = special.gelu_tanh %x : f32
  return
}
