// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @numbers
func.func @numbers(%key: tensor<2xui32>, %n: index) {
  // CHECK: atled.random_bits %{{.*}} : tensor<2xui32> -> tensor<4x8xui16>
  %0 = atled.random_bits %key : tensor<2xui32> -> tensor<4x8xui16>
  // CHECK: atled.random_bits %{{.*}} sizes(%{{.*}}) : tensor<2xui32> -> tensor<?x8xi64>
  %1 = atled.random_bits %key sizes(%n) : tensor<2xui32> -> tensor<?x8xi64>
  // CHECK: atled.random_uniform %{{.*}} : tensor<2xui32> -> tensor<bf16>
  %2 = atled.random_uniform %key : tensor<2xui32> -> tensor<bf16>
  // CHECK: atled.random_normal %{{.*}} sizes(%{{.*}}, %{{.*}}) : tensor<2xui32> -> tensor<?x?xf64>
  %3 = atled.random_normal %key sizes(%n, %n) : tensor<2xui32> -> tensor<?x?xf64>
  return
}

// CHECK-LABEL: func.func @keys
func.func @keys(%key: tensor<2xui32>, %step: tensor<i64>, %n: tensor<3x?xui8>) {
  // CHECK: atled.fold_in %{{.*}}, %{{.*}} : (tensor<2xui32>, tensor<i64>) -> tensor<2xui32>
  %0 = atled.fold_in %key, %step : (tensor<2xui32>, tensor<i64>) -> tensor<2xui32>
  // CHECK: atled.fold_in %{{.*}}, %{{.*}} : (tensor<2xui32>, tensor<3x?xui8>) -> tensor<3x?x2xui32>
  %1 = atled.fold_in %key, %n : (tensor<2xui32>, tensor<3x?xui8>) -> tensor<3x?x2xui32>
  return
}
