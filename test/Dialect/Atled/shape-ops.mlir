// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @constants
func.func @constants() {
  // CHECK: atled.constant dense<0.000000e+00> : tensor<4x8xf32>
  %0 = atled.constant dense<0.0> : tensor<4x8xf32>
  // CHECK: atled.constant dense<[1, -2]> : tensor<2xi8>
  %1 = atled.constant dense<[1, -2]> : tensor<2xi8>
  // CHECK: atled.constant dense<true> : tensor<i1>
  %2 = atled.constant dense<true> : tensor<i1>
  // CHECK: atled.constant dense<> : tensor<0xf64>
  %3 = atled.constant dense<> : tensor<0xf64>
  // CHECK: atled.constant dense_resource<weights> : tensor<2xf32>
  %4 = atled.constant dense_resource<weights> : tensor<2xf32>
  return
}

// CHECK-LABEL: func.func @iotas
func.func @iotas(%n: index) {
  // CHECK: atled.iota dimension = 1 : tensor<4x8xi32>
  %0 = atled.iota dimension = 1 : tensor<4x8xi32>
  // CHECK: atled.iota dimension = 0 sizes(%{{.*}}) : tensor<?x8xf32>
  %1 = atled.iota dimension = 0 sizes(%n) : tensor<?x8xf32>
  return
}

// CHECK-LABEL: func.func @reshapes
func.func @reshapes(%x: tensor<4x8xf32>, %y: tensor<?x8xf32>, %n: index) {
  // CHECK: atled.reshape %{{.*}} : tensor<4x8xf32> -> tensor<32xf32>
  %0 = atled.reshape %x : tensor<4x8xf32> -> tensor<32xf32>
  // CHECK: atled.reshape %{{.*}} : tensor<?x8xf32> -> tensor<?xf32>
  %1 = atled.reshape %y : tensor<?x8xf32> -> tensor<?xf32>
  // CHECK: atled.reshape %{{.*}} sizes(%{{.*}}, %{{.*}}) : tensor<?x8xf32> -> tensor<?x2x?xf32>
  %2 = atled.reshape %y sizes(%n, %n) : tensor<?x8xf32> -> tensor<?x2x?xf32>
  // CHECK: atled.reshape %{{.*}} : tensor<?x8xf32> -> tensor<4x8xf32>
  %3 = atled.reshape %y : tensor<?x8xf32> -> tensor<4x8xf32>
  return
}

// CHECK-LABEL: func.func @broadcasts
func.func @broadcasts(%x: tensor<8xf32>, %c: tensor<f32>, %y: tensor<1x?xf32>, %n: index) {
  // CHECK: atled.broadcast %{{.*}} dimensions = [1] : tensor<8xf32> -> tensor<4x8xf32>
  %0 = atled.broadcast %x dimensions = [1] : tensor<8xf32> -> tensor<4x8xf32>
  // CHECK: atled.broadcast %{{.*}} dimensions = [] sizes(%{{.*}}) : tensor<f32> -> tensor<?x8xf32>
  %1 = atled.broadcast %c dimensions = [] sizes(%n) : tensor<f32> -> tensor<?x8xf32>
  // CHECK: atled.broadcast %{{.*}} dimensions = [0, 2] sizes(%{{.*}}) : tensor<1x?xf32> -> tensor<?x3x?xf32>
  %2 = atled.broadcast %y dimensions = [0, 2] sizes(%n) : tensor<1x?xf32> -> tensor<?x3x?xf32>
  return
}

