// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s -mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s -emit-bytecode | atled-opt | FileCheck %s
// RUN: atled-opt %s -canonicalize -cse -symbol-dce | FileCheck %s

// What a declaration names is used, and the declaration is not dead.

// CHECK: func.func private @f(tensor<4xf32>, tensor<i32>, tensor<2xf32>) -> tensor<f32>
func.func private @f(tensor<4xf32>, tensor<i32>, tensor<2xf32>) -> tensor<f32>

// CHECK: ad.split @f wrt = [0, 2] forward @f_fwd reverse @f_bwd{{$}}
ad.split @f wrt = [0, 2] forward @f_fwd reverse @f_bwd
