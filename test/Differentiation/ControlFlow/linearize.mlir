// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// The map and its transpose are the derivative, by forward and by reverse mode.
// CHECK: checks passed, 0 failed

// h = tanh(h w), three times.
func.func private @loop(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %p = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %p : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// h = sin(h) x, as long as its sum is more than a limit.
func.func private @while(%x: tensor<4xf64>, %limit: tensor<f64>) -> tensor<4xf64> {
  %r = scf.while (%h = %x) : (tensor<4xf64>) -> tensor<4xf64> {
    %sum = atled.reduce_sum %h dimensions = [0] : tensor<4xf64> -> tensor<f64>
    %more = atled.compare gt, %sum, %limit : tensor<f64>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %h : tensor<4xf64>
  } do {
  ^bb0(%h: tensor<4xf64>):
    %s = atled.sin %h : tensor<4xf64>
    %p = atled.mul %s, %x : tensor<4xf64>
    scf.yield %p : tensor<4xf64>
  } attributes {ad.max_iterations = 20 : i64}
  return %r : tensor<4xf64>
}

// The while loop in a loop: a count for each iteration is kept.
func.func private @nest(%x: tensor<4xf64>, %limit: tensor<f64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %e = atled.exp %h : tensor<4xf64>
    %s = scf.while (%a = %e) : (tensor<4xf64>) -> tensor<4xf64> {
      %sum = atled.reduce_sum %a dimensions = [0] : tensor<4xf64> -> tensor<f64>
      %more = atled.compare gt, %sum, %limit : tensor<f64>
      %goes = tensor.extract %more[] : tensor<i1>
      scf.condition(%goes) %a : tensor<4xf64>
    } do {
    ^bb0(%a: tensor<4xf64>):
      %s = atled.sin %a : tensor<4xf64>
      %p = atled.mul %s, %x : tensor<4xf64>
      scf.yield %p : tensor<4xf64>
    } attributes {ad.max_iterations = 20 : i64}
    scf.yield %s : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// What a branch keeps depends on the branch; which one it was is kept, too.
func.func private @branch(%x: tensor<4xf64>, %w: tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>) {
  %e = atled.exp %x : tensor<4xf64>
  %sum = atled.reduce_sum %e dimensions = [0] : tensor<4xf64> -> tensor<f64>
  %limit = atled.constant dense<4.0> : tensor<f64>
  %more = atled.compare gt, %sum, %limit : tensor<f64>
  %goes = tensor.extract %more[] : tensor<i1>
  %r = scf.if %goes -> (tensor<4xf64>) {
    %s = atled.sin %e : tensor<4xf64>
    %p = atled.mul %s, %w : tensor<4xf64>
    scf.yield %p : tensor<4xf64>
  } else {
    %t = atled.tanh %e : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %r, %sum : tensor<4xf64>, tensor<f64>
}

// Calls: their residuals are among its own.
func.func private @calls(%x: tensor<4xf64>, %n: tensor<i64>, %w: tensor<4xf64>) -> (tensor<4xf64>, tensor<i64>) {
  %a = call @loop(%x, %w) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %b:2 = call @branch(%a, %w) : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)
  %c = atled.broadcast %b#1 dimensions = [] : tensor<f64> -> tensor<4xf64>
  %d = atled.mul %b#0, %c : tensor<4xf64>
  return %d, %n : tensor<4xf64>, tensor<i64>
}

func.func private @narrow(%x: tensor<4xbf16>, %w: tensor<4xbf16>) -> tensor<4xbf16> {
  %a = atled.mul %x, %w : tensor<4xbf16>
  %b = atled.exp %a : tensor<4xbf16>
  %c = atled.mul %b, %x : tensor<4xbf16>
  %d = atled.tanh %c : tensor<4xbf16>
  return %d : tensor<4xbf16>
}

func.func @apply_loop() {
  %x0 = atled.constant dense<[0.5, 1.25, -0.75, 1.5]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.5, -0.5, 0.25, 0.75]> : tensor<4xf64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %v1 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %y, %map = ad.linearize @loop(%x0, %x1) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v0, %v1) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %b:2 = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %f:2 = ad.jvp @loop(%x0, %x1) tangent(%v0, %v1) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %g:3 = ad.vjp @loop(%x0, %x1) seed(%w0) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %y, %f#0 : tensor<4xf64>
  check.expect_close %a, %f#1 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_eq %b#0, %g#1 : tensor<4xf64>
  check.expect_eq %b#1, %g#2 : tensor<4xf64>
  return
}