// CHECK-LABEL: func.func @transposes
func.func @transposes(%x: tensor<2x?x4xf32>, %c: tensor<f32>) {
  // CHECK: atled.transpose %{{.*}} permutation = [2, 0, 1] : tensor<2x?x4xf32> -> tensor<4x2x?xf32>
  %0 = atled.transpose %x permutation = [2, 0, 1] : tensor<2x?x4xf32> -> tensor<4x2x?xf32>
  // CHECK: atled.transpose %{{.*}} permutation = [] : tensor<f32> -> tensor<f32>
  %1 = atled.transpose %c permutation = [] : tensor<f32> -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @slices
func.func @slices(%x: tensor<4x8xf32>, %y: tensor<?x8xf32>, %c: tensor<f32>) {
  // CHECK: atled.slice %{{.*}}[0:4, 1:8:2] : tensor<4x8xf32> -> tensor<4x4xf32>
  %0 = atled.slice %x[0:4:1, 1:8:2] : tensor<4x8xf32> -> tensor<4x4xf32>
  // CHECK: atled.slice %{{.*}}[1:?:3, 2:2] : tensor<?x8xf32> -> tensor<?x0xf32>
  %1 = atled.slice %y[1:?:3, 2:2] : tensor<?x8xf32> -> tensor<?x0xf32>
  // CHECK: atled.slice %{{.*}}[0:2, 0:8] : tensor<?x8xf32> -> tensor<2x8xf32>
  %2 = atled.slice %y[0:2, 0:8] : tensor<?x8xf32> -> tensor<2x8xf32>
  // CHECK: atled.slice %{{.*}}[] : tensor<f32> -> tensor<f32>
  %3 = atled.slice %c[] : tensor<f32> -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @dynamic_slices
func.func @dynamic_slices(%x: tensor<4x?xf32>, %i: tensor<i32>, %c: tensor<f32>) {
  // CHECK: %[[ROW:.*]] = atled.dynamic_slice %{{.*}}[%{{.*}}, %{{.*}}] sizes = [1, ?] : (tensor<4x?xf32>, tensor<i32>, tensor<i32>) -> tensor<1x?xf32>
  %0 = atled.dynamic_slice %x[%i, %i] sizes = [1, ?] : (tensor<4x?xf32>, tensor<i32>, tensor<i32>) -> tensor<1x?xf32>
  // CHECK: atled.dynamic_slice %{{.*}}[%{{.*}}, %{{.*}}] sizes = [1, 2] out_of_range = clamp : (tensor<4x?xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
  %1 = atled.dynamic_slice %x[%i, %i] sizes = [1, 2] out_of_range = clamp : (tensor<4x?xf32>, tensor<i32>, tensor<i32>) -> tensor<1x2xf32>
  // CHECK: atled.dynamic_slice %{{.*}}[] sizes = [] : (tensor<f32>) -> tensor<f32>
  %2 = atled.dynamic_slice %c[] sizes = [] : (tensor<f32>) -> tensor<f32>
  // CHECK: atled.dynamic_update_slice %[[ROW]] into %{{.*}}[%{{.*}}, %{{.*}}] : (tensor<4x?xf32>, tensor<1x?xf32>, tensor<i32>, tensor<i32>) -> tensor<4x?xf32>
  %3 = atled.dynamic_update_slice %0 into %x[%i, %i] : (tensor<4x?xf32>, tensor<1x?xf32>, tensor<i32>, tensor<i32>) -> tensor<4x?xf32>
  // CHECK: atled.dynamic_update_slice %{{.*}} into %{{.*}}[%{{.*}}, %{{.*}}] out_of_range = clamp :
  %4 = atled.dynamic_update_slice %1 into %x[%i, %i] out_of_range = clamp : (tensor<4x?xf32>, tensor<1x2xf32>, tensor<i32>, tensor<i32>) -> tensor<4x?xf32>
  return
}

// CHECK-LABEL: func.func @concatenations
func.func @concatenations(%x: tensor<4x8xf32>, %y: tensor<2x8xf32>, %z: tensor<?x8xf32>) {
  // CHECK: atled.concatenate %{{.*}}, %{{.*}} dimension = 0 : (tensor<4x8xf32>, tensor<2x8xf32>) -> tensor<6x8xf32>
  %0 = atled.concatenate %x, %y dimension = 0 : (tensor<4x8xf32>, tensor<2x8xf32>) -> tensor<6x8xf32>
  // CHECK: atled.concatenate %{{.*}}, %{{.*}} dimension = 0 : (tensor<4x8xf32>, tensor<?x8xf32>) -> tensor<?x8xf32>
  %1 = atled.concatenate %x, %z dimension = 0 : (tensor<4x8xf32>, tensor<?x8xf32>) -> tensor<?x8xf32>
  return
}

// CHECK-LABEL: func.func @pads
func.func @pads(%x: tensor<4x?xf32>, %v: tensor<f32>) {
  // CHECK: atled.pad %{{.*}}, %{{.*}} low = [1, -1] high = [0, 2] interior = [2, 0] : (tensor<4x?xf32>, tensor<f32>) -> tensor<11x?xf32>
  %0 = atled.pad %x, %v low = [1, -1] high = [0, 2] interior = [2, 0] : (tensor<4x?xf32>, tensor<f32>) -> tensor<11x?xf32>
  return
}

{-#
  dialect_resources: {
    builtin: {
      weights: "0x040000000000803F00000040"
    }
  }
#-}

// CHECK-LABEL: func.func @reverses
func.func @reverses(%x: tensor<4x?xi8>) {
  // CHECK: atled.reverse %{{.*}} dimensions = [0, 1] : tensor<4x?xi8>
  %0 = atled.reverse %x dimensions = [0, 1] : tensor<4x?xi8>
  return
}
