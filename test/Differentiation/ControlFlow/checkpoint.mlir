// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// A checkpoint computes what its region does, in both modes and to the third order: with values from outside, constants
// from outside, results that nobody needs, integers, another checkpoint inside, and in a branch.
func.func private @plain(%x: tensor<3xf64>, %w: tensor<3xf64>, %k: tensor<i64>) -> (tensor<3xf64>, tensor<i64>) {
  %two = atled.constant dense<2.0> : tensor<3xf64>
  %a = atled.mul %x, %w : tensor<3xf64>
  %b = atled.sin %a : tensor<3xf64>
  %c = atled.mul %b, %two : tensor<3xf64>
  %d = atled.exp %c : tensor<3xf64>
  %f = atled.mul %d, %x : tensor<3xf64>
  %l = atled.add %k, %k : tensor<i64>
  return %f, %l : tensor<3xf64>, tensor<i64>
}
func.func private @checkpointed(%x: tensor<3xf64>, %w: tensor<3xf64>, %k: tensor<i64>) -> (tensor<3xf64>, tensor<i64>) {
  %two = atled.constant dense<2.0> : tensor<3xf64>
  %r:3 = ad.checkpoint -> tensor<3xf64>, tensor<i64>, tensor<3xf64> {
    %d = ad.checkpoint -> tensor<3xf64> {
      %a = atled.mul %x, %w : tensor<3xf64>
      %b = atled.sin %a : tensor<3xf64>
      %c = atled.mul %b, %two : tensor<3xf64>
      %e = atled.exp %c : tensor<3xf64>
      ad.yield %e : tensor<3xf64>
    }
    %f = atled.mul %d, %x : tensor<3xf64>
    %unused = atled.tanh %f : tensor<3xf64>
    %l = atled.add %k, %k : tensor<i64>
    ad.yield %f, %l, %unused : tensor<3xf64>, tensor<i64>, tensor<3xf64>
  }
  return %r#0, %r#1 : tensor<3xf64>, tensor<i64>
}
func.func @regions() {
  %x = atled.constant dense<[0.5, -1.5, 0.75]> : tensor<3xf64>
  %w = atled.constant dense<[1.5, 0.5, -0.125]> : tensor<3xf64>
  %k = atled.constant dense<21> : tensor<i64>
  %s = atled.constant dense<[1.0, 2.0, -3.0]> : tensor<3xf64>
  %a:4 = ad.vjp @plain(%x, %w, %k) seed(%s) wrt = [0, 1] : (tensor<3xf64>, tensor<3xf64>, tensor<i64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<i64>, tensor<3xf64>, tensor<3xf64>)
  %b:4 = ad.vjp @checkpointed(%x, %w, %k) seed(%s) wrt = [0, 1] : (tensor<3xf64>, tensor<3xf64>, tensor<i64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<i64>, tensor<3xf64>, tensor<3xf64>)
  check.expect_eq %b#0, %a#0 : tensor<3xf64>
  check.expect_eq %b#1, %a#1 : tensor<i64>
  check.expect_close %b#2, %a#2 within ulps = 2 : tensor<3xf64>
  check.expect_eq %b#3, %a#3 : tensor<3xf64>
  check.gradients @checkpointed at (%x, %w, %k) wrt = [0, 1] order = 3 : tensor<3xf64>, tensor<3xf64>, tensor<i64>
  return
}

