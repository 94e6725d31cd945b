// Loops whose bounds depend on the iteration of the loop outside, or are known only at run time: triangles, steps and
// lower bounds that change, inner loops of no iteration, inner while loops. How much room they need for the way back is
// not known before they run.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

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

// Σ over i < j of xᵢ xⱼ, by a lower bound that moves: the gradient is the sum of all others.
func.func private @pairs(%x: tensor<5xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %a = tensor.extract_slice %x[%i] [1] [1] : tensor<5xf64> to tensor<f64>
    %above = arith.addi %i, %c1 : index
    %q = scf.for %j = %above to %c5 step %c1 iter_args(%t = %s) -> (tensor<f64>) {
      %b = tensor.extract_slice %x[%j] [1] [1] : tensor<5xf64> to tensor<f64>
      %p = atled.mul %a, %b : tensor<f64>
      %u = atled.add %t, %p : tensor<f64>
      scf.yield %u : tensor<f64>
    }
    scf.yield %q : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @lower_bounds() {
  %x = atled.constant dense<[1.0, 2.0, 4.0, 8.0, 16.0]> : tensor<5xf64>
  %d = ad.grad @pairs(%x) wrt = [0] : (tensor<5xf64>) -> tensor<5xf64>
  %e = atled.constant dense<[30.0, 29.0, 27.0, 23.0, 15.0]> : tensor<5xf64>
  check.expect_eq %d, %e : tensor<5xf64>
  // All second derivatives but the diagonal are 1.
  %h = ad.hessian @pairs(%x) wrt = [0] : (tensor<5xf64>) -> tensor<5x5xf64>
  %ones = atled.constant dense<[[0.0, 1.0, 1.0, 1.0, 1.0], [1.0, 0.0, 1.0, 1.0, 1.0], [1.0, 1.0, 0.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0, 1.0], [1.0, 1.0, 1.0, 1.0, 0.0]]> : tensor<5x5xf64>
  check.expect_eq %h, %ones : tensor<5x5xf64>
  return
}

// Steps that change: the divisors of the sieve. Each i from 1 to n multiplies by x for each multiple of i up to n, so x
// is there as often as there are pairs of a number up to n and a divisor of it: 1 + 2 + 2 + 3 + 2 + 4 = 14 for 6.
func.func private @divisors(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %c1 = arith.constant 1 : i64
  %one = atled.constant dense<1.0> : tensor<f64>
  %m = tensor.extract %n[] : tensor<i64>
  %end = arith.addi %m, %c1 : i64
  %r = scf.for %i = %c1 to %end step %c1 iter_args(%p = %one) -> (tensor<f64>) : i64 {
    %q = scf.for %j = %i to %end step %i iter_args(%s = %p) -> (tensor<f64>) : i64 {
      %t = atled.mul %s, %x : tensor<f64>
      scf.yield %t : tensor<f64>
    }
    scf.yield %q : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @inner_steps() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %n6 = atled.constant dense<6> : tensor<i64>
  %d = ad.grad @divisors(%x, %n6) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  // 14 · 2¹³, and 14 · 13 · 2¹².
  %e = atled.constant dense<114688.0> : tensor<f64>
  check.expect_eq %d, %e : tensor<f64>
  %h = ad.hessian @divisors(%x, %n6) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %f = atled.constant dense<745472.0> : tensor<f64>
  check.expect_eq %h, %f : tensor<f64>
  %n0 = atled.constant dense<0> : tensor<i64>
  %z = ad.grad @divisors(%x, %n0) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %z, %zero : tensor<f64>
  return
}

// One branch of several has a loop with dynamic bounds.
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
