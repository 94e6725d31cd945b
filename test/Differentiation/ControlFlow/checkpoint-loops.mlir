// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// What a loop keeps does not change what it computes: its gradient with checkpoints is that without, to the bit, for
// no iteration, one, fewer and more than a segment or the snapshots, and numbers that they do not divide.
func.func private @inner(%t: tensor<4xf64>, %h: tensor<4xf64>) -> tensor<4xf64> {
  %s = atled.sin %t : tensor<4xf64>
  %r = atled.mul %s, %h : tensor<4xf64>
  return %r : tensor<4xf64>
}
func.func private @kept(%x: tensor<4xf64>, %w: tensor<4xf64>, %n: index) -> tensor<4xf64> {
  %c3 = arith.constant 3 : index
  %c2 = arith.constant 2 : index
  %r = scf.for %i = %c3 to %n step %c2 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    %u = func.call @inner(%t, %h) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    scf.yield %u : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func private @periodic(%x: tensor<4xf64>, %w: tensor<4xf64>, %n: index) -> tensor<4xf64> {
  %c3 = arith.constant 3 : index
  %c2 = arith.constant 2 : index
  %r = scf.for %i = %c3 to %n step %c2 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    %u = func.call @inner(%t, %h) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    scf.yield %u : tensor<4xf64>
  } {ad.checkpoint = #ad.periodic<5>}
  return %r : tensor<4xf64>
}
func.func private @binomial(%x: tensor<4xf64>, %w: tensor<4xf64>, %n: index) -> tensor<4xf64> {
  %c3 = arith.constant 3 : index
  %c2 = arith.constant 2 : index
  %r = scf.for %i = %c3 to %n step %c2 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    %u = func.call @inner(%t, %h) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    scf.yield %u : tensor<4xf64>
  } {ad.checkpoint = #ad.binomial<3>}
  return %r : tensor<4xf64>
}
func.func private @quadratic(%x: tensor<4xf64>, %w: tensor<4xf64>, %n: index) -> tensor<4xf64> {
  %c3 = arith.constant 3 : index
  %c2 = arith.constant 2 : index
  %r = scf.for %i = %c3 to %n step %c2 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    %u = func.call @inner(%t, %h) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    scf.yield %u : tensor<4xf64>
  } {ad.checkpoint = #ad.binomial<1>}
  return %r : tensor<4xf64>
}
func.func private @body(%x: tensor<4xf64>, %w: tensor<4xf64>, %n: index) -> tensor<4xf64> {
  %c3 = arith.constant 3 : index
  %c2 = arith.constant 2 : index
  %r = scf.for %i = %c3 to %n step %c2 iter_args(%h = %x) -> (tensor<4xf64>) {
    %u = ad.checkpoint -> tensor<4xf64> {
      %a = atled.mul %h, %w : tensor<4xf64>
      %t = atled.tanh %a : tensor<4xf64>
      %v = func.call @inner(%t, %h) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
      ad.yield %v : tensor<4xf64>
    }
    scf.yield %u : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func @to_0() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %n = arith.constant 0 : index
  %kept:3 = ad.vjp @kept(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %periodic:3 = ad.vjp @periodic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %periodic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %periodic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %periodic#2, %kept#2 : tensor<4xf64>
  %binomial:3 = ad.vjp @binomial(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %binomial#0, %kept#0 : tensor<4xf64>
  check.expect_eq %binomial#1, %kept#1 : tensor<4xf64>
  check.expect_eq %binomial#2, %kept#2 : tensor<4xf64>
  %quadratic:3 = ad.vjp @quadratic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %quadratic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %quadratic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %quadratic#2, %kept#2 : tensor<4xf64>
  %body:3 = ad.vjp @body(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %body#0, %kept#0 : tensor<4xf64>
  check.expect_eq %body#1, %kept#1 : tensor<4xf64>
  check.expect_eq %body#2, %kept#2 : tensor<4xf64>
  return
}
func.func @to_4() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %n = arith.constant 4 : index
  %kept:3 = ad.vjp @kept(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %periodic:3 = ad.vjp @periodic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %periodic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %periodic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %periodic#2, %kept#2 : tensor<4xf64>
  %binomial:3 = ad.vjp @binomial(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %binomial#0, %kept#0 : tensor<4xf64>
  check.expect_eq %binomial#1, %kept#1 : tensor<4xf64>
  check.expect_eq %binomial#2, %kept#2 : tensor<4xf64>
  %quadratic:3 = ad.vjp @quadratic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %quadratic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %quadratic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %quadratic#2, %kept#2 : tensor<4xf64>
  %body:3 = ad.vjp @body(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %body#0, %kept#0 : tensor<4xf64>
  check.expect_eq %body#1, %kept#1 : tensor<4xf64>
  check.expect_eq %body#2, %kept#2 : tensor<4xf64>
  return
}
func.func @to_5() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %n = arith.constant 5 : index
  %kept:3 = ad.vjp @kept(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %periodic:3 = ad.vjp @periodic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %periodic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %periodic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %periodic#2, %kept#2 : tensor<4xf64>
  %binomial:3 = ad.vjp @binomial(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %binomial#0, %kept#0 : tensor<4xf64>
  check.expect_eq %binomial#1, %kept#1 : tensor<4xf64>
  check.expect_eq %binomial#2, %kept#2 : tensor<4xf64>
  %quadratic:3 = ad.vjp @quadratic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %quadratic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %quadratic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %quadratic#2, %kept#2 : tensor<4xf64>
  %body:3 = ad.vjp @body(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %body#0, %kept#0 : tensor<4xf64>
  check.expect_eq %body#1, %kept#1 : tensor<4xf64>
  check.expect_eq %body#2, %kept#2 : tensor<4xf64>
  return
}
func.func @to_20() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %n = arith.constant 20 : index
  %kept:3 = ad.vjp @kept(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %periodic:3 = ad.vjp @periodic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %periodic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %periodic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %periodic#2, %kept#2 : tensor<4xf64>
  %binomial:3 = ad.vjp @binomial(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %binomial#0, %kept#0 : tensor<4xf64>
  check.expect_eq %binomial#1, %kept#1 : tensor<4xf64>
  check.expect_eq %binomial#2, %kept#2 : tensor<4xf64>
  %quadratic:3 = ad.vjp @quadratic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %quadratic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %quadratic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %quadratic#2, %kept#2 : tensor<4xf64>
  %body:3 = ad.vjp @body(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %body#0, %kept#0 : tensor<4xf64>
  check.expect_eq %body#1, %kept#1 : tensor<4xf64>
  check.expect_eq %body#2, %kept#2 : tensor<4xf64>
  return
}
func.func @to_37() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %n = arith.constant 37 : index
  %kept:3 = ad.vjp @kept(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  %periodic:3 = ad.vjp @periodic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %periodic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %periodic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %periodic#2, %kept#2 : tensor<4xf64>
  %binomial:3 = ad.vjp @binomial(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %binomial#0, %kept#0 : tensor<4xf64>
  check.expect_eq %binomial#1, %kept#1 : tensor<4xf64>
  check.expect_eq %binomial#2, %kept#2 : tensor<4xf64>
  %quadratic:3 = ad.vjp @quadratic(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %quadratic#0, %kept#0 : tensor<4xf64>
  check.expect_eq %quadratic#1, %kept#1 : tensor<4xf64>
  check.expect_eq %quadratic#2, %kept#2 : tensor<4xf64>
  %body:3 = ad.vjp @body(%x, %w, %n) seed(%s) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, index, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %body#0, %kept#0 : tensor<4xf64>
  check.expect_eq %body#1, %kept#1 : tensor<4xf64>
  check.expect_eq %body#2, %kept#2 : tensor<4xf64>
  return
}

// Whose derivatives are right too.
func.func private @periodic_to_20(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %n = arith.constant 20 : index
  %r = call @periodic(%x, %w, %n) : (tensor<4xf64>, tensor<4xf64>, index) -> tensor<4xf64>
  return %r : tensor<4xf64>
}
func.func private @binomial_to_20(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %n = arith.constant 20 : index
  %r = call @binomial(%x, %w, %n) : (tensor<4xf64>, tensor<4xf64>, index) -> tensor<4xf64>
  return %r : tensor<4xf64>
}
func.func private @body_to_20(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %n = arith.constant 20 : index
  %r = call @body(%x, %w, %n) : (tensor<4xf64>, tensor<4xf64>, index) -> tensor<4xf64>
  return %r : tensor<4xf64>
}
func.func @derivatives() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  check.gradients @periodic_to_20 at (%x, %w) order = 2 : tensor<4xf64>, tensor<4xf64>
  check.gradients @binomial_to_20 at (%x, %w) order = 2 : tensor<4xf64>, tensor<4xf64>
  check.gradients @body_to_20 at (%x, %w) order = 2 : tensor<4xf64>, tensor<4xf64>
  return
}

// What a segment reads in part from beside the loop, when it runs again on the way back.
func.func private @chosen(%x: tensor<2xf64>, %w: tensor<f64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %q = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> (tensor<2xf64>) {
    scf.yield %x : tensor<2xf64>
  }
  %m = atled.mul %x, %x : tensor<2xf64>
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %w, %b = %m) -> (tensor<f64>, tensor<2xf64>) {
    %p = atled.compare gt, %q, %b : tensor<2xf64>
    %s = atled.select %p, %b, %m : tensor<2xi1>, tensor<2xf64>
    %t = atled.tanh %a : tensor<f64>
    scf.yield %t, %s : tensor<f64>, tensor<2xf64>
  } {ad.checkpoint = #ad.periodic<2>}
  return %r#1 : tensor<2xf64>
}
func.func @chosen_derivative() {
  %x = atled.constant dense<[0.5, 2.0]> : tensor<2xf64>
  %w = atled.constant dense<1.0> : tensor<f64>
  %seed = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @chosen(%x, %w) seed(%seed) wrt = [0] : (tensor<2xf64>, tensor<f64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  %expected = atled.constant dense<[1.0, 4.0]> : tensor<2xf64>
  check.expect_eq %r#1, %expected : tensor<2xf64>
  return
}
