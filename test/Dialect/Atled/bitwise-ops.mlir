// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @logic
func.func @logic(%p: tensor<?x4xi1>, %i: tensor<4xi8>, %u: tensor<4xui64>) {
  // CHECK: atled.and %{{.*}}, %{{.*}} : tensor<?x4xi1>
  %0 = atled.and %p, %p : tensor<?x4xi1>
  // CHECK: atled.or %{{.*}}, %{{.*}} : tensor<4xi8>
  %1 = atled.or %i, %i : tensor<4xi8>
  // CHECK: atled.xor %{{.*}}, %{{.*}} : tensor<4xui64>
  %2 = atled.xor %u, %u : tensor<4xui64>
  // CHECK: atled.not %{{.*}} : tensor<?x4xi1>
  %3 = atled.not %p : tensor<?x4xi1>
  return
}

// CHECK-LABEL: func.func @shifts_and_counts
func.func @shifts_and_counts(%i: tensor<4xi8>, %u: tensor<4xui64>) {
  // CHECK: atled.shift_left %{{.*}}, %{{.*}} : tensor<4xi8>
  %0 = atled.shift_left %i, %i : tensor<4xi8>
  // CHECK: atled.shift_right_arithmetic %{{.*}}, %{{.*}} : tensor<4xi8>
  %1 = atled.shift_right_arithmetic %i, %i : tensor<4xi8>
  // CHECK: atled.shift_right_logical %{{.*}}, %{{.*}} : tensor<4xui64>
  %2 = atled.shift_right_logical %u, %u : tensor<4xui64>
  // CHECK: atled.popcount %{{.*}} : tensor<4xui64>
  %3 = atled.popcount %u : tensor<4xui64>
  return
}

// CHECK-LABEL: func.func @representations
func.func @representations(%x: tensor<?x2xf32>, %h: tensor<bf16>) {
  // CHECK: atled.bitcast %{{.*}} : tensor<?x2xf32> to tensor<?x2xui32>
  %0 = atled.bitcast %x : tensor<?x2xf32> to tensor<?x2xui32>
  // CHECK: atled.bitcast %{{.*}} : tensor<bf16> to tensor<f16>
  %1 = atled.bitcast %h : tensor<bf16> to tensor<f16>
  return
}