func.func @apply_while() {
  %x0 = atled.constant dense<[0.9, 0.8, 0.5, 0.7]> : tensor<4xf64>
  %x1 = atled.constant dense<0.5> : tensor<f64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %y, %map = ad.linearize @while(%x0, %x1) wrt = [0]
      : (tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v0) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
  %b = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
  %f:2 = ad.jvp @while(%x0, %x1) tangent(%v0) wrt = [0]
      : (tensor<4xf64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %g:2 = ad.vjp @while(%x0, %x1) seed(%w0) wrt = [0]
      : (tensor<4xf64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %y, %f#0 : tensor<4xf64>
  check.expect_close %a, %f#1 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_eq %b, %g#1 : tensor<4xf64>
  return
}

func.func @apply_nest() {
  %x0 = atled.constant dense<[0.9, 0.8, 0.5, 0.7]> : tensor<4xf64>
  %x1 = atled.constant dense<2.0> : tensor<f64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %y, %map = ad.linearize @nest(%x0, %x1) wrt = [0]
      : (tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v0) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
  %b = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
  %f:2 = ad.jvp @nest(%x0, %x1) tangent(%v0) wrt = [0]
      : (tensor<4xf64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %g:2 = ad.vjp @nest(%x0, %x1) seed(%w0) wrt = [0]
      : (tensor<4xf64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %y, %f#0 : tensor<4xf64>
  check.expect_close %a, %f#1 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_eq %b, %g#1 : tensor<4xf64>
  return
}

func.func @apply_branch() {
  %x0 = atled.constant dense<[0.5, 1.25, -0.75, 1.5]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.5, -0.5, 0.25, 0.75]> : tensor<4xf64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %v1 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %w1 = atled.constant dense<2.0> : tensor<f64>
  %y:2, %map = ad.linearize @branch(%x0, %x1) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>, !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)>)
  %a:2 = ad.apply %map(%v0, %v1) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)>
  %b:2 = ad.apply_transpose %map(%w0, %w1) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)>
  %f:4 = ad.jvp @branch(%x0, %x1) tangent(%v0, %v1) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>, tensor<4xf64>, tensor<f64>)
  %g:4 = ad.vjp @branch(%x0, %x1) seed(%w0, %w1) wrt = [0, 1]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, tensor<f64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %y#0, %f#0 : tensor<4xf64>
  check.expect_eq %y#1, %f#1 : tensor<f64>
  check.expect_close %a#0, %f#2 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_close %a#1, %f#3 within rtol = 1.0e-13 : tensor<f64>
  check.expect_eq %b#0, %g#2 : tensor<4xf64>
  check.expect_eq %b#1, %g#3 : tensor<4xf64>
  return
}

