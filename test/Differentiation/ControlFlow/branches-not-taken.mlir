// Branches that never run leave no trace: what they would compute is infinite or NaN, in value and slope, for the
// points at hand, and neither the value nor a derivative of any order shows it. At 0 the slopes of log x, √x, 1/x and
// x^-2 are infinite, and 0 · ∞ is NaN; 1/0 - 1/0 is NaN before any derivative.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

func.func private @poison(%x: tensor<2xf64>, %y: tensor<2xf64>) -> tensor<2xf64> {
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %log = atled.log %x : tensor<2xf64>
  %root = atled.sqrt %x : tensor<2xf64>
  %inverse = atled.div %one, %x : tensor<2xf64>
  %power = atled.pow %x, %y : tensor<2xf64>
  %a = atled.mul %log, %root : tensor<2xf64>
  %b = atled.sub %inverse, %power : tensor<2xf64>
  %c = atled.add %a, %b : tensor<2xf64>
  %d = atled.mul %c, %y : tensor<2xf64>
  return %d : tensor<2xf64>
}
func.func private @in_a_branch(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %never = arith.cmpi ne, %n, %c0 : index
  %r = scf.if %never -> (tensor<2xf64>) {
    %p = func.call @poison(%x, %y) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %p : tensor<2xf64>
  } else {
    %p = atled.mul %y, %y : tensor<2xf64>
    %q = atled.add %p, %x : tensor<2xf64>
    scf.yield %q : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func private @in_a_case(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %r = scf.index_switch %n -> tensor<2xf64>
  case 0 {
    %p = atled.mul %y, %y : tensor<2xf64>
    %q = atled.add %p, %x : tensor<2xf64>
    scf.yield %q : tensor<2xf64>
  }
  case 1 {
    %p = func.call @poison(%x, %y) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %p : tensor<2xf64>
  }
  default {
    %p = func.call @poison(%y, %x) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %p : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func private @in_a_loop(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %p = atled.mul %y, %y : tensor<2xf64>
  %q = atled.add %p, %x : tensor<2xf64>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %q) -> (tensor<2xf64>) {
    %s = func.call @poison(%x, %h) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %s : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func private @in_a_while_loop(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %p = atled.mul %y, %y : tensor<2xf64>
  %q = atled.add %p, %x : tensor<2xf64>
  %r = scf.while (%h = %q) : (tensor<2xf64>) -> tensor<2xf64> {
    %never = arith.cmpi ne, %n, %c0 : index
    scf.condition(%never) %h : tensor<2xf64>
  } do {
  ^bb0(%h: tensor<2xf64>):
    %s = func.call @poison(%x, %h) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    scf.yield %s : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
// In a loop that runs, a branch that none of its iterations takes.
func.func private @in_every_iteration(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %half = atled.constant dense<0.5> : tensor<2xf64>
  %yy = atled.mul %y, %y : tensor<2xf64>
  %zero = atled.constant dense<0.0> : tensor<2xf64>
  %r = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %zero) -> (tensor<2xf64>) {
    %never = arith.cmpi ult, %i, %n : index
    %s = scf.if %never -> (tensor<2xf64>) {
      %t = func.call @poison(%x, %h) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
      scf.yield %t : tensor<2xf64>
    } else {
      %t = atled.add %yy, %x : tensor<2xf64>
      %u = atled.mul %t, %half : tensor<2xf64>
      %v = atled.add %h, %u : tensor<2xf64>
      scf.yield %v : tensor<2xf64>
    }
    scf.yield %s : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}

func.func private @sum_in_a_branch(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: tensor<i64>) -> tensor<f64> {
  %m = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %m : i64 to index
  %r = call @in_a_branch(%x, %y, %k) : (tensor<2xf64>, tensor<2xf64>, index) -> tensor<2xf64>
  %s = atled.reduce_sum %r dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func private @sum_in_a_case(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: tensor<i64>) -> tensor<f64> {
  %m = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %m : i64 to index
  %r = call @in_a_case(%x, %y, %k) : (tensor<2xf64>, tensor<2xf64>, index) -> tensor<2xf64>
  %s = atled.reduce_sum %r dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func private @sum_in_a_loop(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: tensor<i64>) -> tensor<f64> {
  %m = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %m : i64 to index
  %r = call @in_a_loop(%x, %y, %k) : (tensor<2xf64>, tensor<2xf64>, index) -> tensor<2xf64>
  %s = atled.reduce_sum %r dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func private @sum_in_a_while_loop(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: tensor<i64>) -> tensor<f64> {
  %m = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %m : i64 to index
  %r = call @in_a_while_loop(%x, %y, %k) : (tensor<2xf64>, tensor<2xf64>, index) -> tensor<2xf64>
  %s = atled.reduce_sum %r dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func private @sum_in_every_iteration(%x: tensor<2xf64>, %y: tensor<2xf64>, %n: tensor<i64>) -> tensor<f64> {
  %m = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %m : i64 to index
  %r = call @in_every_iteration(%x, %y, %k) : (tensor<2xf64>, tensor<2xf64>, index) -> tensor<2xf64>
  %s = atled.reduce_sum %r dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func @no_trace() {
  // y² + x at x = 0 and at a negative one: the derivatives are 1 by x and 2y by y, the second one by y 2.
  %x = atled.constant dense<[0.0, -1.0]> : tensor<2xf64>
  %y = atled.constant dense<[0.0, -2.0]> : tensor<2xf64>
  %n = atled.constant dense<0> : tensor<i64>
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %two = atled.constant dense<2.0> : tensor<2xf64>
  %zero = atled.constant dense<0.0> : tensor<2xf64>
  %yy = atled.constant dense<[0.0, -4.0]> : tensor<2xf64>
  %three = atled.constant dense<3.0> : tensor<f64>

  %branch:3 = ad.value_and_grad @sum_in_a_branch(%x, %y, %n) wrt = [0, 1] : (tensor<2xf64>, tensor<2xf64>, tensor<i64>) -> (tensor<f64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %branch#0, %three : tensor<f64>
  check.expect_eq %branch#1, %one : tensor<2xf64>
  check.expect_eq %branch#2, %yy : tensor<2xf64>
  %branch_product:2 = ad.hvp @sum_in_a_branch(%x, %y, %n) tangent(%one, %one) wrt = [0, 1]
    : (tensor<2xf64>, tensor<2xf64>, tensor<i64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %branch_product#0, %zero : tensor<2xf64>
  check.expect_eq %branch_product#1, %two : tensor<2xf64>

  %cases:3 = ad.value_and_grad @sum_in_a_case(%x, %y, %n) wrt = [0, 1] : (tensor<2xf64>, tensor<2xf64>, tensor<i64>) -> (tensor<f64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %cases#0, %three : tensor<f64>
  check.expect_eq %cases#1, %one : tensor<2xf64>
  check.expect_eq %cases#2, %yy : tensor<2xf64>
  %cases_product:2 = ad.hvp @sum_in_a_case(%x, %y, %n) tangent(%one, %one) wrt = [0, 1]
    : (tensor<2xf64>, tensor<2xf64>, tensor<i64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %cases_product#0, %zero : tensor<2xf64>
  check.expect_eq %cases_product#1, %two : tensor<2xf64>

  %for_loop:3 = ad.value_and_grad @sum_in_a_loop(%x, %y, %n) wrt = [0, 1] : (tensor<2xf64>, tensor<2xf64>, tensor<i64>) -> (tensor<f64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %for_loop#0, %three : tensor<f64>
  check.expect_eq %for_loop#1, %one : tensor<2xf64>
  check.expect_eq %for_loop#2, %yy : tensor<2xf64>
  %for_loop_product:2 = ad.hvp @sum_in_a_loop(%x, %y, %n) tangent(%one, %one) wrt = [0, 1]
    : (tensor<2xf64>, tensor<2xf64>, tensor<i64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %for_loop_product#0, %zero : tensor<2xf64>
  check.expect_eq %for_loop_product#1, %two : tensor<2xf64>

  %while_loop:3 = ad.value_and_grad @sum_in_a_while_loop(%x, %y, %n) wrt = [0, 1] : (tensor<2xf64>, tensor<2xf64>, tensor<i64>) -> (tensor<f64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %while_loop#0, %three : tensor<f64>
  check.expect_eq %while_loop#1, %one : tensor<2xf64>
  check.expect_eq %while_loop#2, %yy : tensor<2xf64>
  %while_loop_product:2 = ad.hvp @sum_in_a_while_loop(%x, %y, %n) tangent(%one, %one) wrt = [0, 1]
    : (tensor<2xf64>, tensor<2xf64>, tensor<i64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %while_loop_product#0, %zero : tensor<2xf64>
  check.expect_eq %while_loop_product#1, %two : tensor<2xf64>

  %iterations:3 = ad.value_and_grad @sum_in_every_iteration(%x, %y, %n) wrt = [0, 1] : (tensor<2xf64>, tensor<2xf64>, tensor<i64>) -> (tensor<f64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %iterations#0, %three : tensor<f64>
  check.expect_eq %iterations#1, %one : tensor<2xf64>
  check.expect_eq %iterations#2, %yy : tensor<2xf64>
  %iterations_product:2 = ad.hvp @sum_in_every_iteration(%x, %y, %n) tangent(%one, %one) wrt = [0, 1]
    : (tensor<2xf64>, tensor<2xf64>, tensor<i64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %iterations_product#0, %zero : tensor<2xf64>
  check.expect_eq %iterations_product#1, %two : tensor<2xf64>
  return
}
