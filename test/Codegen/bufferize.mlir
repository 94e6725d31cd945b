// RUN: atled-opt %s --atled-destination-passing --atled-bufferize -cse -canonicalize -split-input-file | FileCheck %s

// Results are computed where they are wanted: no allocation, no copy.

// CHECK-LABEL: func.func @direct
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[D:.*]]: memref<4xf32>)
// CHECK-NOT: memref.alloc
// CHECK-NOT: copy
// CHECK: linalg.exp ins(%[[X]] : memref<4xf32>) outs(%[[D]] : memref<4xf32>)
// CHECK-NOT: copy
// CHECK: return
func.func @direct(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @reshaped
// CHECK-NOT: memref.alloc
// CHECK-NOT: copy
// CHECK: %[[D:.*]] = memref.expand_shape %arg1
// CHECK: linalg.exp ins(%arg0 : memref<2x3xf32>) outs(%[[D]] : memref<2x3xf32>)
// CHECK-NEXT: return
func.func @reshaped(%x: tensor<2x3xf32>) -> tensor<6xf32> {
  %e = tensor.empty() : tensor<2x3xf32>
  %y = linalg.exp ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  %r = tensor.collapse_shape %y [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  return %r : tensor<6xf32>
}

// -----

// Each part of a concatenation is computed in its place.

// CHECK-LABEL: func.func @concatenation
// CHECK-NOT: memref.alloc
// CHECK-NOT: copy
// CHECK: return
func.func @concatenation(%x: tensor<4xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %a = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %f = tensor.empty() : tensor<4xf32>
  %b = linalg.log ins(%x : tensor<4xf32>) outs(%f : tensor<4xf32>) -> tensor<4xf32>
  %g = tensor.empty() : tensor<8xf32>
  %h = tensor.insert_slice %a into %g[0] [4] [1] : tensor<4xf32> into tensor<8xf32>
  %i = tensor.insert_slice %b into %h[4] [4] [1] : tensor<4xf32> into tensor<8xf32>
  return %i : tensor<8xf32>
}

// -----

// CHECK-LABEL: func.func @copies
// CHECK-SAME: (%[[X:.*]]: memref<2xf32>, %[[D0:.*]]: memref<2xf32>, %[[D1:.*]]: memref<2xf32>, %[[D2:.*]]: memref<2xf32>, %[[D3:.*]]: memref<2xf32>)
// CHECK: %[[C:.*]] = memref.get_global
// CHECK: linalg.exp ins(%[[X]] : {{.*}}) outs(%[[D2]]
// CHECK-DAG: linalg.copy ins(%[[X]] : memref<2xf32>) outs(%[[D0]] : memref<2xf32>)
// CHECK-DAG: linalg.copy ins(%[[C]] : memref<2xf32>) outs(%[[D1]] : memref<2xf32>)
// CHECK-DAG: linalg.copy ins(%[[D2]] : memref<2xf32>) outs(%[[D3]] : memref<2xf32>)
// CHECK-NEXT: return
func.func @copies(%x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %c = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %e = tensor.empty() : tensor<2xf32>
  %y = linalg.exp ins(%x : tensor<2xf32>) outs(%e : tensor<2xf32>) -> tensor<2xf32>
  return %x, %c, %y, %y : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// -----

// An input is never written: an update of it happens in a copy.

// CHECK-LABEL: func.func @update
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[D:.*]]: memref<4xf32>)
// CHECK: linalg.copy ins(%[[X]] : memref<4xf32>) outs(%[[D]] : memref<4xf32>)
// CHECK: memref.store %{{.*}}, %[[D]]
// CHECK-NEXT: return
func.func @update(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c1 = arith.constant 1 : index
  %v = arith.constant 7.0 : f32
  %y = tensor.insert %v into %x[%c1] : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The update is made in a copy, since a part of the original is read afterwards: the two do not share the
// destination.

// CHECK-LABEL: func.func @update_of_read
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[C:.*]]: memref<2xf32>, %[[D0:.*]]: memref<4xf32>, %[[D1:.*]]: memref<2xf32>)
// CHECK: %[[Y:.*]] = memref.alloc
// CHECK: linalg.exp ins(%[[X]] : memref<4xf32>) outs(%[[Y]] : memref<4xf32>)
// CHECK: linalg.copy ins(%[[Y]] : memref<4xf32>) outs(%[[D0]] : memref<4xf32>)
// CHECK: %[[S:.*]] = memref.subview %[[Y]]
// CHECK: linalg.copy ins(%[[S]] : {{.*}}) outs(%[[D1]] : memref<2xf32>)
func.func @update_of_read(%x: tensor<4xf32>, %c: tensor<2xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %u = tensor.insert_slice %c into %y[1] [2] [1] : tensor<2xf32> into tensor<4xf32>
  %s = tensor.extract_slice %y[1] [2] [1] : tensor<4xf32> to tensor<2xf32>
  return %u, %s : tensor<4xf32>, tensor<2xf32>
}

// -----

// A loop carries a state and the one before it: what is updated is a copy, and ends up in the state's place.

