// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// A loop against the same program unrolled, to the bit, and against differences to the second order.
func.func private @loop(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %a = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %a : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
func.func private @unrolled(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %a0 = atled.mul %x, %w : tensor<4xf64>
  %t0 = atled.tanh %a0 : tensor<4xf64>
  %a1 = atled.mul %t0, %w : tensor<4xf64>
  %t1 = atled.tanh %a1 : tensor<4xf64>
  %a2 = atled.mul %t1, %w : tensor<4xf64>
  %t2 = atled.tanh %a2 : tensor<4xf64>
  return %t2 : tensor<4xf64>
}
func.func @as_unrolled() {
  %x = atled.constant dense<[0.5, -1.5, 0.7, 2.25]> : tensor<4xf64>
  %w = atled.constant dense<[1.5, 0.5, -2.0, 0.125]> : tensor<4xf64>
  %s = atled.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf64>
  %a:2 = ad.vjp @loop(%x, %w) seed(%s) wrt = [0] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %b:2 = ad.vjp @unrolled(%x, %w) seed(%s) wrt = [0] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %a#0, %b#0 : tensor<4xf64>
  check.expect_eq %a#1, %b#1 : tensor<4xf64>
  %c:2 = ad.jvp @loop(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %d:2 = ad.jvp @unrolled(%x, %w) tangent(%s, %x) wrt = [0, 1] : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  check.expect_eq %c#1, %d#1 : tensor<4xf64>
  check.gradients @loop at (%x, %w) order = 3 : tensor<4xf64>, tensor<4xf64>
  return
}

// Steps that divide and that do not; no iteration, one iteration; an upper bound below the lower one.
// The result is x multiplied by the induction variable of each iteration, so its gradient is their product.
func.func private @product(%x: tensor<f64>, %lb: tensor<i64>, %ub: tensor<i64>, %step: tensor<i64>) -> tensor<f64> {
  %l = tensor.extract %lb[] : tensor<i64>
  %u = tensor.extract %ub[] : tensor<i64>
  %s = tensor.extract %step[] : tensor<i64>
  %r = scf.for %i = %l to %u step %s iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %v = tensor.from_elements %i : tensor<i64>
    %f = atled.convert %v : tensor<i64> to tensor<f64>
    %g = atled.mul %h, %f : tensor<f64>
    scf.yield %g : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @slope(%lb: tensor<i64>, %ub: tensor<i64>, %step: tensor<i64>) -> tensor<f64> {
  %x = atled.constant dense<2.0> : tensor<f64>
  %r = ad.grad @product(%x, %lb, %ub, %step) wrt = [0] : (tensor<f64>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @bounds() {
  %m3 = atled.constant dense<-3> : tensor<i64>
  %n0 = atled.constant dense<0> : tensor<i64>
  %n1 = atled.constant dense<1> : tensor<i64>
  %n2 = atled.constant dense<2> : tensor<i64>
  %n3 = atled.constant dense<3> : tensor<i64>
  %n7 = atled.constant dense<7> : tensor<i64>
  %n8 = atled.constant dense<8> : tensor<i64>
  %min = atled.constant dense<-9223372036854775808> : tensor<i64>
  %max = atled.constant dense<9223372036854775807> : tensor<i64>
  // 1 · 3 · 5 · 7
  %a = call @slope(%n1, %n8, %n2) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %a0 = atled.constant dense<105.0> : tensor<f64>
  check.expect_eq %a, %a0 : tensor<f64>
  // 1 · 3 · 5
  %b = call @slope(%n1, %n7, %n2) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %b0 = atled.constant dense<15.0> : tensor<f64>
  check.expect_eq %b, %b0 : tensor<f64>
  // 2 · 5
  %c = call @slope(%n2, %n7, %n3) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %c0 = atled.constant dense<10.0> : tensor<f64>
  check.expect_eq %c, %c0 : tensor<f64>
  // Nothing.
  %one = atled.constant dense<1.0> : tensor<f64>
  %d = call @slope(%n3, %n3, %n1) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  check.expect_eq %d, %one : tensor<f64>
  %e = call @slope(%n7, %n3, %n1) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  check.expect_eq %e, %one : tensor<f64>
  %e2 = call @slope(%max, %min, %n1) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  check.expect_eq %e2, %one : tensor<f64>
  // -3 · -1 · 1
  %f = call @slope(%m3, %n2, %n2) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %f0 = atled.constant dense<3.0> : tensor<f64>
  check.expect_eq %f, %f0 : tensor<f64>
  // One iteration, with a step that goes beyond.
  %g = call @slope(%n7, %n8, %n8) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %g0 = atled.constant dense<7.0> : tensor<f64>
  check.expect_eq %g, %g0 : tensor<f64>
  return
}

// Bounds are compared as unsigned: 250 is not less than 0.
func.func private @unsigned(%x: tensor<f64>) -> tensor<f64> {
  %l = arith.constant 250 : i8
  %u = arith.constant 253 : i8
  %s = arith.constant 2 : i8
  %r = scf.for unsigned %i = %l to %u step %s iter_args(%h = %x) -> (tensor<f64>) : i8 {
    %v = tensor.from_elements %i : tensor<i8>
    %f = atled.convert %v : tensor<i8> to tensor<f64>
    %g = atled.mul %h, %f : tensor<f64>
    %k = atled.mul %g, %h : tensor<f64>
    scf.yield %k : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @unsigned_bounds() {
  %x = atled.constant dense<0.5> : tensor<f64>
  check.gradients @unsigned at (%x) order = 2 : tensor<f64>
  // Two iterations, 250 and 252, which are -6 and -4 as signed: h = -6 x², r = -4 h² = -144 x⁴.
  %d = ad.grad @unsigned(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<-72.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  return
}

// The inner bound depends on the outer iteration: sum over i < 4, j < i of x^(i + j).
func.func private @triangle(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %r:2 = scf.for %i = %c0 to %c4 step %c1 iter_args(%sum = %zero, %p = %one) -> (tensor<f64>, tensor<f64>) {
    %q:2 = scf.for %j = %c0 to %i step %c1 iter_args(%s = %sum, %power = %p) -> (tensor<f64>, tensor<f64>) {
      %t = atled.add %s, %power : tensor<f64>
      %n = atled.mul %power, %x : tensor<f64>
      scf.yield %t, %n : tensor<f64>, tensor<f64>
    }
    %next = atled.mul %p, %x : tensor<f64>
    scf.yield %q#0, %next : tensor<f64>, tensor<f64>
  }
  return %r#0 : tensor<f64>
}
func.func @inner_bounds() {
  // x + (x² + x³) + (x³ + x⁴ + x⁵), at 2: 1 + 4 + 2·12 + 32 + 80
  %x = atled.constant dense<2.0> : tensor<f64>
  %d = ad.grad @triangle(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<141.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  check.gradients @triangle at (%x) order = 3 : tensor<f64>
  return
}

// Carried side by side: what is active, what is not, and an integer; two that change places.
func.func private @company(%x: tensor<2xf64>, %y: tensor<2xf64>) -> (tensor<2xf64>, tensor<i32>, tensor<2xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %zero = atled.constant dense<0> : tensor<i32>
  %one = atled.constant dense<1> : tensor<i32>
  %k = atled.constant dense<[2.0, 3.0]> : tensor<2xf64>
  %r:4 = scf.for %i = %c0 to %c5 step %c1 iter_args(%a = %x, %b = %y, %n = %zero, %c = %k)
      -> (tensor<2xf64>, tensor<2xf64>, tensor<i32>, tensor<2xf64>) {
    %m = atled.add %n, %one : tensor<i32>
    %f = atled.convert %m : tensor<i32> to tensor<f64>
    %g = atled.broadcast %f dimensions = [] : tensor<f64> -> tensor<2xf64>
    %d = atled.sin %c : tensor<2xf64>
    %p = atled.mul %a, %g : tensor<2xf64>
    %q = atled.mul %p, %d : tensor<2xf64>
    %s = atled.cos %q : tensor<2xf64>
    scf.yield %b, %s, %m, %d : tensor<2xf64>, tensor<2xf64>, tensor<i32>, tensor<2xf64>
  }
  return %r#0, %r#2, %r#1 : tensor<2xf64>, tensor<i32>, tensor<2xf64>
}
func.func @several_values() {
  %x = atled.constant dense<[0.3, -0.2]> : tensor<2xf64>
  %y = atled.constant dense<[1.3, 0.7]> : tensor<2xf64>
  check.gradients @company at (%x, %y) order = 2 : tensor<2xf64>, tensor<2xf64>
  check.gradients @company at (%x, %y) wrt = [1] : tensor<2xf64>, tensor<2xf64>
  return
}

// What the body reads from outside gets the sum of what the iterations contribute, also where the loop
// carries nothing of it.
func.func private @invariant(%x: tensor<3xf64>, %w: tensor<3xf64>) -> tensor<3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> (tensor<3xf64>) {
    %e = atled.exp %w : tensor<3xf64>
    %a = atled.mul %h, %e : tensor<3xf64>
    %s = atled.sin %a : tensor<3xf64>
    scf.yield %s : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}
func.func @invariant_reads() {
  %x = atled.constant dense<[0.3, -0.2, 1.0]> : tensor<3xf64>
  %w = atled.constant dense<[0.1, 0.7, -0.4]> : tensor<3xf64>
  check.gradients @invariant at (%x, %w) order = 2 : tensor<3xf64>, tensor<3xf64>
  return
}

// What was detached counts as a constant in every iteration: the gradient of x ↦ x · stop(…)… is the product
// of the factors.
func.func private @detached(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %u = ad.detach %h : tensor<f64>
    %g = atled.mul %h, %u : tensor<f64>
    scf.yield %g : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @cut(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %g = atled.mul %h, %h : tensor<f64>
    %u = ad.detach %g : tensor<f64>
    scf.yield %u : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @detach_inside() {
  // h: 2, 4, 16; r = 256. d = 2 · 4 · 16.
  %x = atled.constant dense<2.0> : tensor<f64>
  %d = ad.grad @detached(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<128.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  %z = ad.grad @cut(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %z, %zero : tensor<f64>
  return
}

// A recurrent network of 6 steps, with its weights used in every one, against differences; the Hessian by
// gradients of gradients.
func.func private @network(%w: tensor<3x3xf64>, %u: tensor<2x3xf64>, %xs: tensor<6x2xf64>, %h0: tensor<3xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %h = scf.for %i = %c0 to %c6 step %c1 iter_args(%h = %h0) -> (tensor<3xf64>) {
    %x = tensor.extract_slice %xs[%i, 0] [1, 2] [1, 1] : tensor<6x2xf64> to tensor<2xf64>
    %a = atled.contract %h, %w batch = [] x [] contracting = [0] x [0] : (tensor<3xf64>, tensor<3x3xf64>) -> tensor<3xf64>
    %b = atled.contract %x, %u batch = [] x [] contracting = [0] x [0] : (tensor<2xf64>, tensor<2x3xf64>) -> tensor<3xf64>
    %s = atled.add %a, %b : tensor<3xf64>
    %t = atled.tanh %s : tensor<3xf64>
    scf.yield %t : tensor<3xf64>
  }
  %r = atled.dot %h, %h : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @recurrent_network() {
  %w = atled.constant dense<[[0.3, -0.2, 1.0], [0.1, 0.7, -0.4], [0.9, -0.3, 0.2]]> : tensor<3x3xf64>
  %u = atled.constant dense<[[0.5, -0.25, 0.125], [-0.75, 1.0, 0.3]]> : tensor<2x3xf64>
  %xs = atled.constant dense<[[1.0, 2.0], [0.1, -0.4], [0.7, 0.3], [-1.0, 0.2], [0.0, 1.0], [0.5, 0.5]]> : tensor<6x2xf64>
  %h = atled.constant dense<[0.1, 0.2, -0.3]> : tensor<3xf64>
  check.gradients @network at (%w, %u, %xs, %h) order = 2 : tensor<3x3xf64>, tensor<2x3xf64>, tensor<6x2xf64>, tensor<3xf64>
  return
}

// A loop that never runs, in one that does; and one over nothing.
func.func private @never(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %s = scf.for %j = %c1 to %c1 step %c1 iter_args(%a = %h) -> (tensor<f64>) {
      %b = atled.sin %a : tensor<f64>
      scf.yield %b : tensor<f64>
    }
    %t = atled.mul %s, %h : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @nothing(%x: tensor<0xf64>, %y: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x, %g = %y) -> (tensor<0xf64>, tensor<f64>) {
    %b = atled.sin %h : tensor<0xf64>
    %s = atled.reduce_sum %b dimensions = [0] : tensor<0xf64> -> tensor<f64>
    %t = atled.mul %g, %g : tensor<f64>
    %u = atled.add %s, %t : tensor<f64>
    scf.yield %b, %u : tensor<0xf64>, tensor<f64>
  }
  return %r#1 : tensor<f64>
}
func.func @zero_iterations() {
  // x^8
  %x = atled.constant dense<2.0> : tensor<f64>
  %d = ad.grad @never(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  %e = atled.constant dense<1024.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  check.gradients @never at (%x) order = 2 : tensor<f64>
  %z = atled.constant dense<> : tensor<0xf64>
  %f = ad.grad @nothing(%z, %x) wrt = [1] : (tensor<0xf64>, tensor<f64>) -> tensor<f64>
  check.expect_eq %f, %e : tensor<f64>
  %g = ad.grad @nothing(%z, %x) wrt = [0] : (tensor<0xf64>, tensor<f64>) -> tensor<0xf64>
  check.expect_eq %g, %z : tensor<0xf64>
  return
}