func.func @apply_calls() {
  %x0 = atled.constant dense<[0.5, 1.25, -0.75, 1.5]> : tensor<4xf64>
  %x1 = atled.constant dense<3> : tensor<i64>
  %x2 = atled.constant dense<[1.5, -0.5, 0.25, 0.75]> : tensor<4xf64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %v1 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %y:2, %map = ad.linearize @calls(%x0, %x1, %x2) wrt = [0, 2]
      : (tensor<4xf64>, tensor<i64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<i64>, !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v0, %v1) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %b:2 = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %f:3 = ad.jvp @calls(%x0, %x1, %x2) tangent(%v0, %v1) wrt = [0, 2]
      : (tensor<4xf64>, tensor<i64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<i64>, tensor<4xf64>)
  %g:4 = ad.vjp @calls(%x0, %x1, %x2) seed(%w0) wrt = [0, 2]
      : (tensor<4xf64>, tensor<i64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<i64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %y#0, %f#0 : tensor<4xf64>
  check.expect_eq %y#1, %f#1 : tensor<i64>
  check.expect_close %a, %f#2 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_eq %b#0, %g#2 : tensor<4xf64>
  check.expect_eq %b#1, %g#3 : tensor<4xf64>
  return
}

func.func @apply_narrow() {
  %x0 = atled.constant dense<[0.5, 1.25, -0.75, 1.5]> : tensor<4xbf16>
  %x1 = atled.constant dense<[1.5, -0.5, 0.25, 0.75]> : tensor<4xbf16>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xbf16>
  %v1 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xbf16>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xbf16>
  %y, %map = ad.linearize @narrow(%x0, %x1) wrt = [0, 1]
      : (tensor<4xbf16>, tensor<4xbf16>) -> (tensor<4xbf16>, !ad.linear_map<(tensor<4xbf16>, tensor<4xbf16>) -> tensor<4xbf16>>)
  %a = ad.apply %map(%v0, %v1) : !ad.linear_map<(tensor<4xbf16>, tensor<4xbf16>) -> tensor<4xbf16>>
  %b:2 = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xbf16>, tensor<4xbf16>) -> tensor<4xbf16>>
  %f:2 = ad.jvp @narrow(%x0, %x1) tangent(%v0, %v1) wrt = [0, 1]
      : (tensor<4xbf16>, tensor<4xbf16>, tensor<4xbf16>, tensor<4xbf16>) -> (tensor<4xbf16>, tensor<4xbf16>)
  %g:3 = ad.vjp @narrow(%x0, %x1) seed(%w0) wrt = [0, 1]
      : (tensor<4xbf16>, tensor<4xbf16>, tensor<4xbf16>) -> (tensor<4xbf16>, tensor<4xbf16>, tensor<4xbf16>)
  check.expect_eq %y, %f#0 : tensor<4xbf16>
  check.expect_close %a, %f#1 within rtol = 3.0e-2 : tensor<4xbf16>
  check.expect_eq %b#0, %g#1 : tensor<4xbf16>
  check.expect_eq %b#1, %g#2 : tensor<4xbf16>
  return
}

