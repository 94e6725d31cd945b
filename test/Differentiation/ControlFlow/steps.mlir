// How often a for loop runs: ⌈(ub - lb) / step⌉ times, or never. The steps divide the range or do not, there is no
// iteration or one, the upper bound is below the lower one, bounds are unsigned and above the greatest signed number.
// The result is x multiplied by the induction variable of each iteration, so its gradient is their product.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

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

// From 2⁶³ - 1 to 2⁶³ + 4 by 2: three iterations, of which two are negative as signed. How far they are from 2⁶³ - 2 is
// 1, 3 and 5.
func.func private @above_the_greatest(%x: tensor<f64>, %lb: tensor<i64>, %ub: tensor<i64>, %step: tensor<i64>) -> tensor<f64> {
  %l = tensor.extract %lb[] : tensor<i64>
  %u = tensor.extract %ub[] : tensor<i64>
  %s = tensor.extract %step[] : tensor<i64>
  %greatest = arith.constant 9223372036854775806 : i64
  %r = scf.for unsigned %i = %l to %u step %s iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %d = arith.subi %i, %greatest : i64
    %v = tensor.from_elements %d : tensor<i64>
    %f = atled.convert %v : tensor<i64> to tensor<f64>
    %g = atled.mul %h, %f : tensor<f64>
    %k = atled.mul %g, %h : tensor<f64>
    scf.yield %k : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @square_slope(%lb: tensor<i64>, %ub: tensor<i64>, %step: tensor<i64>) -> tensor<f64> {
  %x = atled.constant dense<1.0> : tensor<f64>
  %r = ad.grad @above_the_greatest(%x, %lb, %ub, %step) wrt = [0] : (tensor<f64>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @unsigned_run_time_bounds() {
  %x = atled.constant dense<1.0> : tensor<f64>
  %lb = atled.constant dense<9223372036854775807> : tensor<i64>
  %ub = atled.constant dense<-9223372036854775804> : tensor<i64>
  %two = atled.constant dense<2> : tensor<i64>
  %far = atled.constant dense<4611686018427387904> : tensor<i64>
  %zero = atled.constant dense<0> : tensor<i64>
  // 1 x², 3 x⁴, 45 x⁸: the gradient at 1 is 360.
  %a = call @square_slope(%lb, %ub, %two) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %a0 = atled.constant dense<360.0> : tensor<f64>
  check.expect_eq %a, %a0 : tensor<f64>
  check.gradients @above_the_greatest at (%x, %lb, %ub, %two) order = 2 : tensor<f64>, tensor<i64>, tensor<i64>, tensor<i64>
  // One iteration, with a step that goes far beyond; none, where the upper bound is 0.
  %b = call @square_slope(%lb, %ub, %far) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %b0 = atled.constant dense<2.0> : tensor<f64>
  check.expect_eq %b, %b0 : tensor<f64>
  %c = call @square_slope(%lb, %zero, %two) : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  check.expect_eq %c, %one : tensor<f64>
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

// A while loop that never runs, and one that runs once.
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

// The last step goes beyond what the type can hold: 0 and 2^63 - 2, signed; once, unsigned.
func.func private @squares(%x: tensor<f64>, %ub: tensor<i64>, %step: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %u = tensor.extract %ub[] : tensor<i64>
  %s = tensor.extract %step[] : tensor<i64>
  %r = scf.for %i = %c0 to %u step %s iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %k = atled.mul %h, %h : tensor<f64>
    scf.yield %k : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @unsigned_squares(%x: tensor<f64>) -> tensor<f64> {
  %l = arith.constant 9223372036854775807 : i64
  %u = arith.constant -3 : i64
  %s = arith.constant -1 : i64
  %r = scf.for unsigned %i = %l to %u step %s iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %k = atled.mul %h, %h : tensor<f64>
    scf.yield %k : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @beyond_the_type() {
  %x = atled.constant dense<3.0> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %ub = atled.constant dense<9223372036854775807> : tensor<i64>
  %step = atled.constant dense<9223372036854775806> : tensor<i64>
  %a:2 = ad.vjp @squares(%x, %ub, %step) seed(%one) wrt = [0] : (tensor<f64>, tensor<i64>, tensor<i64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %b:2 = ad.vjp @unsigned_squares(%x) seed(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %fourth = atled.constant dense<81.0> : tensor<f64>
  %fourth_slope = atled.constant dense<108.0> : tensor<f64>
  check.expect_eq %a#0, %fourth : tensor<f64>
  check.expect_eq %a#1, %fourth_slope : tensor<f64>
  %square = atled.constant dense<9.0> : tensor<f64>
  %square_slope = atled.constant dense<6.0> : tensor<f64>
  check.expect_eq %b#0, %square : tensor<f64>
  check.expect_eq %b#1, %square_slope : tensor<f64>
  return
}

// From -100 to 100 the induction variable of type i8 is, counted from the lower bound, more than i8 has as a signed
// number.
func.func private @in_i8(%x: tensor<f64>, %lb: tensor<i8>, %ub: tensor<i8>) -> tensor<f64> {
  %c1 = arith.constant 1 : i8
  %l = tensor.extract %lb[] : tensor<i8>
  %u = tensor.extract %ub[] : tensor<i8>
  %r = scf.for %i = %l to %u step %c1 iter_args(%h = %x) -> (tensor<f64>) : i8 {
    %v = tensor.from_elements %i : tensor<i8>
    %f = atled.convert %v : tensor<i8> to tensor<f64>
    %a = atled.mul %h, %f : tensor<f64>
    %s = atled.sin %a : tensor<f64>
    %t = atled.add %s, %h : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @in_i64(%x: tensor<f64>) -> tensor<f64> {
  %c1 = arith.constant 1 : i64
  %l = arith.constant -100 : i64
  %u = arith.constant 100 : i64
  %r = scf.for %i = %l to %u step %c1 iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %v = tensor.from_elements %i : tensor<i64>
    %f = atled.convert %v : tensor<i64> to tensor<f64>
    %a = atled.mul %h, %f : tensor<f64>
    %s = atled.sin %a : tensor<f64>
    %t = atled.add %s, %h : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @narrow_types() {
  %x = atled.constant dense<0.75> : tensor<f64>
  %one = atled.constant dense<1.0> : tensor<f64>
  %lb = atled.constant dense<-100> : tensor<i8>
  %ub = atled.constant dense<100> : tensor<i8>
  %a:2 = ad.vjp @in_i8(%x, %lb, %ub) seed(%one) wrt = [0] : (tensor<f64>, tensor<i8>, tensor<i8>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  %b:2 = ad.vjp @in_i64(%x) seed(%one) wrt = [0] : (tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
  check.expect_eq %a#0, %b#0 : tensor<f64>
  check.expect_eq %a#1, %b#1 : tensor<f64>
  return
}
