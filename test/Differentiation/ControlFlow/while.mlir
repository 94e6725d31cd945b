// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// b = 2a; while norm(b) < 1000: b = 2b; c = b if sum(b) > 0 else 100 b. The gradient is c / a: for a scalar, a
// vector and a matrix.
func.func private @scalar(%a: tensor<f64>) -> tensor<f64> {
  %two = atled.constant dense<2.0> : tensor<f64>
  %limit = arith.constant 1000.0 : f64
  %b0 = atled.mul %two, %a : tensor<f64>
  %b = scf.while (%b = %b0) : (tensor<f64>) -> tensor<f64> {
    %norm = atled.abs %b : tensor<f64>
    %n = tensor.extract %norm[] : tensor<f64>
    %go = arith.cmpf olt, %n, %limit : f64
    scf.condition(%go) %b : tensor<f64>
  } do {
  ^bb0(%b: tensor<f64>):
    %next = atled.mul %two, %b : tensor<f64>
    scf.yield %next : tensor<f64>
  }
  %s = tensor.extract %b[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %s, %zero : f64
  %c = scf.if %positive -> tensor<f64> {
    scf.yield %b : tensor<f64>
  } else {
    %hundred = atled.constant dense<100.0> : tensor<f64>
    %m = atled.mul %hundred, %b : tensor<f64>
    scf.yield %m : tensor<f64>
  }
  return %c : tensor<f64>
}
func.func private @vector(%a: tensor<3xf64>) -> tensor<3xf64> {
  %two = atled.constant dense<2.0> : tensor<3xf64>
  %limit = arith.constant 1000.0 : f64
  %b0 = atled.mul %two, %a : tensor<3xf64>
  %b = scf.while (%b = %b0) : (tensor<3xf64>) -> tensor<3xf64> {
    %square = atled.dot %b, %b : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>
    %norm = atled.sqrt %square : tensor<f64>
    %n = tensor.extract %norm[] : tensor<f64>
    %go = arith.cmpf olt, %n, %limit : f64
    scf.condition(%go) %b : tensor<3xf64>
  } do {
  ^bb0(%b: tensor<3xf64>):
    %next = atled.mul %two, %b : tensor<3xf64>
    scf.yield %next : tensor<3xf64>
  }
  %sum = atled.reduce_sum %b dimensions = [0] : tensor<3xf64> -> tensor<f64>
  %s = tensor.extract %sum[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %s, %zero : f64
  %c = scf.if %positive -> tensor<3xf64> {
    scf.yield %b : tensor<3xf64>
  } else {
    %hundred = atled.constant dense<100.0> : tensor<3xf64>
    %m = atled.mul %hundred, %b : tensor<3xf64>
    scf.yield %m : tensor<3xf64>
  }
  return %c : tensor<3xf64>
}
func.func private @matrix(%a: tensor<2x2xf64>) -> tensor<2x2xf64> {
  %two = atled.constant dense<2.0> : tensor<2x2xf64>
  %limit = arith.constant 1000.0 : f64
  %b0 = atled.mul %two, %a : tensor<2x2xf64>
  %b = scf.while (%b = %b0) : (tensor<2x2xf64>) -> tensor<2x2xf64> {
    %squares = atled.mul %b, %b : tensor<2x2xf64>
    %square = atled.reduce_sum %squares dimensions = [0, 1] : tensor<2x2xf64> -> tensor<f64>
    %norm = atled.sqrt %square : tensor<f64>
    %n = tensor.extract %norm[] : tensor<f64>
    %go = arith.cmpf olt, %n, %limit : f64
    scf.condition(%go) %b : tensor<2x2xf64>
  } do {
  ^bb0(%b: tensor<2x2xf64>):
    %next = atled.mul %two, %b : tensor<2x2xf64>
    scf.yield %next : tensor<2x2xf64>
  }
  %sum = atled.reduce_sum %b dimensions = [0, 1] : tensor<2x2xf64> -> tensor<f64>
  %s = tensor.extract %sum[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %positive = arith.cmpf ogt, %s, %zero : f64
  %c = scf.if %positive -> tensor<2x2xf64> {
    scf.yield %b : tensor<2x2xf64>
  } else {
    %hundred = atled.constant dense<100.0> : tensor<2x2xf64>
    %m = atled.mul %hundred, %b : tensor<2x2xf64>
    scf.yield %m : tensor<2x2xf64>
  }
  return %c : tensor<2x2xf64>
}
func.func @textbook() {
  // 2 · 2⁹ times 1.5; 100 times that where the sum is negative.
  %a = atled.constant dense<1.5> : tensor<f64>
  %d = ad.grad @scalar(%a) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %c = call @scalar(%a) : (tensor<f64>) -> tensor<f64>
  %e = atled.div %c, %a : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  %e0 = atled.constant dense<1024.0> : tensor<f64>
  check.expect_eq %d, %e0 : tensor<f64>
  %a1 = atled.constant dense<-1.7> : tensor<f64>
  %d1 = ad.grad @scalar(%a1) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %c1 = call @scalar(%a1) : (tensor<f64>) -> tensor<f64>
  %e1 = atled.div %c1, %a1 : tensor<f64>
  check.expect_close %d1, %e1 within ulps = 2 : tensor<f64>

  %ones = atled.constant dense<1.0> : tensor<3xf64>
  %v = atled.constant dense<[0.3, -0.2, 1.7]> : tensor<3xf64>
  %dv:2 = ad.vjp @vector(%v) seed(%ones) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %ev = atled.div %dv#0, %v : tensor<3xf64>
  check.expect_eq %dv#1, %ev : tensor<3xf64>
  %w = atled.neg %v : tensor<3xf64>
  %dw:2 = ad.vjp @vector(%w) seed(%ones) wrt = [0] : (tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %ew = atled.div %dw#0, %w : tensor<3xf64>
  check.expect_close %dw#1, %ew within ulps = 2 : tensor<3xf64>

  %ones2 = atled.constant dense<1.0> : tensor<2x2xf64>
  %m = atled.constant dense<[[0.3, -0.2], [1.7, 0.9]]> : tensor<2x2xf64>
  %dm:2 = ad.vjp @matrix(%m) seed(%ones2) wrt = [0] : (tensor<2x2xf64>, tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>)
  %em = atled.div %dm#0, %m : tensor<2x2xf64>
  check.expect_eq %dm#1, %em : tensor<2x2xf64>

  check.gradients @vector at (%v) order = 2 : tensor<3xf64>
  check.gradients @matrix at (%m) : tensor<2x2xf64>
  return
}

// The square root by Newton's method, until it no longer changes: its derivative is 1 / (2 √x), the second
// one -1 / (4 √x³).
func.func private @root(%x: tensor<f64>) -> tensor<f64> {
  %half = atled.constant dense<0.5> : tensor<f64>
  %tiny = arith.constant 1.0e-14 : f64
  %r = scf.while (%y = %x) : (tensor<f64>) -> tensor<f64> {
    %q = atled.div %x, %y : tensor<f64>
    %s = atled.add %y, %q : tensor<f64>
    %next = atled.mul %half, %s : tensor<f64>
    %d = atled.sub %next, %y : tensor<f64>
    %a = atled.abs %d : tensor<f64>
    %v = tensor.extract %a[] : tensor<f64>
    %go = arith.cmpf ogt, %v, %tiny : f64
    scf.condition(%go) %next : tensor<f64>
  } do {
  ^bb0(%y: tensor<f64>):
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @root_slope(%x: tensor<f64>) -> tensor<f64> {
  %d = ad.grad @root(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %d : tensor<f64>
}
func.func @newton() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %d = ad.grad @root(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<0.35355339059327379> : tensor<f64>
  check.expect_close %d, %e within rtol = 1.0e-13 : tensor<f64>
  %f:2 = ad.jvp @root(%x) tangent(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_close %f#1, %e within rtol = 1.0e-13 : tensor<f64>
  %d2 = ad.grad @root_slope(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e2 = atled.constant dense<-0.088388347648318447> : tensor<f64>
  check.expect_close %d2, %e2 within rtol = 1.0e-12 : tensor<f64>
  return
}

// A loop that never runs, and one that runs once.
func.func private @until(%x: tensor<2xf64>, %n: tensor<i64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %limit = tensor.extract %n[] : tensor<i64>
  %r:2 = scf.while (%h = %x, %i = %c0) : (tensor<2xf64>, i64) -> (tensor<2xf64>, i64) {
    %go = arith.cmpi slt, %i, %limit : i64
    scf.condition(%go) %h, %i : tensor<2xf64>, i64
  } do {
  ^bb0(%h: tensor<2xf64>, %i: i64):
    %s = atled.sin %h : tensor<2xf64>
    %p = atled.mul %s, %x : tensor<2xf64>
    %next = arith.addi %i, %c1 : i64
    scf.yield %p, %next : tensor<2xf64>, i64
  }
  return %r#0 : tensor<2xf64>
}
func.func private @once(%x: tensor<2xf64>) -> tensor<2xf64> {
  %s = atled.sin %x : tensor<2xf64>
  %p = atled.mul %s, %x : tensor<2xf64>
  return %p : tensor<2xf64>
}
func.func @zero_and_one() {
  %x = atled.constant dense<[0.5, 1.25]> : tensor<2xf64>
  %s = atled.constant dense<[3.0, -2.0]> : tensor<2xf64>
  %n0 = atled.constant dense<0> : tensor<i64>
  %n1 = atled.constant dense<1> : tensor<i64>
  %n9 = atled.constant dense<9> : tensor<i64>
  %a:2 = ad.vjp @until(%x, %n0) seed(%s) wrt = [0] : (tensor<2xf64>, tensor<i64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %a#0, %x : tensor<2xf64>
  check.expect_eq %a#1, %s : tensor<2xf64>
  %b:2 = ad.vjp @until(%x, %n1) seed(%s) wrt = [0] : (tensor<2xf64>, tensor<i64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  %c:2 = ad.vjp @once(%x) seed(%s) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  check.expect_eq %b#0, %c#0 : tensor<2xf64>
  check.expect_close %b#1, %c#1 within ulps = 1 : tensor<2xf64>
  check.gradients @until at (%x, %n9) order = 3 : tensor<2xf64>, tensor<i64>
  return
}

// The condition passes on what it has computed, in another order and of other types than what is carried.
func.func private @passes_on(%x: tensor<2xf64>) -> (tensor<f64>, tensor<2xf64>) {
  %limit = arith.constant 5.0 : f64
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %r:3 = scf.while (%h = %x, %i = %c0) : (tensor<2xf64>, i32) -> (i32, tensor<f64>, tensor<2xf64>) {
    %n = atled.dot %h, %x : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
    %e = atled.exp %h : tensor<2xf64>
    %v = tensor.extract %n[] : tensor<f64>
    %go = arith.cmpf olt, %v, %limit : f64
    scf.condition(%go) %i, %n, %e : i32, tensor<f64>, tensor<2xf64>
  } do {
  ^bb0(%i: i32, %n: tensor<f64>, %e: tensor<2xf64>):
    %b = atled.broadcast %n dimensions = [] : tensor<f64> -> tensor<2xf64>
    %p = atled.mul %e, %b : tensor<2xf64>
    %j = arith.addi %i, %c1 : i32
    scf.yield %p, %j : tensor<2xf64>, i32
  }
  return %r#1, %r#2 : tensor<f64>, tensor<2xf64>
}
func.func @forwarded_values() {
  %x = atled.constant dense<[0.5, 0.7]> : tensor<2xf64>
  check.gradients @passes_on at (%x) order = 2 : tensor<2xf64>
  return
}

// A gradient through loops that follow one another, and through a callee's.
func.func private @in_a_row(%x: tensor<2xf64>, %n: tensor<i64>) -> tensor<2xf64> {
  %a = call @until(%x, %n) : (tensor<2xf64>, tensor<i64>) -> tensor<2xf64>
  %b = atled.add %a, %x : tensor<2xf64>
  %c = call @until(%b, %n) : (tensor<2xf64>, tensor<i64>) -> tensor<2xf64>
  return %c : tensor<2xf64>
}
func.func @loops_in_callees() {
  %x = atled.constant dense<[0.5, 1.25]> : tensor<2xf64>
  %n3 = atled.constant dense<3> : tensor<i64>
  check.gradients @in_a_row at (%x, %n3) order = 2 : tensor<2xf64>, tensor<i64>
  return
}

// In a loop, nobody knows how much room the iterations of a while loop need until they are over, so the way back runs
// them again. The counts are kept, also from one half of a callee to the other.
func.func private @grow(%x: tensor<2xf64>, %w: tensor<2xf64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %limit = arith.constant 4.0 : f64
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<2xf64>) {
    %s = scf.while (%a = %h) : (tensor<2xf64>) -> (tensor<2xf64>) {
      %d = atled.dot %a, %a : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>
      %v = tensor.extract %d[] : tensor<f64>
      %go = arith.cmpf olt, %v, %limit : f64
      scf.condition(%go) %a : tensor<2xf64>
    } do {
    ^bb0(%a: tensor<2xf64>):
      %e = atled.exp %a : tensor<2xf64>
      %m = atled.mul %e, %w : tensor<2xf64>
      scf.yield %m : tensor<2xf64>
    }
    %t = atled.sin %s : tensor<2xf64>
    scf.yield %t : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func private @twice(%x: tensor<2xf64>, %w: tensor<2xf64>) -> tensor<2xf64> {
  %a = call @grow(%x, %w) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
  %b = call @grow(%w, %a) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
  return %b : tensor<2xf64>
}
func.func @in_loops() {
  %x = atled.constant dense<[0.5, 0.7]> : tensor<2xf64>
  %w = atled.constant dense<[1.1, 0.9]> : tensor<2xf64>
  check.gradients @grow at (%x, %w) order = 2 : tensor<2xf64>, tensor<2xf64>
  check.gradients @twice at (%x, %w) : tensor<2xf64>, tensor<2xf64>
  return
}

// The same where the bounds of an inner loop are dynamic, and one branch of several has that loop.
func.func private @ragged(%x: tensor<2xf64>, %n: tensor<i64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %m = tensor.extract %n[] : tensor<i64>
  %k = arith.index_cast %m : i64 to index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> (tensor<2xf64>) {
    %p = arith.cmpi ne, %i, %c2 : index
    %s = scf.if %p -> (tensor<2xf64>) {
      %l = arith.muli %i, %k : index
      %t = scf.for %j = %c0 to %l step %c1 iter_args(%a = %h) -> (tensor<2xf64>) {
        %b = atled.sin %a : tensor<2xf64>
        %c = atled.mul %b, %x : tensor<2xf64>
        scf.yield %c : tensor<2xf64>
      }
      scf.yield %t : tensor<2xf64>
    } else {
      %b = atled.cos %h : tensor<2xf64>
      scf.yield %b : tensor<2xf64>
    }
    scf.yield %s : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func @ragged_loops() {
  %x = atled.constant dense<[1.5, 2.25]> : tensor<2xf64>
  %n0 = atled.constant dense<0> : tensor<i64>
  %n2 = atled.constant dense<2> : tensor<i64>
  check.gradients @ragged at (%x, %n0) : tensor<2xf64>, tensor<i64>
  check.gradients @ragged at (%x, %n2) order = 2 : tensor<2xf64>, tensor<i64>
  return
}
