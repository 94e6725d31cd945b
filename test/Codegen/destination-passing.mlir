// RUN: atled-opt %s --atled-destination-passing -split-input-file | FileCheck %s

// CHECK-LABEL: func.func @result
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32> {atled.name = "x", bufferization.writable = false}, %[[D:.*]]: tensor<4xf32> {atled.name = "y"})
// CHECK-SAME: atled.num_inputs = 1 : i64
func.func @result(%x: tensor<4xf32> {atled.name = "x"}) -> (tensor<4xf32> {atled.name = "y"}) {
  %e = tensor.empty() : tensor<4xf32>
  // CHECK: %[[Y:.*]] = linalg.exp
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  // CHECK: %[[R:.*]] = bufferization.materialize_in_destination %[[Y]] in %[[D]]
  // CHECK: return %[[R]]
  return %y : tensor<4xf32>
}

// -----

// The second time it is copied from where the first one was computed.

// CHECK-LABEL: func.func @returned_twice
// CHECK-SAME: %[[D0:[a-z0-9]+]]: tensor<4xf32>, %[[D1:[a-z0-9]+]]: tensor<4xf32>)
func.func @returned_twice(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  // CHECK: %[[R0:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[D0]]
  // CHECK: %[[R1:.*]] = bufferization.materialize_in_destination %[[R0]] in %[[D1]]
  // CHECK: return %[[R0]], %[[R1]]
  return %y, %y : tensor<4xf32>, tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @input_and_constant
// CHECK-SAME: %[[X:.*]]: tensor<2xf32> {bufferization.writable = false}, %[[D0:.*]]: tensor<2xf32>, %[[D1:.*]]: tensor<2xf32>)
func.func @input_and_constant(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  // CHECK: %[[C:.*]] = arith.constant
  %c = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  // CHECK: bufferization.materialize_in_destination %[[X]] in %[[D0]]
  // CHECK: bufferization.materialize_in_destination %[[C]] in %[[D1]]
  return %x, %c : tensor<2xf32>, tensor<2xf32>
}

// -----

// CHECK-LABEL: func.func @reshaped_result
// CHECK-SAME: %[[D:[a-z0-9]+]]: tensor<6xf32>)
func.func @reshaped_result(%x: tensor<2x3xf32>) -> tensor<6xf32> {
  %e = tensor.empty() : tensor<2x3xf32>
  %y = linalg.exp ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: %[[E:.*]] = tensor.expand_shape %[[D]] {{\[\[0, 1\]\]}}
  // CHECK: %[[P:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[E]]
  // CHECK: %[[R:.*]] = tensor.collapse_shape %[[P]]
  %r = tensor.collapse_shape %y [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  // CHECK: return %[[R]]
  return %r : tensor<6xf32>
}

// -----

// CHECK-LABEL: func.func @call
func.func @call(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // CHECK: %[[N:.*]] = tensor.dim %arg0, %c0
  // CHECK: %[[E:.*]] = tensor.empty(%[[N]]) : tensor<?x4xf32>
  // CHECK: %[[Y:.*]] = call @callee(%arg0, %[[E]])
  // CHECK: bufferization.materialize_in_destination %[[Y]] in %arg1
  %y = func.call @callee(%x) : (tensor<?x4xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
func.func private @callee(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x4xf32>
  %e = tensor.empty(%n) : tensor<?x4xf32>
  %y = linalg.exp ins(%x : tensor<?x4xf32>) outs(%e : tensor<?x4xf32>) -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// -----

// Scalars of private functions need no destination.

// CHECK-LABEL: func.func @scalars
func.func @scalars(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c1 = arith.constant 1 : index
  // CHECK: call @next(%{{.*}}) : (index) -> index
  %c2 = func.call @next(%c1) : (index) -> index
  %v = tensor.extract %x[%c2] : tensor<4xf32>
  %y = tensor.insert %v into %x[%c1] : tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func private @next(%i: index) -> index {
  %j = arith.addi %i, %i : index
  return %j : index
}

// -----

// What a loop makes of its argument in one destination is copied to the other.

// CHECK-LABEL: func.func @loop_twice
// CHECK-SAME: (%{{.*}}: tensor<4xf32> {{.*}}, %{{.*}}: tensor<2xf32> {{.*}}, %[[D0:.*]]: tensor<4xf32>, %[[D1:.*]]: tensor<4xf32>)
func.func @loop_twice(%x: tensor<4xf32>, %y: tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  // CHECK: %[[INIT:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[D0]]
  // CHECK: %[[LOOP:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[INIT]])
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf32>) {
    %u = tensor.insert_slice %y into %h[%i] [2] [1] : tensor<2xf32> into tensor<4xf32>
    scf.yield %u : tensor<4xf32>
  }
  // CHECK: %[[COPY:.*]] = bufferization.materialize_in_destination %[[LOOP]] in %[[D1]]
  // CHECK: return %[[LOOP]], %[[COPY]]
  return %r, %r : tensor<4xf32>, tensor<4xf32>
}

// -----

// The same where the loop begins with any content: it has one destination, and the other is a copy.
// CHECK-LABEL: func.func @filled_twice
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32> {{.*}}, %[[D0:.*]]: tensor<4xf32>, %[[D1:.*]]: tensor<4xf32>)
func.func @filled_twice(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %any = tensor.empty() : tensor<4xf32>
  // CHECK: %[[R:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[D0]])
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %any) -> tensor<4xf32> {
    %e = tensor.extract %x[%i] : tensor<4xf32>
    %b = tensor.insert %e into %a[%i] : tensor<4xf32>
    scf.yield %b : tensor<4xf32>
  }
  // CHECK: %[[COPY:.*]] = bufferization.materialize_in_destination %[[R]] in %[[D1]]
  // CHECK: return %[[R]], %[[COPY]]
  return %r, %r : tensor<4xf32>, tensor<4xf32>
}

// -----

// What one loop makes is the beginning of another, and read by that too: the result is copied to its destination.

// CHECK-LABEL: func.func @loop_after_loop
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32> {{.*}}, %{{.*}}: tensor<2xf32> {{.*}}, %[[D:.*]]: tensor<4xf32>)
func.func @loop_after_loop(%x: tensor<4xf32>, %y: tensor<2xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  // CHECK: %[[FIRST:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[X]])
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf32>) {
    %u = tensor.insert_slice %y into %h[%i] [2] [1] : tensor<2xf32> into tensor<4xf32>
    scf.yield %u : tensor<4xf32>
  }
  // CHECK: %[[SECOND:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[FIRST]])
  %s = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %r) -> (tensor<4xf32>) {
    %v = tensor.extract_slice %r[%i] [2] [1] : tensor<4xf32> to tensor<2xf32>
    %u = tensor.insert_slice %v into %h[%c0] [2] [1] : tensor<2xf32> into tensor<4xf32>
    scf.yield %u : tensor<4xf32>
  }
  // CHECK: bufferization.materialize_in_destination %[[SECOND]] in %[[D]]
  return %s : tensor<4xf32>
}

