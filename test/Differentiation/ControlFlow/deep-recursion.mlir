// Functions that call themselves more deeply than copies of them would be good for, which become loops over stacks:
// against closed forms, differences, and the same program where each depth is a copy.

// RUN: atled-run --check %s | FileCheck %s

// CHECK: checks passed, 0 failed

// xⁿ by n multiplications. The loop never passes x on: it stays where it is.
func.func private @power(%x: tensor<f64>, %n: index) -> tensor<f64> attributes {ad.max_depth = 1001 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %ends = arith.cmpi eq, %n, %c0 : index
  %r = scf.if %ends -> (tensor<f64>) {
    %one = atled.constant dense<1.0> : tensor<f64>
    scf.yield %one : tensor<f64>
  } else {
    %m = arith.subi %n, %c1 : index
    %y = func.call @power(%x, %m) : (tensor<f64>, index) -> tensor<f64>
    %z = atled.mul %x, %y : tensor<f64>
    scf.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @as_deep_as_allowed() {
  %x = atled.constant dense<1.0> : tensor<f64>
  %n = arith.constant 1000 : index
  %d = ad.grad @power(%x, %n) wrt = [0] : (tensor<f64>, index) -> tensor<f64>
  %first = atled.constant dense<1000.0> : tensor<f64>
  check.expect_eq %d, %first : tensor<f64>
  %h = ad.hessian @power(%x, %n) wrt = [0] : (tensor<f64>, index) -> tensor<f64>
  %second = atled.constant dense<999000.0> : tensor<f64>
  check.expect_eq %h, %second : tensor<f64>
  %c0 = arith.constant 0 : index
  %flat = ad.grad @power(%x, %c0) wrt = [0] : (tensor<f64>, index) -> tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %flat, %zero : tensor<f64>
  return
}

// Everything that may stand around a call, and a value of each kind that is needed behind it: loops whose bounds and
// steps differ, one of them unsigned, a while loop, a switch, two calls one after the other, several results.
func.func private @every_kind(%x: tensor<2xf64>, %s: f64, %n: index) -> (tensor<2xf64>, f64)
    attributes {ad.max_depth = 20 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %ends = arith.cmpi eq, %n, %c0 : index
  %r:2 = scf.if %ends -> (tensor<2xf64>, f64) {
    %c = atled.cos %x : tensor<2xf64>
    scf.yield %c, %s : tensor<2xf64>, f64
  } else {
    %m = arith.subi %n, %c1 : index
    %kind = arith.remui %n, %c3 : index
    %a:2 = scf.index_switch %kind -> tensor<2xf64>, f64
    case 0 {
      // Twice, then as often as there are numbers from 1 to n in steps of 2.
      %b:2 = scf.for unsigned %i = %c1 to %c3 step %c1 iter_args(%h = %x, %t = %s) -> (tensor<2xf64>, f64) {
        %u = atled.sin %h : tensor<2xf64>
        %y:2 = func.call @every_kind(%u, %t, %m) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
        %z = atled.mul %u, %y#0 : tensor<2xf64>
        %v = arith.mulf %t, %y#1 : f64
        scf.yield %z, %v : tensor<2xf64>, f64
      }
      scf.yield %b#0, %b#1 : tensor<2xf64>, f64
    }
    case 1 {
      %b:3 = scf.while (%h = %x, %t = %s, %i = %c0) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64, index) {
        %goes = arith.cmpi ult, %i, %c2 : index
        scf.condition(%goes) %h, %t, %i : tensor<2xf64>, f64, index
      } do {
      ^bb0(%h: tensor<2xf64>, %t: f64, %i: index):
        %y:2 = func.call @every_kind(%h, %s, %m) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
        %z = atled.mul %h, %y#0 : tensor<2xf64>
        %v = arith.addf %t, %y#1 : f64
        %j = arith.addi %i, %c1 : index
        scf.yield %z, %v, %j : tensor<2xf64>, f64, index
      } attributes {ad.max_iterations = 2 : i64}
      scf.yield %b#0, %b#1 : tensor<2xf64>, f64
    }
    default {
      %e = atled.exp %x : tensor<2xf64>
      %y:2 = func.call @every_kind(%x, %s, %m) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
      %p = atled.mul %e, %y#0 : tensor<2xf64>
      %w:2 = func.call @every_kind(%y#0, %y#1, %m) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
      %q = atled.mul %p, %w#0 : tensor<2xf64>
      %o = atled.add %q, %e : tensor<2xf64>
      %v = arith.mulf %y#1, %w#1 : f64
      scf.yield %o, %v : tensor<2xf64>, f64
    }
    %d = atled.mul %a#0, %x : tensor<2xf64>
    scf.yield %d, %a#1 : tensor<2xf64>, f64
  }
  return %r#0, %r#1 : tensor<2xf64>, f64
}
func.func private @loops(%x: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %s = arith.constant 1.25 : f64
  %r:2 = call @every_kind(%x, %s, %n) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
  %t = tensor.from_elements %r#1, %r#1 : tensor<2xf64>
  %o = atled.mul %r#0, %t : tensor<2xf64>
  return %o : tensor<2xf64>
}
// A tree of calls is copied where it keeps nothing of each call.
func.func private @every_kind_copied(%x: tensor<2xf64>, %s: f64, %n: index) -> (tensor<2xf64>, f64)
    attributes {ad.max_depth = 5 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %ends = arith.cmpi eq, %n, %c0 : index
  %r:2 = scf.if %ends -> (tensor<2xf64>, f64) {
    %c = atled.cos %x : tensor<2xf64>
    scf.yield %c, %s : tensor<2xf64>, f64
  } else {
    %m = arith.subi %n, %c1 : index
    %kind = arith.remui %n, %c3 : index
    %a:2 = scf.index_switch %kind -> tensor<2xf64>, f64
    case 0 {
      // Twice, then as often as there are numbers from 1 to n in steps of 2.
      %b:2 = scf.for unsigned %i = %c1 to %c3 step %c1 iter_args(%h = %x, %t = %s) -> (tensor<2xf64>, f64) {
        %u = atled.sin %h : tensor<2xf64>
        %y:2 = func.call @every_kind_copied(%u, %t, %m) {ad.checkpoint} : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
        %z = atled.mul %u, %y#0 : tensor<2xf64>
        %v = arith.mulf %t, %y#1 : f64
        scf.yield %z, %v : tensor<2xf64>, f64
      }
      scf.yield %b#0, %b#1 : tensor<2xf64>, f64
    }
    case 1 {
      %b:3 = scf.while (%h = %x, %t = %s, %i = %c0) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64, index) {
        %goes = arith.cmpi ult, %i, %c2 : index
        scf.condition(%goes) %h, %t, %i : tensor<2xf64>, f64, index
      } do {
      ^bb0(%h: tensor<2xf64>, %t: f64, %i: index):
        %y:2 = func.call @every_kind_copied(%h, %s, %m) {ad.checkpoint} : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
        %z = atled.mul %h, %y#0 : tensor<2xf64>
        %v = arith.addf %t, %y#1 : f64
        %j = arith.addi %i, %c1 : index
        scf.yield %z, %v, %j : tensor<2xf64>, f64, index
      } attributes {ad.max_iterations = 2 : i64}
      scf.yield %b#0, %b#1 : tensor<2xf64>, f64
    }
    default {
      %e = atled.exp %x : tensor<2xf64>
      %y:2 = func.call @every_kind_copied(%x, %s, %m) {ad.checkpoint} : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
      %p = atled.mul %e, %y#0 : tensor<2xf64>
      %w:2 = func.call @every_kind_copied(%y#0, %y#1, %m) {ad.checkpoint} : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
      %q = atled.mul %p, %w#0 : tensor<2xf64>
      %o = atled.add %q, %e : tensor<2xf64>
      %v = arith.mulf %y#1, %w#1 : f64
      scf.yield %o, %v : tensor<2xf64>, f64
    }
    %d = atled.mul %a#0, %x : tensor<2xf64>
    scf.yield %d, %a#1 : tensor<2xf64>, f64
  }
  return %r#0, %r#1 : tensor<2xf64>, f64
}
func.func private @copies(%x: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %s = arith.constant 1.25 : f64
  %r:2 = call @every_kind_copied(%x, %s, %n) : (tensor<2xf64>, f64, index) -> (tensor<2xf64>, f64)
  %t = tensor.from_elements %r#1, %r#1 : tensor<2xf64>
  %o = atled.mul %r#0, %t : tensor<2xf64>
  return %o : tensor<2xf64>
}
func.func @around_calls() {
  %x = atled.constant dense<[0.5, -0.75]> : tensor<2xf64>
  %n0 = arith.constant 0 : index
  %a0 = func.call @loops(%x, %n0) : (tensor<2xf64>, index) -> tensor<2xf64>
  %b0 = func.call @copies(%x, %n0) : (tensor<2xf64>, index) -> tensor<2xf64>
  check.expect_eq %a0, %b0 : tensor<2xf64>
  %n1 = arith.constant 1 : index
  %a1 = func.call @loops(%x, %n1) : (tensor<2xf64>, index) -> tensor<2xf64>
  %b1 = func.call @copies(%x, %n1) : (tensor<2xf64>, index) -> tensor<2xf64>
  check.expect_eq %a1, %b1 : tensor<2xf64>
  %n2 = arith.constant 2 : index
  %a2 = func.call @loops(%x, %n2) : (tensor<2xf64>, index) -> tensor<2xf64>
  %b2 = func.call @copies(%x, %n2) : (tensor<2xf64>, index) -> tensor<2xf64>
  check.expect_eq %a2, %b2 : tensor<2xf64>
  %n3 = arith.constant 3 : index
  %a3 = func.call @loops(%x, %n3) : (tensor<2xf64>, index) -> tensor<2xf64>
  %b3 = func.call @copies(%x, %n3) : (tensor<2xf64>, index) -> tensor<2xf64>
  check.expect_eq %a3, %b3 : tensor<2xf64>
  %n4 = arith.constant 4 : index
  %a4 = func.call @loops(%x, %n4) : (tensor<2xf64>, index) -> tensor<2xf64>
  %b4 = func.call @copies(%x, %n4) : (tensor<2xf64>, index) -> tensor<2xf64>
  check.expect_eq %a4, %b4 : tensor<2xf64>
  check.gradients @once_in_a_while at (%x) order = 2 : tensor<2xf64>
  check.gradients @in_all_ways at (%x) : tensor<2xf64>
  return
}
func.func private @once_in_a_while(%x: tensor<2xf64>) -> tensor<2xf64> {
  %n = arith.constant 1 : index
  %r = call @loops(%x, %n) : (tensor<2xf64>, index) -> tensor<2xf64>
  return %r : tensor<2xf64>
}
func.func private @in_all_ways(%x: tensor<2xf64>) -> tensor<2xf64> {
  %n = arith.constant 3 : index
  %r = call @loops(%x, %n) : (tensor<2xf64>, index) -> tensor<2xf64>
  return %r : tensor<2xf64>
}
