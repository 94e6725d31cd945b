// RUN: atled-opt %s --ad-differentiate --canonicalize | FileCheck %s

// How much room the inner loop needs is known only when it runs, so its values are not kept for every iteration of
// the outer one: the way there keeps what the inner loop begins with, and the way back runs it again.

// CHECK-LABEL: func.func private @inner_runs_again.vjp.0
// CHECK: %[[STARTS:.*]] = tensor.empty() : tensor<3xf64>
// CHECK: %[[PRIMAL:.*]]:2 = scf.for {{.*}} iter_args(%[[H:.*]] = %{{.*}}, %[[KEPT:.*]] = %[[STARTS]])
// CHECK-NEXT: tensor.insert_slice %[[H]] into %[[KEPT]]
// CHECK-NEXT: scf.for {{.*}} iter_args(%{{[^,]*}} = %[[H]]) -> (tensor<f64>)
// CHECK-NEXT: atled.sin
// CHECK: scf.for
// CHECK: %[[START:.*]] = tensor.extract_slice %[[PRIMAL]]#1
// CHECK: scf.for {{.*}} iter_args(%[[A:.*]] = %[[START]], %[[STACK:.*]] = %{{.*}}) -> (tensor<f64>, tensor<?xf64>)
// CHECK: tensor.insert_slice %[[A]] into %[[STACK]]
func.func private @inner_runs_again(%x: tensor<f64>, %n: index) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %s = scf.for %j = %c0 to %n step %c1 iter_args(%a = %h) -> (tensor<f64>) {
      %b = atled.sin %a : tensor<f64>
      scf.yield %b : tensor<f64>
    }
    scf.yield %s : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @back(%x: tensor<f64>, %n: index, %s: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
  %v:2 = ad.vjp @inner_runs_again(%x, %n) seed(%s) wrt = [0] : (tensor<f64>, index, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  return %v#0, %v#1 : tensor<f64>, tensor<f64>
}

// What an iteration begins with, the one before has ended with: one stack has both, with one place more than there are
// iterations.

// CHECK-LABEL: func.func private @one_stack.vjp.0
// CHECK-SAME: %[[X:[^:]*]]: tensor<4xf64>
// CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<11x4xf64>
// CHECK: %[[FIRST:.*]] = tensor.insert_slice %[[X]] into %[[EMPTY]][0, 0]
// CHECK: %[[PRIMAL:.*]]:2 = scf.for %[[I:.*]] = {{.*}} iter_args(%[[H:.*]] = %[[X]], %[[KEPT:.*]] = %[[FIRST]])
// CHECK: %[[T:.*]] = atled.tanh
// CHECK-NEXT: %[[NEXT:.*]] = arith.addi %[[I]]
// CHECK-NEXT: tensor.insert_slice %[[T]] into %[[KEPT]][%[[NEXT]], 0]
// CHECK: scf.for
// CHECK: %[[K:.*]] = arith.subi
// CHECK: tensor.extract_slice %[[PRIMAL]]#1[%[[K]], 0]
// CHECK: %[[L:.*]] = arith.subi %c10
// CHECK: tensor.extract_slice %[[PRIMAL]]#1[%[[L]], 0]
func.func private @one_stack(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c10 = arith.constant 10 : index
  %r = scf.for %i = %c0 to %c10 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func @one_stack_back(%x: tensor<4xf64>, %w: tensor<4xf64>, %s: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %v:3 = ad.vjp @one_stack(%x, %w) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %v#1, %v#2 : tensor<4xf64>, tensor<4xf64>
}