// -----

// A loop begins with what is returned in another shape too: the result is a copy, made before the loop changes it.

// CHECK-LABEL: func.func @reshaped_and_changed
// CHECK-SAME: (%{{.*}}: tensor<4xf32> {{.*}}, %[[D0:.*]]: tensor<2x2xf32>, %[[D1:.*]]: tensor<4xf32>)
func.func @reshaped_and_changed(%x: tensor<4xf32>) -> (tensor<2x2xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %e = tensor.empty() : tensor<4xf32>
  // CHECK: %[[Y:.*]] = linalg.exp
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  // CHECK-NEXT: %[[R:.*]] = tensor.expand_shape %[[Y]]
  // CHECK-NEXT: bufferization.materialize_in_destination %[[R]] in %[[D0]]
  %r = tensor.expand_shape %y [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xf32>
  %s = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %y) -> (tensor<4xf32>) {
    %p = tensor.extract_slice %h[%i] [1] [1] : tensor<4xf32> to tensor<1xf32>
    %u = tensor.insert_slice %p into %h[0] [1] [1] : tensor<1xf32> into tensor<4xf32>
    scf.yield %u : tensor<4xf32>
  }
  return %r, %s : tensor<2x2xf32>, tensor<4xf32>
}

// What C provides has a body that stands for it, and is known to read the inputs and to write the destinations.
// CHECK-LABEL: func.func private @elsewhere(
// CHECK-SAME: %{{.*}}: tensor<4xf32> {bufferization.access = "read"}, %[[D0:.*]]: tensor<f32> {atled.name = "y", bufferization.access = "write"},
// CHECK-SAME: %[[D1:.*]]: tensor<4xi1> {bufferization.access = "write"}) -> (tensor<f32> {{.*}}, tensor<4xi1>)
// CHECK-SAME: attributes {atled.num_inputs = 1 : i64, atled.stand_in}
// CHECK-NEXT: return %[[D0]], %[[D1]]
func.func private @elsewhere(tensor<4xf32>) -> (tensor<f32> {atled.name = "y"}, tensor<4xi1>)
// CHECK-LABEL: func.func @calls_elsewhere(
// CHECK: call @elsewhere(%{{.*}}, %{{.*}}, %{{.*}}) : (tensor<4xf32>, tensor<f32>, tensor<4xi1>) -> (tensor<f32>, tensor<4xi1>)
func.func @calls_elsewhere(%x: tensor<4xf32>) -> tensor<f32> {
  %y:2 = call @elsewhere(%x) : (tensor<4xf32>) -> (tensor<f32>, tensor<4xi1>)
  return %y#0 : tensor<f32>
}
