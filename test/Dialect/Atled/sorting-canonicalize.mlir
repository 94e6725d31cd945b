// RUN: atled-opt %s --canonicalize --cse | FileCheck %s

// All results of an operation on nothing are known.
// CHECK-LABEL: func.func @nothing(
// CHECK-DAG: %[[SORTED:.*]] = atled.constant dense<> : tensor<3x0xf32>
// CHECK-DAG: %[[ORDER:.*]] = atled.constant dense<> : tensor<3x0xi8>
// CHECK: return %[[SORTED]], %[[ORDER]]
func.func @nothing(%x: tensor<3x0xf32>) -> (tensor<3x0xf32>, tensor<3x0xi8>) {
  %y, %order = atled.sort %x dimension = 0 : (tensor<3x0xf32>) -> (tensor<3x0xf32>, tensor<3x0xi8>)
  return %y, %order : tensor<3x0xf32>, tensor<3x0xi8>
}

// A place in a row of nothing is still a place.
// CHECK-LABEL: func.func @places(
// CHECK: %[[PLACES:.*]] = atled.searchsorted
// CHECK: return %[[PLACES]]
func.func @places(%row: tensor<0xf32>, %x: tensor<4xf32>) -> tensor<4xi32> {
  %y = atled.searchsorted %row, %x : (tensor<0xf32>, tensor<4xf32>) -> tensor<4xi32>
  return %y : tensor<4xi32>
}

// Numbers of one key and one shape are drawn once.
// CHECK-LABEL: func.func @once(
// CHECK-COUNT-1: atled.random_uniform
// CHECK-NOT: atled.random_uniform
// CHECK: return
func.func @once(%key: tensor<2xui32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %a = atled.random_uniform %key : tensor<2xui32> -> tensor<4xf32>
  %b = atled.random_uniform %key : tensor<2xui32> -> tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}
