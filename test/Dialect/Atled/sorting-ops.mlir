// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s --emit-bytecode | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @sorting
func.func @sorting(%x: tensor<4x?xbf16>, %i: tensor<4x?xui8>, %p: tensor<4x?xi1>) {
  // CHECK: atled.sort %{{.*}} dimension = 1 : (tensor<4x?xbf16>) -> (tensor<4x?xbf16>, tensor<4x?xi32>)
  %0:2 = atled.sort %x dimension = 1 : (tensor<4x?xbf16>) -> (tensor<4x?xbf16>, tensor<4x?xi32>)
  // CHECK: atled.sort %{{.*}}, %{{.*}}, %{{.*}} dimension = 0 keys = 2 descending : (tensor<4x?xi1>, tensor<4x?xui8>, tensor<4x?xbf16>) -> (tensor<4x?xi1>, tensor<4x?xui8>, tensor<4x?xbf16>, tensor<4x?xui8>)
  %1:4 = atled.sort %p, %i, %x dimension = 0 keys = 2 descending
      : (tensor<4x?xi1>, tensor<4x?xui8>, tensor<4x?xbf16>)
      -> (tensor<4x?xi1>, tensor<4x?xui8>, tensor<4x?xbf16>, tensor<4x?xui8>)
  // CHECK: atled.top_k %{{.*}} dimension = 1 k = 3 : (tensor<4x?xbf16>) -> (tensor<4x3xbf16>, tensor<4x3xi64>)
  %2:2 = atled.top_k %x dimension = 1 k = 3 : (tensor<4x?xbf16>) -> (tensor<4x3xbf16>, tensor<4x3xi64>)
  return
}

// CHECK-LABEL: func.func @searches
func.func @searches(%row: tensor<?xf32>, %rows: tensor<4x7xf32>, %x: tensor<4x?x2xf32>) {
  // CHECK: atled.searchsorted %{{.*}}, %{{.*}} : (tensor<?xf32>, tensor<4x?x2xf32>) -> tensor<4x?x2xi32>
  %0 = atled.searchsorted %row, %x : (tensor<?xf32>, tensor<4x?x2xf32>) -> tensor<4x?x2xi32>
  // CHECK: atled.searchsorted %{{.*}}, %{{.*}} right : (tensor<4x7xf32>, tensor<4x?x2xf32>) -> tensor<4x?x2xui8>
  %1 = atled.searchsorted %rows, %x right : (tensor<4x7xf32>, tensor<4x?x2xf32>) -> tensor<4x?x2xui8>
  return
}
