// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @gathers
func.func @gathers(%x: tensor<4x?x8xf32>, %i: tensor<5x1xi32>, %j: tensor<4x5xui8>, %n: index) {
  // CHECK: atled.gather %{{.*}}[%{{.*}}] sizes = [1, ?, 8] offset = [1, 2] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x?x8xf32>, tensor<5x1xi32>) -> tensor<5x?x8xf32>
  %0 = atled.gather %x[%i] sizes = [1, ?, 8] offset = [1, 2] collapsed = [0] indexed = [0] vector = 1
      : (tensor<4x?x8xf32>, tensor<5x1xi32>) -> tensor<5x?x8xf32>
  // CHECK: atled.gather %{{.*}}[%{{.*}}] sizes = [1, 1, 2] offset = [2] collapsed = [1] batch = [0] x [0] indexed = [1] vector = 2 out_of_range = drop : (tensor<4x?x8xf32>, tensor<4x5xui8>) -> tensor<4x5x2xf32>
  %1 = atled.gather %x[%j] sizes = [1, 1, 2] offset = [2] collapsed = [1] batch = [0] x [0] indexed = [1] vector = 2
      out_of_range = drop : (tensor<4x?x8xf32>, tensor<4x5xui8>) -> tensor<4x5x2xf32>
  // CHECK: atled.gather %{{.*}}[%{{.*}}] sizes = [?, ?, 8](%{{.*}}, %{{.*}}) offset = [1, 2, 3] collapsed = [] indexed = [0] vector = 1 : (tensor<4x?x8xf32>, tensor<5x1xi32>, index, index) -> tensor<5x?x?x8xf32>
  %2 = atled.gather %x[%i] sizes = [?, ?, 8](%n, %n) offset = [1, 2, 3] collapsed = [] indexed = [0] vector = 1
      : (tensor<4x?x8xf32>, tensor<5x1xi32>, index, index) -> tensor<5x?x?x8xf32>
  return
}

// CHECK-LABEL: func.func @scatters
func.func @scatters(%x: tensor<4x?xi1>, %i: tensor<5xi64>, %u: tensor<5x?xi1>) {
  // CHECK: atled.scatter set, %{{.*}} into %{{.*}}[%{{.*}}] offset = [1] collapsed = [0] indexed = [0] vector = 1 out_of_range = clamp : (tensor<4x?xi1>, tensor<5xi64>, tensor<5x?xi1>) -> tensor<4x?xi1>
  %0 = atled.scatter set, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 out_of_range = clamp
      : (tensor<4x?xi1>, tensor<5xi64>, tensor<5x?xi1>) -> tensor<4x?xi1>
  return
}
