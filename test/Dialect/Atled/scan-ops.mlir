// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @scans
func.func @scans(%x: tensor<4x?xf32>, %i: tensor<8xui8>) {
  // CHECK: atled.cumsum %{{.*}} dimension = 1 : tensor<4x?xf32>
  %0 = atled.cumsum %x dimension = 1 : tensor<4x?xf32>
  // CHECK: atled.cumsum %{{.*}} dimension = 0 reverse : tensor<8xui8>
  %1 = atled.cumsum %i dimension = 0 reverse : tensor<8xui8>
  // CHECK: atled.cumprod %{{.*}} dimension = 0 : tensor<4x?xf32>
  %2 = atled.cumprod %x dimension = 0 : tensor<4x?xf32>
  // CHECK: atled.cummax %{{.*}} dimension = 0 : tensor<8xui8>
  %3 = atled.cummax %i dimension = 0 : tensor<8xui8>
  // CHECK: atled.cummin %{{.*}} dimension = 0 reverse : tensor<4x?xf32>
  %4 = atled.cummin %x dimension = 0 reverse : tensor<4x?xf32>
  // CHECK: atled.cumlogsumexp %{{.*}} dimension = 1 : tensor<4x?xf32>
  %5 = atled.cumlogsumexp %x dimension = 1 : tensor<4x?xf32>
  // CHECK: atled.linear_recurrence %{{.*}}, %{{.*}} dimension = 1 reverse : tensor<4x?xf32>
  %6 = atled.linear_recurrence %x, %x dimension = 1 reverse : tensor<4x?xf32>
  // CHECK: atled.cumsum %{{.*}} dimension = 0 exclusive : tensor<8xui8>
  %7 = atled.cumsum %i dimension = 0 exclusive : tensor<8xui8>
  // CHECK: atled.cumlogsumexp %{{.*}} dimension = 1 reverse exclusive : tensor<4x?xf32>
  %8 = atled.cumlogsumexp %x dimension = 1 reverse exclusive : tensor<4x?xf32>
  return
}
