// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @statistics
func.func @statistics(%x: tensor<4x?x8xf32>) {
  // CHECK: atled.mean %{{.*}} dimensions = [0, 2] : tensor<4x?x8xf32> -> tensor<?xf32>
  %0 = atled.mean %x dimensions = [0, 2] : tensor<4x?x8xf32> -> tensor<?xf32>
  // CHECK: atled.variance %{{.*}} dimensions = [1] : tensor<4x?x8xf32> -> tensor<4x8xf32>
  %1 = atled.variance %x dimensions = [1] correction = 0 : tensor<4x?x8xf32> -> tensor<4x8xf32>
  // CHECK: atled.variance %{{.*}} dimensions = [1] correction = 1 : tensor<4x?x8xf32> -> tensor<4x8xf32>
  %2 = atled.variance %x dimensions = [1] correction = 1 : tensor<4x?x8xf32> -> tensor<4x8xf32>
  // CHECK: atled.norm %{{.*}} dimensions = [0, 1, 2] : tensor<4x?x8xf32> -> tensor<f32>
  %3 = atled.norm %x dimensions = [0, 1, 2] : tensor<4x?x8xf32> -> tensor<f32>
  // CHECK: atled.logsumexp %{{.*}} dimensions = [] : tensor<4x?x8xf32> -> tensor<4x?x8xf32>
  %4 = atled.logsumexp %x dimensions = [] : tensor<4x?x8xf32> -> tensor<4x?x8xf32>
  // CHECK: atled.softmax %{{.*}} dimensions = [2] : tensor<4x?x8xf32>
  %5 = atled.softmax %x dimensions = [2] : tensor<4x?x8xf32>
  // CHECK: atled.log_softmax %{{.*}} dimensions = [1, 2] : tensor<4x?x8xf32>
  %6 = atled.log_softmax %x dimensions = [1, 2] : tensor<4x?x8xf32>
  // CHECK: atled.norm %{{.*}} dimensions = [2] order = one : tensor<4x?x8xf32> -> tensor<4x?xf32>
  %7 = atled.norm %x dimensions = [2] order = one : tensor<4x?x8xf32> -> tensor<4x?xf32>
  // CHECK: atled.norm %{{.*}} dimensions = [1] order = infinity : tensor<4x?x8xf32> -> tensor<4x8xf32>
  %8 = atled.norm %x dimensions = [1] order = infinity : tensor<4x?x8xf32> -> tensor<4x8xf32>
  return
}
