// Branches between blocks, irreducible ones too, have derivatives once upstream's pass has made structured control flow
// of them, as the note says; with and without its canonicalizer, which makes selections of branches.

// RUN: atled-opt %s --lift-cf-to-scf | atled-run --check - | FileCheck %s
// RUN: atled-opt %s --lift-cf-to-scf --canonicalize | atled-run --check - | FileCheck %s

// CHECK: checks passed, 0 failed

// x sin(x) x ... by turns, beginning with either.
func.func private @by_turns(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %k = tensor.extract %n[] : tensor<i64>
  %z = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %p = arith.remsi %k, %two : i64
  %q = arith.cmpi eq, %p, %z : i64
  cf.cond_br %q, ^b(%x, %z : tensor<f64>, i64), ^c(%x, %z : tensor<f64>, i64)
^b(%h: tensor<f64>, %i: i64):
  %s = atled.sin %h : tensor<f64>
  %j = arith.addi %i, %one : i64
  %c = arith.cmpi slt, %j, %k : i64
  cf.cond_br %c, ^c(%s, %j : tensor<f64>, i64), ^e(%s : tensor<f64>)
^c(%h2: tensor<f64>, %i2: i64):
  %s2 = atled.mul %h2, %x : tensor<f64>
  %j2 = arith.addi %i2, %one : i64
  %c2 = arith.cmpi slt, %j2, %k : i64
  cf.cond_br %c2, ^b(%s2, %j2 : tensor<f64>, i64), ^e(%s2 : tensor<f64>)
^e(%r: tensor<f64>):
  return %r : tensor<f64>
}
func.func @irreducible() {
  %x = atled.constant dense<0.7> : tensor<f64>
  %n = atled.constant dense<5> : tensor<i64>
  %m = atled.constant dense<4> : tensor<i64>
  check.gradients @by_turns at (%x, %n) wrt = [0] order = 2 : tensor<f64>, tensor<i64>
  check.gradients @by_turns at (%x, %m) wrt = [0] order = 2 : tensor<f64>, tensor<i64>
  return
}

// One of two values, and a third: (x or sin(x)) * x.
func.func private @chosen(%x: tensor<3xf64>, %n: tensor<i64>) -> tensor<3xf64> {
  %zero = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %c = arith.cmpi sgt, %k, %zero : i64
  %s = atled.sin %x : tensor<3xf64>
  %y = scf.if %c -> (tensor<3xf64>) {
    scf.yield %x : tensor<3xf64>
  } else {
    scf.yield %s : tensor<3xf64>
  }
  %r = atled.mul %y, %x : tensor<3xf64>
  return %r : tensor<3xf64>
}
func.func @selection() {
  %x = atled.constant dense<[0.5, -0.25, 1.5]> : tensor<3xf64>
  %seed = atled.constant dense<1.0> : tensor<3xf64>
  %yes = atled.constant dense<1> : tensor<i64>
  %no = atled.constant dense<0> : tensor<i64>
  %r:2 = ad.vjp @chosen(%x, %yes) seed(%seed) wrt = [0]
      : (tensor<3xf64>, tensor<i64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  %dx = atled.constant dense<[1.0, -0.5, 3.0]> : tensor<3xf64>
  check.expect_eq %r#1, %dx : tensor<3xf64>
  check.gradients @chosen at (%x, %yes) wrt = [0] order = 2 : tensor<3xf64>, tensor<i64>
  check.gradients @chosen at (%x, %no) wrt = [0] order = 2 : tensor<3xf64>, tensor<i64>
  return
}
