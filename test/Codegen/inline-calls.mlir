// RUN: atled-opt %s --atled-inline-calls -split-input-file | FileCheck %s

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

// What is called twice with static shapes stays a call; so does recursion, and what others may call.
// CHECK-LABEL: func.func private @twice
// CHECK-LABEL: func.func private @recursive
// CHECK: call @recursive
// CHECK-LABEL: func.func @public
// CHECK-LABEL: func.func @calls
// CHECK: call @twice
// CHECK: call @twice
// CHECK: call @public
// CHECK: call @recursive
func.func private @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func private @recursive(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = call @recursive(%x) : (tensor<?xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @public(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @calls(%x: tensor<4xf32>, %y: tensor<?xf32>) -> (tensor<4xf32>, tensor<?xf32>) {
  %t = call @twice(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %u = call @twice(%t) : (tensor<4xf32>) -> tensor<4xf32>
  %a = call @public(%u) : (tensor<4xf32>) -> tensor<4xf32>
  %b = call @recursive(%y) : (tensor<?xf32>) -> tensor<?xf32>
  return %a, %b : tensor<4xf32>, tensor<?xf32>
}

// -----

// A private function with one call, also where it is in a loop; the chain of calls as a whole.
// CHECK-NOT: @step
// CHECK-NOT: @part
// CHECK-LABEL: func.func @once
// CHECK: scf.for
// CHECK-NEXT: math.sin
// CHECK-NEXT: scf.yield
func.func private @part(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = math.sin %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func private @step(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = call @part(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @once(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> (tensor<4xf32>) {
    %t = func.call @step(%s) : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %t : tensor<4xf32>
  }
  return %last : tensor<4xf32>
}

// -----

// Of two functions that call each other, one becomes part of the other.
// CHECK-LABEL: func.func private @even
// CHECK: scf.if
// CHECK: scf.if
// CHECK: call @even
// CHECK-NOT: @odd
func.func private @even(%x: tensor<4xf32>, %c: i1) -> tensor<4xf32> {
  %y = scf.if %c -> tensor<4xf32> {
    %t = func.call @odd(%x, %c) : (tensor<4xf32>, i1) -> tensor<4xf32>
    scf.yield %t : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %y : tensor<4xf32>
}
func.func private @odd(%x: tensor<4xf32>, %c: i1) -> tensor<4xf32> {
  %y = scf.if %c -> tensor<4xf32> {
    %t = func.call @even(%x, %c) : (tensor<4xf32>, i1) -> tensor<4xf32>
    scf.yield %t : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %y : tensor<4xf32>
}
func.func @entry(%x: tensor<4xf32>, %c: i1) -> tensor<4xf32> {
  %y = call @even(%x, %c) : (tensor<4xf32>, i1) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
