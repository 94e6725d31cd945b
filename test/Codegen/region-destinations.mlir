// RUN: atled-opt %s --atled-region-destinations -split-input-file -verify-diagnostics -allow-unregistered-dialect | FileCheck %s

// What an iteration yields is written to the place of what it was given.
// CHECK-LABEL: func.func @carried
func.func @carried(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: scf.for {{.*}} iter_args(%[[H:.*]] = %{{.*}})
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<4xf32>) {
    %e = tensor.empty() : tensor<4xf32>
    // CHECK: %[[T:.*]] = linalg.exp
    %t = linalg.exp ins(%h : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
    // CHECK: %[[P:.*]] = bufferization.materialize_in_destination %[[T]] in %[[H]]
    // CHECK: scf.yield %[[P]]
    scf.yield %t : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// -----

// A part of the argument was replaced: it is in its place already. An inner loop that does so is no obstacle.
// CHECK-LABEL: func.func @updated
// CHECK-NOT: materialize
// CHECK: return
func.func @updated(%x: tensor<4xf32>, %v: f32, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<4xf32>) {
    %s = scf.for %j = %c0 to %i step %c1 iter_args(%g = %h) -> (tensor<4xf32>) {
      %t = tensor.insert %v into %g[%j] : tensor<4xf32>
      scf.yield %t : tensor<4xf32>
    }
    scf.yield %s : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// -----

// Values that change places are taken out before either is overwritten.
// CHECK-LABEL: func.func @swapped
func.func @swapped(%x: tensor<4xf32>, %y: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: scf.for {{.*}} iter_args(%[[A:.*]] = %{{.*}}, %[[B:.*]] = %{{.*}})
  // CHECK: %[[B1:.*]] = linalg.copy ins(%[[B]]
  // CHECK: %[[A1:.*]] = linalg.copy ins(%[[A]]
  // CHECK: materialize_in_destination %[[B1]] in %[[A]]
  // CHECK: materialize_in_destination %[[A1]] in %[[B]]
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y) -> (tensor<4xf32>, tensor<4xf32>) {
    scf.yield %b, %a : tensor<4xf32>, tensor<4xf32>
  }
  return %r#0 : tensor<4xf32>
}

// -----

// The regions of a branch share one place for each result; what is empty fills none.
// CHECK-LABEL: func.func @branch
func.func @branch(%p: i1, %x: tensor<4xf32>, %v: f32) -> (tensor<4xf32>, tensor<2xf32>) {
  // CHECK: %[[D:.*]] = tensor.empty() : tensor<4xf32>
  // CHECK: %[[E:.*]] = tensor.empty() : tensor<2xf32>
  %r:2 = scf.if %p -> (tensor<4xf32>, tensor<2xf32>) {
    %e = tensor.empty() : tensor<4xf32>
    // CHECK: %[[T:.*]] = linalg.exp
    // CHECK: %[[P:.*]] = bufferization.materialize_in_destination %[[T]] in %[[D]]
    %t = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
    %u = tensor.empty() : tensor<2xf32>
    // CHECK: scf.yield %[[P]], %[[E]]
    scf.yield %t, %u : tensor<4xf32>, tensor<2xf32>
  } else {
    // CHECK-DAG: %[[Q:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[D]]
    %u = tensor.empty() : tensor<2xf32>
    %f = linalg.fill ins(%v : f32) outs(%u : tensor<2xf32>) -> tensor<2xf32>
    // CHECK-DAG: %[[R:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[E]]
    // CHECK: scf.yield %[[Q]], %[[R]]
    scf.yield %x, %f : tensor<4xf32>, tensor<2xf32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<2xf32>
}

// -----

// Where all regions update the same tensor, that is the place.
// CHECK-LABEL: func.func @branch_updates
// CHECK-NOT: materialize
// CHECK: return
func.func @branch_updates(%p: i1, %v: f32, %i: index) -> tensor<4xf32> {
  %x = "test.source"() : () -> tensor<4xf32>
  %r = scf.if %p -> tensor<4xf32> {
    %t = tensor.insert %v into %x[%i] : tensor<4xf32>
    scf.yield %t : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// -----

// A value that is an update for one result and fills the place of another is written to the other alone.
// CHECK-LABEL: func.func @updated_and_written
func.func @updated_and_written(%p: i1, %v: f32, %i: index, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: %[[X:.*]] = "test.source"
  %x = "test.source"() : () -> tensor<4xf32>
  // CHECK: %[[PLACE:.*]] = tensor.empty() : tensor<4xf32>
  %r:2 = scf.if %p -> (tensor<4xf32>, tensor<4xf32>) {
    // CHECK: %[[T:.*]] = tensor.insert %{{.*}} into %[[X]]
    // CHECK: %[[W:.*]] = bufferization.materialize_in_destination %[[T]] in %[[PLACE]]
    // CHECK: scf.yield %[[T]], %[[W]]
    %t = tensor.insert %v into %x[%i] : tensor<4xf32>
    scf.yield %t, %t : tensor<4xf32>, tensor<4xf32>
  } else {
    // CHECK: %[[W:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[PLACE]]
    // CHECK: scf.yield %[[X]], %[[W]]
    scf.yield %x, %y : tensor<4xf32>, tensor<4xf32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// A tensor and what a loop in front of the branch makes of it are two: the branch has a place of its own.
// CHECK-LABEL: func.func @updated_before
func.func @updated_before(%p: i1, %v: f32, %n: index) -> (tensor<4xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: %[[X:.*]] = "test.source"
  %x = "test.source"() : () -> tensor<4xf32>
  // CHECK: %[[LOOP:.*]] = scf.for
  %loop = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> tensor<4xf32> {
    %t = tensor.insert %v into %h[%i] : tensor<4xf32>
    scf.yield %t : tensor<4xf32>
  }
  // CHECK: %[[PLACE:.*]] = tensor.empty() : tensor<4xf32>
  // CHECK: materialize_in_destination %[[X]] in %[[PLACE]]
  // CHECK: materialize_in_destination %[[LOOP]] in %[[PLACE]]
  %r = scf.if %p -> tensor<4xf32> {
    scf.yield %x : tensor<4xf32>
  } else {
    scf.yield %loop : tensor<4xf32>
  }
  return %r, %loop : tensor<4xf32>, tensor<4xf32>
}

// -----

// A condition that passes on something else than what is carried: it is carried, too.
// CHECK-LABEL: func.func @passed_on
func.func @passed_on(%x: tensor<4xf32>) -> tensor<2xf32> {
  // CHECK: %[[E:.*]] = tensor.empty() : tensor<2xf32>
  // CHECK: scf.while (%[[H:.*]] = %{{.*}}, %[[F:.*]] = %[[E]])
  %r = scf.while (%h = %x) : (tensor<4xf32>) -> tensor<2xf32> {
    %p = "test.condition"(%h) : (tensor<4xf32>) -> i1
    %f = "test.forwarded"(%h) : (tensor<4xf32>) -> tensor<2xf32>
    // CHECK: %[[P:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[F]]
    // CHECK: scf.condition(%{{.*}}) %[[H]], %[[P]]
    scf.condition(%p) %f : tensor<2xf32>
  } do {
  // CHECK: ^bb0(%[[G:.*]]: tensor<4xf32>, %[[K:.*]]: tensor<2xf32>)
  ^bb0(%f: tensor<2xf32>):
    %h = "test.next"(%f) : (tensor<2xf32>) -> tensor<4xf32>
    // CHECK: %[[Q:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[G]]
    // CHECK: scf.yield %[[Q]], %[[K]]
    scf.yield %h : tensor<4xf32>
  }
  return %r : tensor<2xf32>
}

// -----

func.func @dynamic_passed_on(%x: tensor<4xf32>) {
  // expected-error @below {{passes a value of dynamic shape 'tensor<?xf32>' on from its condition; carry it instead, or give it a static shape}}
  %r = scf.while (%h = %x) : (tensor<4xf32>) -> tensor<?xf32> {
    %p = "test.condition"(%h) : (tensor<4xf32>) -> i1
    %f = "test.forwarded"(%h) : (tensor<4xf32>) -> tensor<?xf32>
    scf.condition(%p) %f : tensor<?xf32>
  } do {
  ^bb0(%f: tensor<?xf32>):
    scf.yield %x : tensor<4xf32>
  }
  return
}

// -----

// A branch whose regions compute nothing was made a select: its result is a copy, as that of any branch.
// CHECK-LABEL: func.func @select
// CHECK-SAME: (%[[C:.*]]: i1, %[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
func.func @select(%c: i1, %x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: %[[PLACE:.*]] = tensor.empty() : tensor<4xf32>
  // CHECK: scf.if %[[C]]
  // CHECK: bufferization.materialize_in_destination %[[X]] in %[[PLACE]]
  // CHECK: } else {
  // CHECK: bufferization.materialize_in_destination %[[Y]] in %[[PLACE]]
  %r = arith.select %c, %x, %y : tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// The cases of a switch are tried one after the other.
// CHECK-LABEL: func.func @switch
// CHECK-SAME: (%[[I:.*]]: index, %[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
func.func @switch(%i: index, %x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, index) {
  // CHECK: %[[C2:.*]] = arith.constant 2 : index
  // CHECK: %[[IS2:.*]] = arith.cmpi eq, %[[I]], %[[C2]]
  // CHECK: %[[R:.*]]:2 = scf.if %[[IS2]] -> (tensor<4xf32>, index)
  // CHECK: bufferization.materialize_in_destination %[[Y]]
  // CHECK: } else {
  // CHECK: %[[C5:.*]] = arith.constant 5 : index
  // CHECK: %[[IS5:.*]] = arith.cmpi eq, %[[I]], %[[C5]]
  // CHECK: %[[INNER:.*]]:2 = scf.if %[[IS5]] -> (tensor<4xf32>, index)
  // CHECK: bufferization.materialize_in_destination %[[X]]
  // CHECK: } else {
  // CHECK: bufferization.materialize_in_destination %[[Y]]
  // CHECK: return %[[R]]#0, %[[R]]#1
  %c0 = arith.constant 0 : index
  %r:2 = scf.index_switch %i -> tensor<4xf32>, index
  case 2 {
    scf.yield %y, %i : tensor<4xf32>, index
  }
  case 5 {
    scf.yield %x, %i : tensor<4xf32>, index
  }
  default {
    scf.yield %y, %c0 : tensor<4xf32>, index
  }
  return %r#0, %r#1 : tensor<4xf32>, index
}

// -----

// A branch that returns an argument or an update of it does not change the argument.
// CHECK-LABEL: func.func @update_of_argument
// CHECK-SAME: (%{{.*}}: i1, %[[X:.*]]: tensor<4xf32>, %{{.*}}: tensor<2xf32>)
func.func @update_of_argument(%c: i1, %x: tensor<4xf32>, %y: tensor<2xf32>) -> tensor<4xf32> {
  // CHECK: %[[PLACE:.*]] = tensor.empty() : tensor<4xf32>
  // CHECK: %[[U:.*]] = tensor.insert_slice %{{.*}} into %[[X]]
  // CHECK: bufferization.materialize_in_destination %[[U]] in %[[PLACE]]
  // CHECK: bufferization.materialize_in_destination %[[X]] in %[[PLACE]]
  %r = scf.if %c -> (tensor<4xf32>) {
    %u = tensor.insert_slice %y into %x[0] [2] [1] : tensor<2xf32> into tensor<4xf32>
    scf.yield %u : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}
