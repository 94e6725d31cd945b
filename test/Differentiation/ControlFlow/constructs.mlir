// Every construct of control flow inside every other one: a for loop that has a while loop that has a branch that has a
// switch that calls two functions that call each other; and from the inside out, a function that calls itself and one
// with a switch that has a branch that has a while loop that has a for loop. Against differences, and forward against
// reverse mode, to the second order, and the latter to the third.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// sin(x cos(x)), where two functions call each other.
func.func private @sines(%x: tensor<f64>, %n: index) -> tensor<f64> attributes {ad.max_depth = 2 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %ends = arith.cmpi eq, %n, %c0 : index
  %r = scf.if %ends -> (tensor<f64>) {
    scf.yield %x : tensor<f64>
  } else {
    %m = arith.subi %n, %c1 : index
    %y = func.call @cosines(%x, %m) : (tensor<f64>, index) -> tensor<f64>
    %z = atled.mul %x, %y : tensor<f64>
    %s = atled.sin %z : tensor<f64>
    scf.yield %s : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @cosines(%x: tensor<f64>, %n: index) -> tensor<f64> {
  %y = call @sines(%x, %n) : (tensor<f64>, index) -> tensor<f64>
  %c = atled.cos %y : tensor<f64>
  return %c : tensor<f64>
}
func.func private @loops_outside(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %limit = arith.constant 0.6 : f64
  %half = atled.constant dense<0.5> : tensor<f64>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %w:2 = scf.while (%a = %h, %j = %c0) : (tensor<f64>, index) -> (tensor<f64>, index) {
      %v = tensor.extract %a[] : tensor<f64>
      %large = arith.cmpf ogt, %v, %limit : f64
      %first = arith.cmpi eq, %j, %c0 : index
      %go = arith.ori %large, %first : i1
      scf.condition(%go) %a, %j : tensor<f64>, index
    } do {
    ^bb0(%a: tensor<f64>, %j: index):
      %once = arith.cmpi eq, %j, %c1 : index
      %b = scf.if %once -> (tensor<f64>) {
        %t = atled.mul %a, %half : tensor<f64>
        scf.yield %t : tensor<f64>
      } else {
        %s = scf.index_switch %i -> tensor<f64>
        case 0 {
          %t = func.call @sines(%a, %c1) : (tensor<f64>, index) -> tensor<f64>
          %u = atled.add %t, %x : tensor<f64>
          scf.yield %u : tensor<f64>
        }
        case 1 {
          %t = atled.exp %a : tensor<f64>
          scf.yield %t : tensor<f64>
        }
        default {
          %t = atled.tanh %a : tensor<f64>
          scf.yield %t : tensor<f64>
        }
        %m = atled.mul %s, %half : tensor<f64>
        scf.yield %m : tensor<f64>
      }
      %next = arith.addi %j, %c1 : index
      scf.yield %b, %next : tensor<f64>, index
    }
    scf.yield %w#0 : tensor<f64>
  }
  return %r : tensor<f64>
}
// The same inside out: the recursion calls what has the switch, that has the branch, that has the while loop, that has
// the for loop.
func.func private @inner(%x: tensor<f64>, %n: index) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %one = arith.constant 1.0 : f64
  %two = atled.constant dense<2.0> : tensor<f64>
  %r = scf.index_switch %n -> tensor<f64>
  case 0 {
    %e = atled.exp %x : tensor<f64>
    scf.yield %e : tensor<f64>
  }
  default {
    %v = tensor.extract %x[] : tensor<f64>
    %small = arith.cmpf olt, %v, %one : f64
    %s = scf.if %small -> (tensor<f64>) {
      %w = scf.while (%a = %x) : (tensor<f64>) -> tensor<f64> {
        %b = tensor.extract %a[] : tensor<f64>
        %go = arith.cmpf olt, %b, %one : f64
        scf.condition(%go) %a : tensor<f64>
      } do {
      ^bb0(%a: tensor<f64>):
        %f = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %a) -> (tensor<f64>) {
          %t = atled.sin %h : tensor<f64>
          %u = atled.add %t, %x : tensor<f64>
          scf.yield %u : tensor<f64>
        }
        scf.yield %f : tensor<f64>
      }
      scf.yield %w : tensor<f64>
    } else {
      %d = atled.div %x, %two : tensor<f64>
      scf.yield %d : tensor<f64>
    }
    scf.yield %s : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @recursion_outside(%x: tensor<f64>, %n: index) -> tensor<f64> attributes {ad.max_depth = 2 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %h = call @inner(%x, %n) : (tensor<f64>, index) -> tensor<f64>
  %ends = arith.cmpi eq, %n, %c0 : index
  %r = scf.if %ends -> (tensor<f64>) {
    scf.yield %h : tensor<f64>
  } else {
    %m = arith.subi %n, %c1 : index
    %y = func.call @recursion_outside(%h, %m) : (tensor<f64>, index) -> tensor<f64>
    %z = atled.mul %y, %x : tensor<f64>
    scf.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @inside_out(%x: tensor<f64>) -> tensor<f64> {
  %c1 = arith.constant 1 : index
  %y = call @recursion_outside(%x, %c1) : (tensor<f64>, index) -> tensor<f64>
  return %y : tensor<f64>
}
func.func @nested() {
  %x = atled.constant dense<0.8> : tensor<f64>
  check.gradients @loops_outside at (%x) order = 2 : tensor<f64>
  return
}
func.func @nested_inside_out() {
  %x = atled.constant dense<0.7> : tensor<f64>
  check.gradients @inside_out at (%x) order = 3 : tensor<f64>
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

// Loops that follow one another, in a callee.
func.func private @in_a_row(%x: tensor<2xf64>, %w: tensor<2xf64>) -> tensor<2xf64> {
  %true = atled.constant dense<true> : tensor<i1>
  %a = call @iterate(%true, %x, %w) : (tensor<i1>, tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
  %b = atled.add %a, %x : tensor<2xf64>
  %c = call @iterate(%true, %b, %a) : (tensor<i1>, tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
  return %c : tensor<2xf64>
}
func.func @loops_in_callees() {
  %x = atled.constant dense<[0.5, 1.25]> : tensor<2xf64>
  %w = atled.constant dense<[1.3, 0.8]> : tensor<2xf64>
  check.gradients @in_a_row at (%x, %w) order = 2 : tensor<2xf64>, tensor<2xf64>
  return
}
