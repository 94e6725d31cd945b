// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @reductions
func.func @reductions(%x: tensor<4x?x8xf32>) {
  // CHECK: atled.reduce_sum %{{.*}} dimensions = [0, 2] : tensor<4x?x8xf32> -> tensor<?xf32>
  %0 = atled.reduce_sum %x dimensions = [0, 2] : tensor<4x?x8xf32> -> tensor<?xf32>
  // CHECK: atled.reduce_prod %{{.*}} dimensions = [1] : tensor<4x?x8xf32> -> tensor<4x8xf32>
  %1 = atled.reduce_prod %x dimensions = [1] : tensor<4x?x8xf32> -> tensor<4x8xf32>
  // CHECK: atled.reduce_max %{{.*}} dimensions = [0, 1, 2] : tensor<4x?x8xf32> -> tensor<f32>
  %2 = atled.reduce_max %x dimensions = [0, 1, 2] : tensor<4x?x8xf32> -> tensor<f32>
  // CHECK: atled.reduce_max %{{.*}} dimensions = [0] tie = first : tensor<4x?x8xf32> -> tensor<?x8xf32>
  %first = atled.reduce_max %x dimensions = [0] tie = first : tensor<4x?x8xf32> -> tensor<?x8xf32>
  // CHECK: atled.reduce_min %{{.*}} dimensions = [] : tensor<4x?x8xf32> -> tensor<4x?x8xf32>
  %3 = atled.reduce_min %x dimensions = [] : tensor<4x?x8xf32> -> tensor<4x?x8xf32>
  return
}

// CHECK-LABEL: func.func @argmaxes
func.func @argmaxes(%x: tensor<4x256xf32>) {
  // CHECK: atled.argmax %{{.*}} dimension = 1 : tensor<4x256xf32> -> tensor<4xi32>
  %0 = atled.argmax %x dimension = 1 : tensor<4x256xf32> -> tensor<4xi32>
  // CHECK: atled.argmax %{{.*}} dimension = 1 : tensor<4x256xf32> -> tensor<4xui8>
  %1 = atled.argmax %x dimension = 1 : tensor<4x256xf32> -> tensor<4xui8>
  // CHECK: atled.argmax %{{.*}} dimension = 0 : tensor<4x256xf32> -> tensor<256xi64>
  %2 = atled.argmax %x dimension = 0 : tensor<4x256xf32> -> tensor<256xi64>
  return
}

// CHECK-LABEL: func.func @argmins
func.func @argmins(%x: tensor<4x256xf32>) {
  // CHECK: atled.argmin %{{.*}} dimension = 1 : tensor<4x256xf32> -> tensor<4xui8>
  %0 = atled.argmin %x dimension = 1 : tensor<4x256xf32> -> tensor<4xui8>
  return
}

// CHECK-LABEL: func.func @truths
func.func @truths(%x: tensor<4x?xi1>) {
  // CHECK: atled.reduce_any %{{.*}} dimensions = [0] : tensor<4x?xi1> -> tensor<?xi1>
  %0 = atled.reduce_any %x dimensions = [0] : tensor<4x?xi1> -> tensor<?xi1>
  // CHECK: atled.reduce_all %{{.*}} dimensions = [0, 1] : tensor<4x?xi1> -> tensor<i1>
  %1 = atled.reduce_all %x dimensions = [0, 1] : tensor<4x?xi1> -> tensor<i1>
  return
}
