// Branches against differences, forward against reverse mode: each side uses and keeps what the other does not.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// Both keep what is dear to compute again.
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

// What one branch keeps in a loop, the other does not have: there is nothing of it there. The number that is returned
// keeps apart what goes there from what comes back.
func.func private @loop_in_one(%x: tensor<3xf64>, %n: tensor<i64>) -> (tensor<3xf64>, tensor<i64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = atled.reduce_sum %x dimensions = [0] : tensor<3xf64> -> tensor<f64>
  %e = tensor.extract %s[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %e, %zero : f64
  %count = tensor.extract %n[] : tensor<i64>
  %last = arith.index_cast %count : i64 to index
  %y = scf.if %positive -> tensor<3xf64> {
    scf.yield %x : tensor<3xf64>
  } else {
    %h = scf.for %i = %c0 to %last step %c1 iter_args(%h = %x) -> tensor<3xf64> {
      %t = atled.tanh %h : tensor<3xf64>
      scf.yield %t : tensor<3xf64>
    }
    scf.yield %h : tensor<3xf64>
  }
  %m = tensor.from_elements %count : tensor<i64>
  return %y, %m : tensor<3xf64>, tensor<i64>
}
func.func @loops_in_one() {
  %n = atled.constant dense<50> : tensor<i64>
  %negative = atled.constant dense<[0.5, -1.5, -0.7]> : tensor<3xf64>
  %positive = atled.constant dense<[0.5, 1.5, -0.7]> : tensor<3xf64>
  check.gradients @loop_in_one at (%negative, %n) wrt = [0] : tensor<3xf64>, tensor<i64>
  check.gradients @loop_in_one at (%positive, %n) wrt = [0] : tensor<3xf64>, tensor<i64>
  return
}

// Also where it is known which one is taken.
func.func private @loop_in_other(%x: tensor<3xf64>, %n: tensor<i64>) -> (tensor<3xf64>, tensor<i64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %half = atled.constant dense<0.5> : tensor<f64>
  %s = atled.sin %half : tensor<f64>
  %e = tensor.extract %s[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %e, %zero : f64
  %count = tensor.extract %n[] : tensor<i64>
  %y = scf.if %positive -> tensor<3xf64> {
    scf.yield %x : tensor<3xf64>
  } else {
    %c2 = arith.addi %c1, %c1 : index
    %h = scf.for %i = %c0 to %c2 step %c2 iter_args(%h = %x) -> tensor<3xf64> {
      %t = atled.tanh %h : tensor<3xf64>
      scf.yield %t : tensor<3xf64>
    }
    scf.yield %h : tensor<3xf64>
  }
  %m = tensor.from_elements %count : tensor<i64>
  return %y, %m : tensor<3xf64>, tensor<i64>
}
func.func @known_branch() {
  %n = atled.constant dense<50> : tensor<i64>
  %x = atled.constant dense<[0.5, -1.5, -0.7]> : tensor<3xf64>
  check.gradients @loop_in_other at (%x, %n) wrt = [0] : tensor<3xf64>, tensor<i64>
  return
}

// One value for two results; for the first, the other side gives what the loop begins with.
func.func private @loop_twice(%p: tensor<i1>, %x: tensor<f64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %start = atled.broadcast %x dimensions = [] : tensor<f64> -> tensor<2xf64>
  %c = tensor.extract %p[] : tensor<i1>
  %r:2 = scf.if %c -> (tensor<2xf64>, tensor<2xf64>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %loop = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %start) -> tensor<2xf64> {
      %factors = atled.constant dense<[0.7, -0.8]> : tensor<2xf64>
      %next = atled.mul %h, %factors : tensor<2xf64>
      scf.yield %next : tensor<2xf64>
    }
    scf.yield %loop, %loop : tensor<2xf64>, tensor<2xf64>
  } else {
    %half = atled.constant dense<0.5> : tensor<2xf64>
    scf.yield %start, %half : tensor<2xf64>, tensor<2xf64>
  }
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}
func.func @one_value_twice() {
  %true = atled.constant dense<true> : tensor<i1>
  %false = atled.constant dense<false> : tensor<i1>
  %x = atled.constant dense<0.9> : tensor<f64>
  %grown = atled.constant dense<[0.441, 0.576]> : tensor<2xf64>
  %r:2 = func.call @loop_twice(%true, %x) : (tensor<i1>, tensor<f64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_close %r#0, %grown within rtol = 1.0e-12 atol = 0.0 : tensor<2xf64>
  check.expect_close %r#1, %grown within rtol = 1.0e-12 atol = 0.0 : tensor<2xf64>
  check.gradients @loop_twice at (%true, %x) wrt = [1] : tensor<i1>, tensor<f64>
  check.gradients @loop_twice at (%false, %x) wrt = [1] : tensor<i1>, tensor<f64>
  return
}

// One side gives what a loop in front of the branch began with, the other what the loop made of it.
func.func private @before_or_after(%x: tensor<f64>, %k: tensor<2xf64>) -> (tensor<f64>, tensor<f64>) {
  %start = atled.sin %x : tensor<f64>
  %e = tensor.extract %start[] : tensor<f64>
  %limit = arith.constant 0.4 : f64
  %is_large = arith.cmpf ogt, %e, %limit : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %loop = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %start) -> tensor<f64> {
    %a = tensor.insert_slice %h into %k[%i] [1] [1] : tensor<f64> into tensor<2xf64>
    %s = atled.reduce_sum %a dimensions = [0] : tensor<2xf64> -> tensor<f64>
    %t = atled.sin %s : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  %r = scf.if %is_large -> tensor<f64> {
    scf.yield %start : tensor<f64>
  } else {
    scf.yield %loop : tensor<f64>
  }
  return %r, %loop : tensor<f64>, tensor<f64>
}
func.func @two_values() {
  %k = atled.constant dense<[0.5, -0.1]> : tensor<2xf64>
  %large = atled.constant dense<0.9> : tensor<f64>
  %small = atled.constant dense<0.2> : tensor<f64>
  check.gradients @before_or_after at (%large, %k) : tensor<f64>, tensor<2xf64>
  check.gradients @before_or_after at (%small, %k) : tensor<f64>, tensor<2xf64>
  return
}
