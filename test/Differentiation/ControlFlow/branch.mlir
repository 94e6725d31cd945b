// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// g(x) = x² if x > 1 else 3x, by a branch.
func.func private @g(%x: tensor<f64>) -> tensor<f64> {
  %v = tensor.extract %x[] : tensor<f64>
  %one = arith.constant 1.0 : f64
  %p = arith.cmpf ogt, %v, %one : f64
  %r = scf.if %p -> tensor<f64> {
    %y = atled.mul %x, %x : tensor<f64>
    scf.yield %y : tensor<f64>
  } else {
    %three = atled.constant dense<3.0> : tensor<f64>
    %y = atled.mul %x, %three : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
// The same element by element.
func.func private @g_of_each(%x: tensor<3xf64>) -> tensor<3xf64> {
  %one = atled.constant dense<1.0> : tensor<3xf64>
  %three = atled.constant dense<3.0> : tensor<3xf64>
  %p = atled.compare gt, %x, %one : tensor<3xf64>
  %a = atled.mul %x, %x : tensor<3xf64>
  %b = atled.mul %x, %three : tensor<3xf64>
  %r = atled.select %p, %a, %b : tensor<3xi1>, tensor<3xf64>
  return %r : tensor<3xf64>
}
func.func @textbook() {
  %two = atled.constant dense<2.0> : tensor<f64>
  %half = atled.constant dense<0.5> : tensor<f64>
  %a = ad.grad @g(%two) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %four = atled.constant dense<4.0> : tensor<f64>
  check.expect_eq %a, %four : tensor<f64>
  %b = ad.grad @g(%half) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %three = atled.constant dense<3.0> : tensor<f64>
  check.expect_eq %b, %three : tensor<f64>
  check.gradients @g at (%two) order = 3 : tensor<f64>
  check.gradients @g at (%half) order = 3 : tensor<f64>

  %x = atled.constant dense<[2.0, 0.5, -1.0]> : tensor<3xf64>
  %ones = atled.constant dense<1.0> : tensor<3xf64>
  %c:2 = ad.vjp @g_of_each(%x) seed(%ones) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %e = atled.constant dense<[4.0, 3.0, 3.0]> : tensor<3xf64>
  check.expect_eq %c#1, %e : tensor<3xf64>
  return
}

// Each branch uses what the other does not; both keep what is dear to compute again.
func.func private @either(%p: tensor<i1>, %x: tensor<2x2xf64>, %y: tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>) {
  %c = tensor.extract %p[] : tensor<i1>
  %r:2 = scf.if %c -> (tensor<2x2xf64>, tensor<2x2xf64>) {
    %a = atled.matmul %x, %x : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xf64>
    %b = atled.sin %a : tensor<2x2xf64>
    scf.yield %b, %x : tensor<2x2xf64>, tensor<2x2xf64>
  } else {
    %a = atled.matmul %x, %y : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xf64>
    %b = atled.matmul %a, %y : (tensor<2x2xf64>, tensor<2x2xf64>) -> tensor<2x2xf64>
    %e = atled.exp %b : tensor<2x2xf64>
    scf.yield %e, %a : tensor<2x2xf64>, tensor<2x2xf64>
  }
  return %r#0, %r#1 : tensor<2x2xf64>, tensor<2x2xf64>
}
func.func @either_way() {
  %x = atled.constant dense<[[0.3, -0.2], [0.1, 0.7]]> : tensor<2x2xf64>
  %y = atled.constant dense<[[1.3, 0.2], [-0.6, 0.5]]> : tensor<2x2xf64>
  %true = atled.constant dense<true> : tensor<i1>
  %false = atled.constant dense<false> : tensor<i1>
  check.gradients @either at (%true, %x, %y) order = 2 : tensor<i1>, tensor<2x2xf64>, tensor<2x2xf64>
  check.gradients @either at (%false, %x, %y) order = 2 : tensor<i1>, tensor<2x2xf64>, tensor<2x2xf64>
  return
}

// A branch that yields a constant has the gradient zero; one that is not taken does not spoil the gradient:
// log is not looked at where x is 0.
func.func private @guarded(%x: tensor<f64>) -> tensor<f64> {
  %v = tensor.extract %x[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %p = arith.cmpf ogt, %v, %zero : f64
  %r = scf.if %p -> tensor<f64> {
    %y = atled.log %x : tensor<f64>
    scf.yield %y : tensor<f64>
  } else {
    %y = atled.constant dense<7.0> : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @nan_guard() {
  %x = atled.constant dense<0.0> : tensor<f64>
  %d = ad.grad @guarded(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %d, %zero : tensor<f64>
  %half = atled.constant dense<0.5> : tensor<f64>
  check.gradients @guarded at (%half) order = 2 : tensor<f64>
  return
}

// Several cases, and a default.
func.func private @cases(%n: tensor<i64>, %x: tensor<2xf64>, %y: tensor<2xf64>) -> tensor<2xf64> {
  %i = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %i : i64 to index
  %r = scf.index_switch %k -> tensor<2xf64>
  case 2 {
    %a = atled.sin %x : tensor<2xf64>
    scf.yield %a : tensor<2xf64>
  }
  case 5 {
    %a = atled.mul %x, %y : tensor<2xf64>
    %b = atled.exp %a : tensor<2xf64>
    scf.yield %b : tensor<2xf64>
  }
  default {
    scf.yield %y : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func @index_switch() {
  %x = atled.constant dense<[0.3, -0.2]> : tensor<2xf64>
  %y = atled.constant dense<[1.3, 0.2]> : tensor<2xf64>
  %n2 = atled.constant dense<2> : tensor<i64>
  %n5 = atled.constant dense<5> : tensor<i64>
  %n7 = atled.constant dense<7> : tensor<i64>
  check.gradients @cases at (%n2, %x, %y) order = 2 : tensor<i64>, tensor<2xf64>, tensor<2xf64>
  check.gradients @cases at (%n5, %x, %y) order = 2 : tensor<i64>, tensor<2xf64>, tensor<2xf64>
  check.gradients @cases at (%n7, %x, %y) : tensor<i64>, tensor<2xf64>, tensor<2xf64>
  return
}

// A branch in a loop: which way each iteration went is kept. Collatz's steps on 7, with x as factor.
func.func private @wander(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c7 = arith.constant 7 : index
  %c9 = arith.constant 9 : index
  %r:2 = scf.for %i = %c0 to %c9 step %c1 iter_args(%h = %x, %n = %c7) -> (tensor<f64>, index) {
    %m = arith.remui %n, %c2 : index
    %odd = arith.cmpi eq, %m, %c1 : index
    %q:2 = scf.if %odd -> (tensor<f64>, index) {
      %a = arith.muli %n, %c3 : index
      %b = arith.addi %a, %c1 : index
      %s = atled.sin %h : tensor<f64>
      scf.yield %s, %b : tensor<f64>, index
    } else {
      %a = arith.divui %n, %c2 : index
      %s = atled.mul %h, %x : tensor<f64>
      scf.yield %s, %a : tensor<f64>, index
    }
    scf.yield %q#0, %q#1 : tensor<f64>, index
  }
  return %r#0 : tensor<f64>
}
func.func @branch_in_loop() {
  %x = atled.constant dense<1.25> : tensor<f64>
  check.gradients @wander at (%x) order = 3 : tensor<f64>
  return
}

// A loop in a branch, with calls in both.
func.func private @step(%h: tensor<2xf64>, %w: tensor<2xf64>) -> tensor<2xf64> {
  %a = atled.mul %h, %w : tensor<2xf64>
  %s = atled.sin %a : tensor<2xf64>
  return %s : tensor<2xf64>
}
func.func private @iterate(%p: tensor<i1>, %x: tensor<2xf64>, %w: tensor<2xf64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c = tensor.extract %p[] : tensor<i1>
  %r = scf.if %c -> tensor<2xf64> {
    %h = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> (tensor<2xf64>) {
      %n = func.call @step(%h, %w) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
      scf.yield %n : tensor<2xf64>
    }
    scf.yield %h : tensor<2xf64>
  } else {
    %n = func.call @step(%w, %x) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %n : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func @loop_in_branch() {
  %x = atled.constant dense<[0.3, -0.2]> : tensor<2xf64>
  %w = atled.constant dense<[1.3, 0.8]> : tensor<2xf64>
  %true = atled.constant dense<true> : tensor<i1>
  %false = atled.constant dense<false> : tensor<i1>
  check.gradients @iterate at (%true, %x, %w) order = 2 : tensor<i1>, tensor<2xf64>, tensor<2xf64>
  check.gradients @iterate at (%false, %x, %w) order = 2 : tensor<i1>, tensor<2xf64>, tensor<2xf64>
  return
}

// A switch returns an argument, and the result is updated: the argument is the same in the next call.
func.func private @updated(%x: tensor<4xf64>, %n: tensor<i64>) -> tensor<f64> {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %i = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %i : i64 to index
  %r = scf.index_switch %k -> tensor<4xf64>
  case 3 {
    %s = scf.for %j = %c1 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
      %t = atled.tanh %x : tensor<4xf64>
      scf.yield %t : tensor<4xf64>
    }
    scf.yield %s : tensor<4xf64>
  }
  default {
    scf.yield %x : tensor<4xf64>
  }
  %a = tensor.extract_slice %x[0] [2] [1] : tensor<4xf64> to tensor<2xf64>
  %b = atled.sin %a : tensor<2xf64>
  %u = tensor.insert_slice %b into %r[1] [2] [1] : tensor<2xf64> into tensor<4xf64>
  %d = atled.reduce_sum %u dimensions = [0] : tensor<4xf64> -> tensor<f64>
  return %d : tensor<f64>
}
func.func @update_of_result() {
  %x = atled.constant dense<[0.3, -0.2, 0.7, 1.1]> : tensor<4xf64>
  %n1 = atled.constant dense<1> : tensor<i64>
  %n3 = atled.constant dense<3> : tensor<i64>
  check.gradients @updated at (%x, %n1) order = 2 : tensor<4xf64>, tensor<i64>
  check.gradients @updated at (%x, %n3) order = 2 : tensor<4xf64>, tensor<i64>
  return
}
