// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s -mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s -emit-bytecode | atled-opt | FileCheck %s
// RUN: atled-opt %s -canonicalize -cse -symbol-dce | FileCheck %s

// What a rule names is used, and a rule is not dead: nothing goes away before
// derivatives are taken. Integers have no tangent.

// CHECK: func.func private @f(tensor<4xf32>, tensor<i32>) -> (tensor<f32>, tensor<4xi32>)
func.func private @f(tensor<4xf32>, tensor<i32>) -> (tensor<f32>, tensor<4xi32>)
// CHECK: func.func private @forward(
func.func private @forward(tensor<4xf32>, tensor<i32>) -> (tensor<f32>, tensor<4xi32>, tensor<4xf32>, tensor<i1>)
// CHECK: func.func private @reverse(
func.func private @reverse(tensor<4xf32>, tensor<i1>, tensor<f32>) -> tensor<4xf32>
// CHECK: func.func private @rule(
func.func private @rule(tensor<4xf32>, tensor<i32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xi32>, tensor<f32>)

// CHECK: ad.custom_vjp @f forward @forward reverse @reverse{{$}}
ad.custom_vjp @f forward @forward reverse @reverse
// CHECK: ad.custom_jvp @f rule @rule{{$}}
ad.custom_jvp @f rule @rule
