// Branches that yield constants: their derivative is zero, whether one side does or both, in loops and switches, for
// whole results or for one of several. Where all sides are constant, there is nothing to differentiate.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// x³ if x > 0, else 7; and the other way round 5 or x.
func.func private @one_side(%x: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
  %v = tensor.extract %x[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %p = arith.cmpf ogt, %v, %zero : f64
  %r:2 = scf.if %p -> (tensor<f64>, tensor<f64>) {
    %xx = atled.mul %x, %x : tensor<f64>
    %xxx = atled.mul %xx, %x : tensor<f64>
    %five = atled.constant dense<5.0> : tensor<f64>
    scf.yield %xxx, %five : tensor<f64>, tensor<f64>
  } else {
    %seven = atled.constant dense<7.0> : tensor<f64>
    scf.yield %seven, %x : tensor<f64>, tensor<f64>
  }
  return %r#0, %r#1 : tensor<f64>, tensor<f64>
}
func.func @one_side_or_the_other() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %m = atled.constant dense<-2.0> : tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %n12 = atled.constant dense<12.0> : tensor<f64>
  %a:2 = ad.jacobian @one_side(%x) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_eq %a#0, %n12 : tensor<f64>
  check.expect_eq %a#1, %zero : tensor<f64>
  %b:2 = ad.jacobian @one_side(%m) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_eq %b#0, %zero : tensor<f64>
  check.expect_eq %b#1, %one : tensor<f64>
  %c:4 = ad.jvp @one_side(%m) tangent(%x) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>)
  check.expect_eq %c#2, %zero : tensor<f64>
  check.expect_eq %c#3, %x : tensor<f64>
  check.gradients @one_side at (%x) order = 3 : tensor<f64>
  check.gradients @one_side at (%m) order = 3 : tensor<f64>
  return
}

// A step function: 1, 2 or 3.
func.func private @steps(%x: tensor<f64>) -> tensor<f64> {
  %v = tensor.extract %x[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %ten = arith.constant 10.0 : f64
  %p = arith.cmpf ogt, %v, %zero : f64
  %r = scf.if %p -> (tensor<f64>) {
    %q = arith.cmpf ogt, %v, %ten : f64
    %s = scf.if %q -> (tensor<f64>) {
      %c = atled.constant dense<3.0> : tensor<f64>
      scf.yield %c : tensor<f64>
    } else {
      %c = atled.constant dense<2.0> : tensor<f64>
      scf.yield %c : tensor<f64>
    }
    scf.yield %s : tensor<f64>
  } else {
    %c = atled.constant dense<1.0> : tensor<f64>
    scf.yield %c : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @all_sides() {
  %x = atled.constant dense<20.0> : tensor<f64>
  %three = atled.constant dense<3.0> : tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %a:2 = ad.value_and_grad @steps(%x) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_eq %a#0, %three : tensor<f64>
  check.expect_eq %a#1, %zero : tensor<f64>
  %b:2 = ad.jvp @steps(%x) tangent(%x) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_eq %b#1, %zero : tensor<f64>
  %h = ad.hessian @steps(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  check.expect_eq %h, %zero : tensor<f64>
  return
}

// In a loop, a constant forgets what was: x h, h², 5, x h, h². So (5 x)², of which 50 x is the slope.
func.func private @forgetful(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %k = arith.remui %i, %c3 : index
    %s = scf.index_switch %k -> tensor<f64>
    case 0 {
      %y = atled.mul %x, %h : tensor<f64>
      scf.yield %y : tensor<f64>
    }
    case 1 {
      %y = atled.mul %h, %h : tensor<f64>
      scf.yield %y : tensor<f64>
    }
    default {
      %y = atled.constant dense<5.0> : tensor<f64>
      scf.yield %y : tensor<f64>
    }
    scf.yield %s : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @constants_in_loops() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %r:2 = ad.value_and_grad @forgetful(%x) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %y = atled.constant dense<225.0> : tensor<f64>
  %d = atled.constant dense<150.0> : tensor<f64>
  check.expect_eq %r#0, %y : tensor<f64>
  check.expect_eq %r#1, %d : tensor<f64>
  check.gradients @forgetful at (%x) order = 3 : tensor<f64>
  return
}

// A while loop ends with a constant: the last of the iterations has no slope.
func.func private @ends_with_constant(%x: tensor<f64>) -> tensor<f64> {
  %limit = arith.constant 100.0 : f64
  %ten = arith.constant 10.0 : f64
  %r:2 = scf.while (%h = %x, %p = %x) : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>) {
    %v = tensor.extract %h[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    scf.condition(%go) %h, %p : tensor<f64>, tensor<f64>
  } do {
  ^bb0(%h: tensor<f64>, %p: tensor<f64>):
    %v = tensor.extract %h[] : tensor<f64>
    %large = arith.cmpf ogt, %v, %ten : f64
    %s = scf.if %large -> (tensor<f64>) {
      %c = atled.constant dense<100.0> : tensor<f64>
      scf.yield %c : tensor<f64>
    } else {
      %hh = atled.mul %h, %h : tensor<f64>
      scf.yield %hh : tensor<f64>
    }
    %t = atled.add %p, %h : tensor<f64>
    scf.yield %s, %t : tensor<f64>, tensor<f64>
  }
  %y = atled.mul %r#0, %r#1 : tensor<f64>
  return %y : tensor<f64>
}
func.func @ends() {
  // From 2: 100 (2x + x² + x⁴), and 100 (2 + 2x + 4x³).
  %x = atled.constant dense<2.0> : tensor<f64>
  %r:2 = ad.value_and_grad @ends_with_constant(%x) wrt = [0] : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %y = atled.constant dense<2400.0> : tensor<f64>
  %d = atled.constant dense<3800.0> : tensor<f64>
  check.expect_eq %r#0, %y : tensor<f64>
  check.expect_eq %r#1, %d : tensor<f64>
  check.gradients @ends_with_constant at (%x) order = 2 : tensor<f64>
  return
}
