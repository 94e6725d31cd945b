// RUN: atled-opt %s --atled-inline-dynamic-calls -split-input-file | FileCheck %s

// Callees first: what is inlined has nothing left to inline.
// CHECK-NOT: @inner
// CHECK-NOT: @outer
// CHECK-LABEL: func.func @entry
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[N:.*]]: index)
// CHECK: %[[P:.*]] = tensor.extract_slice %[[X]]
// CHECK: %[[Q:.*]] = math.sin %[[P]]
// CHECK: %[[R:.*]] = math.cos %[[Q]]
// CHECK: %[[Y:.*]] = tensor.insert_slice %[[R]] into %[[X]]
// CHECK: return %[[Y]]
func.func private @inner(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = math.sin %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func private @outer(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = call @inner(%x) : (tensor<?xf32>) -> tensor<?xf32>
  %z = math.cos %y : tensor<?xf32>
  return %z : tensor<?xf32>
}
func.func @entry(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %p = tensor.extract_slice %x[0] [%n] [1] : tensor<4xf32> to tensor<?xf32>
  %q = call @outer(%p) : (tensor<?xf32>) -> tensor<?xf32>
  %y = tensor.insert_slice %q into %x[0] [%n] [1] : tensor<?xf32> into tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// Static shapes stay calls; so does recursion.
// CHECK-LABEL: func.func private @static
// CHECK-LABEL: func.func private @recursive
// CHECK: call @recursive
// CHECK-LABEL: func.func @calls
// CHECK: call @static
// CHECK: call @recursive
func.func private @static(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func private @recursive(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = call @recursive(%x) : (tensor<?xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @calls(%x: tensor<4xf32>, %y: tensor<?xf32>) -> (tensor<4xf32>, tensor<?xf32>) {
  %a = call @static(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %b = call @recursive(%y) : (tensor<?xf32>) -> tensor<?xf32>
  return %a, %b : tensor<4xf32>, tensor<?xf32>
}