// What runs again on the way back, runs again for tangents, too.
func.func private @periodic(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 16 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  } {ad.checkpoint = #ad.periodic<4>}
  return %r : tensor<4xf64>
}
func.func private @binomial(%x: tensor<4xf64>, %limit: tensor<f64>) -> tensor<4xf64> {
  %r = scf.while (%h = %x) : (tensor<4xf64>) -> tensor<4xf64> {
    %sum = atled.reduce_sum %h dimensions = [0] : tensor<4xf64> -> tensor<f64>
    %more = atled.compare gt, %sum, %limit : tensor<f64>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %h : tensor<4xf64>
  } do {
  ^bb0(%h: tensor<4xf64>):
    %s = atled.sin %h : tensor<4xf64>
    %p = atled.mul %s, %x : tensor<4xf64>
    scf.yield %p : tensor<4xf64>
  } attributes {ad.checkpoint = #ad.binomial<3>}
  return %r : tensor<4xf64>
}
func.func private @again(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %y = ad.checkpoint -> tensor<4xf64> {
    %a = atled.mul %x, %w : tensor<4xf64>
    %b = atled.exp %a : tensor<4xf64>
    %c = atled.tanh %b : tensor<4xf64>
    ad.yield %c : tensor<4xf64>
  }
  %z = atled.sin %y : tensor<4xf64>
  return %z : tensor<4xf64>
}
func.func @apply_periodic() {
  %x0 = atled.constant dense<[0.5, 1.25, -0.75, 1.5]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.5, -0.5, 0.25, 0.75]> : tensor<4xf64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %v1 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %y, %map = ad.linearize @periodic(%x0, %x1) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v0, %v1) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %b:2 = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %f:2 = ad.jvp @periodic(%x0, %x1) tangent(%v0, %v1) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %g:3 = ad.vjp @periodic(%x0, %x1) seed(%w0) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_close %a, %f#1 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_eq %b#0, %g#1 : tensor<4xf64>
  check.expect_eq %b#1, %g#2 : tensor<4xf64>
  return
}
func.func @apply_binomial() {
  %x0 = atled.constant dense<[0.9, 0.8, 0.5, 0.7]> : tensor<4xf64>
  %x1 = atled.constant dense<0.5> : tensor<f64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %y, %map = ad.linearize @binomial(%x0, %x1) wrt = [0] : (tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v0) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
  %b = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
  %f:2 = ad.jvp @binomial(%x0, %x1) tangent(%v0) wrt = [0] : (tensor<4xf64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %g:2 = ad.vjp @binomial(%x0, %x1) seed(%w0) wrt = [0] : (tensor<4xf64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_close %a, %f#1 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_eq %b, %g#1 : tensor<4xf64>
  return
}
func.func @apply_again() {
  %x0 = atled.constant dense<[0.5, 1.25, -0.75, 1.5]> : tensor<4xf64>
  %x1 = atled.constant dense<[1.5, -0.5, 0.25, 0.75]> : tensor<4xf64>
  %v0 = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %v1 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %w0 = atled.constant dense<[0.25, 1.0, -1.5, 2.0]> : tensor<4xf64>
  %y, %map = ad.linearize @again(%x0, %x1) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v0, %v1) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %b:2 = ad.apply_transpose %map(%w0) : !ad.linear_map<(tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>>
  %f:2 = ad.jvp @again(%x0, %x1) tangent(%v0, %v1) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %g:3 = ad.vjp @again(%x0, %x1) seed(%w0) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  check.expect_close %a, %f#1 within rtol = 1.0e-13 : tensor<4xf64>
  check.expect_eq %b#0, %g#1 : tensor<4xf64>
  check.expect_eq %b#1, %g#2 : tensor<4xf64>
  return
}

// In a loop around all of it, and outside of the loop that uses it: the products of the Jacobian with its transpose
// grow the largest singular value.
func.func private @power(%x: tensor<4xf64>, %w: tensor<4xf64>, %v: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %y, %map = ad.linearize @loop(%x, %w) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>)
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%u = %v) -> (tensor<4xf64>) {
    %a = ad.apply %map(%u) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
    %b = ad.apply_transpose %map(%a) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
    scf.yield %b : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func private @newton(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %r = scf.for %i = %c0 to %c2 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %y:2, %map = ad.linearize @branch(%h, %w) wrt = [0]
        : (tensor<4xf64>, tensor<4xf64>)
          -> (tensor<4xf64>, tensor<f64>, !ad.linear_map<(tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)>)
    %b = ad.apply_transpose %map(%y#0, %y#1) : !ad.linear_map<(tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)>
    %a:2 = ad.apply %map(%b) : !ad.linear_map<(tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)>
    %next = atled.tanh %a#0 : tensor<4xf64>
    scf.yield %next : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func private @bent(%x: tensor<4xf64>, %limit: tensor<f64>, %v: tensor<4xf64>) -> tensor<4xf64> {
  %y, %map = ad.linearize @nest(%x, %limit) wrt = [0]
      : (tensor<4xf64>, tensor<f64>) -> (tensor<4xf64>, !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>)
  %a = ad.apply %map(%v) : !ad.linear_map<(tensor<4xf64>) -> tensor<4xf64>>
  %b = atled.mul %a, %y : tensor<4xf64>
  return %b : tensor<4xf64>
}

// Functions that linearize others have derivatives.
func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.25, -0.75, 1.5]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, -0.5, 0.25, 0.75]> : tensor<4xf64>
  %v = atled.constant dense<[1.0, -2.0, 0.5, 3.0]> : tensor<4xf64>
  %p = atled.constant dense<[0.9, 0.8, 0.5, 0.7]> : tensor<4xf64>
  %limit = atled.constant dense<2.0> : tensor<f64>
  check.gradients @power at (%x, %w, %v) order = 2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
  check.gradients @newton at (%x, %w) : tensor<4xf64>, tensor<4xf64>
  check.gradients @bent at (%p, %limit, %v) wrt = [0, 2] : tensor<4xf64>, tensor<f64>, tensor<4xf64>
  return
}
