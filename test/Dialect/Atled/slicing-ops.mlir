// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @slices
func.func @slices(%x: tensor<4x8xf32>, %y: tensor<?x8xi1>, %c: tensor<bf16>) {
  // A stride of 1 is not written.
  // CHECK: atled.slice %{{.*}}[0:4, 1:8:2] : tensor<4x8xf32> -> tensor<4x4xf32>
  %0 = atled.slice %x[0:4:1, 1:8:2] : tensor<4x8xf32> -> tensor<4x4xf32>
  // CHECK: atled.slice %{{.*}}[2:2, 8:8] : tensor<4x8xf32> -> tensor<0x0xf32>
  %1 = atled.slice %x[2:2, 8:8] : tensor<4x8xf32> -> tensor<0x0xf32>
  // CHECK: atled.slice %{{.*}}[1:?:3, 0:2] : tensor<?x8xi1> -> tensor<?x2xi1>
  %2 = atled.slice %y[1:?:3, 0:2] : tensor<?x8xi1> -> tensor<?x2xi1>
  // CHECK: atled.slice %{{.*}}[1:3, 0:8] : tensor<?x8xi1> -> tensor<2x8xi1>
  %3 = atled.slice %y[1:3, 0:8] : tensor<?x8xi1> -> tensor<2x8xi1>
  // CHECK: atled.slice %{{.*}}[] : tensor<bf16> -> tensor<bf16>
  %4 = atled.slice %c[] : tensor<bf16> -> tensor<bf16>
  return
}

// CHECK-LABEL: func.func @dynamic_slices
func.func @dynamic_slices(%x: tensor<4x?xf32>, %i: tensor<i32>, %j: tensor<i32>, %u: tensor<ui8>, %v: tensor<9xui64>, %c: tensor<f32>) {
  // The default, `assume`, is not written.
  // CHECK: atled.dynamic_slice %{{.*}}[%{{.*}}, %{{.*}}] sizes = [1, ?] : (tensor<4x?xf32>, tensor<i32>, tensor<i32>) -> tensor<1x?xf32>
  %0 = atled.dynamic_slice %x[%i, %j] sizes = [1, ?] out_of_range = assume : (tensor<4x?xf32>, tensor<i32>, tensor<i32>) -> tensor<1x?xf32>
  // CHECK: atled.dynamic_slice %{{.*}}[%{{.*}}] sizes = [2] out_of_range = clamp : (tensor<9xui64>, tensor<ui8>) -> tensor<2xui64>
  %1 = atled.dynamic_slice %v[%u] sizes = [2] out_of_range = clamp : (tensor<9xui64>, tensor<ui8>) -> tensor<2xui64>
  // CHECK: atled.dynamic_slice %{{.*}}[] sizes = [] : (tensor<f32>) -> tensor<f32>
  %2 = atled.dynamic_slice %c[] sizes = [] : (tensor<f32>) -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @dynamic_update_slices
func.func @dynamic_update_slices(%x: tensor<4x?xf32>, %p: tensor<1x8xf32>, %q: tensor<?x?xf32>, %i: tensor<i64>, %c: tensor<f32>) {
  // CHECK: atled.dynamic_update_slice %{{.*}} into %{{.*}}[%{{.*}}, %{{.*}}] : (tensor<4x?xf32>, tensor<1x8xf32>, tensor<i64>, tensor<i64>) -> tensor<4x?xf32>
  %0 = atled.dynamic_update_slice %p into %x[%i, %i] : (tensor<4x?xf32>, tensor<1x8xf32>, tensor<i64>, tensor<i64>) -> tensor<4x?xf32>
  // CHECK: atled.dynamic_update_slice %{{.*}} into %{{.*}}[%{{.*}}, %{{.*}}] out_of_range = clamp : (tensor<4x?xf32>, tensor<?x?xf32>, tensor<i64>, tensor<i64>) -> tensor<4x?xf32>
  %1 = atled.dynamic_update_slice %q into %x[%i, %i] out_of_range = clamp : (tensor<4x?xf32>, tensor<?x?xf32>, tensor<i64>, tensor<i64>) -> tensor<4x?xf32>
  // CHECK: atled.dynamic_update_slice %{{.*}} into %{{.*}}[] : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %2 = atled.dynamic_update_slice %c into %c[] : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @concatenates
func.func @concatenates(%x: tensor<4x?xi8>, %y: tensor<2x?xi8>, %z: tensor<?x3xf16>) {
  // CHECK: atled.concatenate %{{.*}}, %{{.*}} dimension = 0 : (tensor<4x?xi8>, tensor<2x?xi8>) -> tensor<6x?xi8>
  %0 = atled.concatenate %x, %y dimension = 0 : (tensor<4x?xi8>, tensor<2x?xi8>) -> tensor<6x?xi8>
  // CHECK: atled.concatenate %{{.*}} dimension = 1 : (tensor<?x3xf16>) -> tensor<?x3xf16>
  %1 = atled.concatenate %z dimension = 1 : (tensor<?x3xf16>) -> tensor<?x3xf16>
  // CHECK: atled.concatenate %{{.*}}, %{{.*}}, %{{.*}} dimension = 0 : (tensor<?x3xf16>, tensor<?x3xf16>, tensor<?x3xf16>) -> tensor<?x3xf16>
  %2 = atled.concatenate %z, %z, %z dimension = 0 : (tensor<?x3xf16>, tensor<?x3xf16>, tensor<?x3xf16>) -> tensor<?x3xf16>
  return
}

// CHECK-LABEL: func.func @pads
func.func @pads(%x: tensor<4x?xf32>, %v: tensor<f32>, %c: tensor<i1>) {
  // CHECK: atled.pad %{{.*}}, %{{.*}} low = [1, -2] high = [0, 3] interior = [2, 0] : (tensor<4x?xf32>, tensor<f32>) -> tensor<11x?xf32>
  %0 = atled.pad %x, %v low = [1, -2] high = [0, 3] interior = [2, 0] : (tensor<4x?xf32>, tensor<f32>) -> tensor<11x?xf32>
  // CHECK: atled.pad %{{.*}}, %{{.*}} low = [] high = [] interior = [] : (tensor<i1>, tensor<i1>) -> tensor<i1>
  %1 = atled.pad %c, %c low = [] high = [] interior = [] : (tensor<i1>, tensor<i1>) -> tensor<i1>
  return
}