// CHECK-LABEL: func.func @state_before
// CHECK-SAME: (%{{.*}}: memref<4xf32>, %{{.*}}: memref<2xf32>, %[[D0:.*]]: memref<4xf32>, %[[D1:.*]]: memref<4xf32>)
// CHECK: scf.for
// CHECK:   %[[COPY:.*]] = memref.alloc
// CHECK:   linalg.copy ins(%[[D0]] : memref<4xf32>) outs(%[[COPY]] : memref<4xf32>)
// CHECK:   memref.subview %[[COPY]]
// CHECK:   linalg.copy ins(%[[COPY]] : memref<4xf32>) outs(%[[D0]] : memref<4xf32>)
func.func @state_before(%x: tensor<4xf32>, %y: tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %x) -> (tensor<4xf32>, tensor<4xf32>) {
    %u = tensor.insert_slice %y into %a[%i] [2] [1] : tensor<2xf32> into tensor<4xf32>
    scf.yield %u, %a : tensor<4xf32>, tensor<4xf32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// A branch returns what is read afterwards too: its result is a copy.

// CHECK-LABEL: func.func @branch_of_read
// CHECK-SAME: (%{{.*}}: memref<i1>, %[[X:.*]]: memref<4xf32>, %[[D0:.*]]: memref<4xf32>, %[[D1:.*]]: memref<4xf32>)
// CHECK: %[[A:.*]] = memref.alloc
// CHECK: linalg.exp ins(%[[X]] : memref<4xf32>) outs(%[[A]] : memref<4xf32>)
// CHECK: scf.if
// CHECK:   linalg.copy ins(%[[A]] : memref<4xf32>) outs(%[[R:.*]] : memref<4xf32>)
// CHECK: linalg.log ins(%[[A]] : memref<4xf32>) outs(%[[D1]] : memref<4xf32>)
func.func @branch_of_read(%p: tensor<i1>, %x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %c = tensor.extract %p[] : tensor<i1>
  %e = tensor.empty() : tensor<4xf32>
  %a = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %f = tensor.empty() : tensor<4xf32>
  %r = scf.if %c -> (tensor<4xf32>) {
    %m = bufferization.materialize_in_destination %a in %f : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %m : tensor<4xf32>
  } else {
    %m = bufferization.materialize_in_destination %x in %f : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %m : tensor<4xf32>
  }
  %g = tensor.empty() : tensor<4xf32>
  %s = linalg.log ins(%a : tensor<4xf32>) outs(%g : tensor<4xf32>) -> tensor<4xf32>
  return %r, %s : tensor<4xf32>, tensor<4xf32>
}

// -----

// What a branch returns becomes a part of something, and is read afterwards too.

// CHECK-LABEL: func.func @part_from_branch
// CHECK: %[[R:.*]] = arith.select
// CHECK: scf.if
// CHECK: linalg.copy ins(%[[R]]
// CHECK: linalg.log ins(%[[R]]
func.func @part_from_branch(%p: tensor<i1>, %x: tensor<4xf32>) -> (tensor<8xf32>, tensor<4xf32>) {
  %c = tensor.extract %p[] : tensor<i1>
  %f = tensor.empty() : tensor<4xf32>
  %r = scf.if %c -> (tensor<4xf32>) {
    %e = tensor.empty() : tensor<4xf32>
    %a = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
    %m = bufferization.materialize_in_destination %a in %f : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %m : tensor<4xf32>
  } else {
    %m = bufferization.materialize_in_destination %x in %f : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %m : tensor<4xf32>
  }
  %y = tensor.empty() : tensor<8xf32>
  %u = tensor.insert_slice %r into %y[0] [4] [1] : tensor<4xf32> into tensor<8xf32>
  %g = tensor.empty() : tensor<4xf32>
  %s = linalg.log ins(%r : tensor<4xf32>) outs(%g : tensor<4xf32>) -> tensor<4xf32>
  return %u, %s : tensor<8xf32>, tensor<4xf32>
}

// -----

// A call writes into the caller's own destination.

// CHECK-LABEL: func.func @call
// CHECK-SAME: (%[[X:.*]]: memref<4xf32>, %[[D:.*]]: memref<4xf32>)
// CHECK-NEXT: call @callee(%[[X]], %[[D]])
// CHECK-NEXT: return
func.func @call(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = func.call @callee(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// A constant is aligned like the workspace.

// CHECK: memref.global "private" constant @{{.*}} : memref<3xf64> = {{.*}} {alignment = 64 : i64}
func.func @constant(%i: tensor<1xindex>) -> tensor<3xf64> {
  %c = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  return %c : tensor<3xf64>
}

// -----

// What stands for a function in C goes, and its attributes with it. The call writes where its result ends up.
// CHECK: func.func private @elsewhere(memref<64xf32>, memref<64xf32>) attributes {atled.num_inputs = 1 : i64}
func.func private @elsewhere(tensor<64xf32>) -> tensor<64xf32>
// CHECK-LABEL: func.func @calls_elsewhere(
// CHECK-SAME: %[[X:.*]]: memref<64xf32>, %[[D:.*]]: memref<64xf32>)
// CHECK-NEXT: call @elsewhere(%[[X]], %[[D]])
// CHECK-NEXT: return
func.func @calls_elsewhere(%x: tensor<64xf32>) -> tensor<64xf32> {
  %y = func.call @elsewhere(%x) : (tensor<64xf32>) -> tensor<64xf32>
  return %y : tensor<64xf32>
}

// On its own result it does not write what it reads.
// CHECK-LABEL: func.func @repeats_elsewhere(
// CHECK: %[[CARRIED:.*]] = memref.alloc()
// CHECK: scf.for
// CHECK: %[[NEXT:.*]] = memref.alloc()
// CHECK: call @elsewhere(%[[CARRIED]], %[[NEXT]])
func.func @repeats_elsewhere(%x: tensor<64xf32>) -> tensor<64xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %y = scf.for %i = %c0 to %c8 step %c1 iter_args(%a = %x) -> tensor<64xf32> {
    %b = func.call @elsewhere(%a) : (tensor<64xf32>) -> tensor<64xf32>
    scf.yield %b : tensor<64xf32>
  }
  return %y : tensor<64xf32>
}