// The attribute on a call, in a branch, and a value from outside that is detached.
func.func private @layer(%x: tensor<3xf64>, %w: tensor<3xf64>) -> tensor<3xf64> {
  %a = atled.mul %x, %w : tensor<3xf64>
  %b = atled.tanh %a : tensor<3xf64>
  return %b : tensor<3xf64>
}
func.func private @branch(%x: tensor<3xf64>, %w: tensor<3xf64>) -> tensor<3xf64> {
  %zero = arith.constant 0.0 : f64
  %i = arith.constant 1 : index
  %e = tensor.extract %x[%i] : tensor<3xf64>
  %less = arith.cmpf olt, %e, %zero : f64
  %r = scf.if %less -> tensor<3xf64> {
    %h = func.call @layer(%x, %w) {ad.checkpoint} : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %u = ad.detach %w : tensor<3xf64>
    %g = func.call @layer(%h, %u) {ad.checkpoint} : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    scf.yield %g : tensor<3xf64>
  } else {
    scf.yield %x : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}
func.func @calls() {
  %x = atled.constant dense<[0.5, -1.5, 0.75]> : tensor<3xf64>
  %w = atled.constant dense<[1.5, 0.5, -0.125]> : tensor<3xf64>
  check.gradients @branch at (%x, %w) wrt = [0] order = 3 : tensor<3xf64>, tensor<3xf64>
  %y = atled.abs %x : tensor<3xf64>
  check.gradients @branch at (%y, %w) order = 2 : tensor<3xf64>, tensor<3xf64>
  return
}

// Loops that carry what the way back does not need, integers, and what only the next iteration needs; loops in loops;
// a while loop without a bound.
func.func private @several(%x: tensor<3xf64>, %n: index, %m: index) -> (tensor<3xf64>, tensor<3xf64>, tensor<i64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = atled.constant dense<0> : tensor<i64>
  %one = atled.constant dense<1> : tensor<i64>
  %r:4 = scf.for %i = %c0 to %n step %c1 iter_args(%sum = %x, %h = %x, %count = %k, %last = %x) -> (tensor<3xf64>, tensor<3xf64>, tensor<i64>, tensor<3xf64>) {
    %s = atled.add %sum, %last : tensor<3xf64>
    %c = atled.add %count, %one : tensor<i64>
    %f = atled.convert %c : tensor<i64> to tensor<f64>
    %v = atled.broadcast %f dimensions = [] : tensor<f64> -> tensor<3xf64>
    %g = scf.for %j = %c0 to %m step %c1 iter_args(%a = %h) -> (tensor<3xf64>) {
      %b = atled.mul %a, %v : tensor<3xf64>
      %t = atled.sin %b : tensor<3xf64>
      scf.yield %t : tensor<3xf64>
    } {ad.checkpoint = #ad.binomial<2>}
    scf.yield %s, %g, %c, %h : tensor<3xf64>, tensor<3xf64>, tensor<i64>, tensor<3xf64>
  } {ad.checkpoint = #ad.periodic<2>}
  return %r#0, %r#1, %r#2 : tensor<3xf64>, tensor<3xf64>, tensor<i64>
}
func.func private @nested(%x: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>, tensor<i64>) {
  %n = arith.constant 5 : index
  %m = arith.constant 3 : index
  %r:3 = call @several(%x, %n, %m) : (tensor<3xf64>, index, index) -> (tensor<3xf64>, tensor<3xf64>, tensor<i64>)
  return %r#0, %r#1, %r#2 : tensor<3xf64>, tensor<3xf64>, tensor<i64>
}
func.func private @growing(%x: tensor<f64>, %limit: tensor<f64>) -> tensor<f64> {
  %r = scf.while (%a = %x) : (tensor<f64>) -> tensor<f64> {
    %c = atled.compare lt, %a, %limit : tensor<f64>
    %b = tensor.extract %c[] : tensor<i1>
    scf.condition(%b) %a : tensor<f64>
  } do {
  ^bb0(%a: tensor<f64>):
    %s = atled.log1p %a : tensor<f64>
    %b = atled.add %a, %s : tensor<f64>
    scf.yield %b : tensor<f64>
  } attributes {ad.checkpoint = #ad.binomial<3>}
  return %r : tensor<f64>
}
func.func private @growing_in_segments(%x: tensor<f64>, %limit: tensor<f64>) -> tensor<f64> {
  %r = scf.while (%a = %x) : (tensor<f64>) -> tensor<f64> {
    %c = atled.compare lt, %a, %limit : tensor<f64>
    %b = tensor.extract %c[] : tensor<i1>
    scf.condition(%b) %a : tensor<f64>
  } do {
  ^bb0(%a: tensor<f64>):
    %s = atled.log1p %a : tensor<f64>
    %b = atled.add %a, %s : tensor<f64>
    scf.yield %b : tensor<f64>
  } attributes {ad.checkpoint = #ad.periodic<4>}
  return %r : tensor<f64>
}
func.func @loops() {
  %x = atled.constant dense<[0.5, -1.5, 0.75]> : tensor<3xf64>
  check.gradients @nested at (%x) order = 2 : tensor<3xf64>
  %a = atled.constant dense<0.5> : tensor<f64>
  %limit = atled.constant dense<100.0> : tensor<f64>
  check.gradients @growing at (%a, %limit) wrt = [0] order = 2 : tensor<f64>, tensor<f64>
  check.gradients @growing_in_segments at (%a, %limit) wrt = [0] order = 2 : tensor<f64>, tensor<f64>
  return
}

// A checkpoint around a call in recursion, and reverse mode over forward mode, which has checkpoints too.
func.func private @power(%x: tensor<f64>, %n: i64) -> tensor<f64> attributes {ad.max_depth = 6 : i64} {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %ends = arith.cmpi sle, %n, %c0 : i64
  %r = scf.if %ends -> (tensor<f64>) {
    scf.yield %x : tensor<f64>
  } else {
    %m = arith.subi %n, %c1 : i64
    %z = ad.checkpoint -> tensor<f64> {
      %y = func.call @power(%x, %m) : (tensor<f64>, i64) -> tensor<f64>
      %s = atled.sin %y : tensor<f64>
      %t = atled.mul %x, %s : tensor<f64>
      ad.yield %t : tensor<f64>
    }
    scf.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @fifth(%x: tensor<f64>) -> tensor<f64> {
  %n = arith.constant 5 : i64
  %r = call @power(%x, %n) : (tensor<f64>, i64) -> tensor<f64>
  return %r : tensor<f64>
}
func.func private @along(%x: tensor<f64>) -> tensor<f64> {
  %one = atled.constant dense<1.0> : tensor<f64>
  %r:2 = ad.jvp @fifth(%x) tangent(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  return %r#1 : tensor<f64>
}
func.func @recursion() {
  %x = atled.constant dense<1.25> : tensor<f64>
  check.gradients @fifth at (%x) order = 2 : tensor<f64>
  check.gradients @along at (%x) : tensor<f64>
  return
}
