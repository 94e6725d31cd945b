// A step must be positive. Where it is a constant that is not, the program is refused; where it is known only at run
// time, the call returns an error code, in the function, in its derivatives, and in a loop inside another. Of an
// unsigned step only 0 is not positive.

// RUN: split-file %s %t
// RUN: atled-run --check %t/program.mlir | FileCheck %s --check-prefix=TESTS
// RUN: atled-run --check -O0 %t/program.mlir | FileCheck %s --check-prefix=TESTS
// TESTS: checks passed, 0 failed

// RUN: not atled-run %t/program.mlir --entry=stepping --input=f64=1 --input=i64=0 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=stepping --input=f64=1 --input=i64=-2 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=stepping_slope --input=f64=1 --input=i64=0 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=stepping_slope --input=f64=1 --input=i64=-2 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=stepping_slope -O0 --input=f64=1 --input=i64=-9223372036854775808 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=unsigned_stepping --input=f64=1 --input=i64=0 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=unsigned_stepping_slope --input=f64=1 --input=i64=0 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=inner_stepping --input=f64=1 --input=i64=3 2>&1 | FileCheck %s --check-prefix=STEP
// RUN: not atled-run %t/program.mlir --entry=inner_stepping_slope --input=f64=1 --input=i64=3 2>&1 | FileCheck %s --check-prefix=STEP
// STEP: the step of a loop is not positive

// RUN: not atled-compile %t/negative.mlir -o %t/negative.o 2>&1 | FileCheck %t/negative.mlir --check-prefix=CONSTANT
// RUN: not atled-compile %t/zero.mlir -o %t/zero.o 2>&1 | FileCheck %t/zero.mlir --check-prefix=CONSTANT
// RUN: not atled-compile %t/unsigned_zero.mlir -o %t/unsigned_zero.o 2>&1 | FileCheck %t/unsigned_zero.mlir --check-prefix=CONSTANT

//--- program.mlir
func.func @stepping(%x: tensor<f64>, %step: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c7 = arith.constant 7 : i64
  %s = tensor.extract %step[] : tensor<i64>
  %r = scf.for %i = %c0 to %c7 step %s iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %y = atled.mul %h, %h : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @stepping_slope(%x: tensor<f64>, %step: tensor<i64>) -> tensor<f64> {
  %r = ad.grad @stepping(%x, %step) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}
func.func @unsigned_stepping(%x: tensor<f64>, %step: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c7 = arith.constant 7 : i64
  %s = tensor.extract %step[] : tensor<i64>
  %r = scf.for unsigned %i = %c0 to %c7 step %s iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %y = atled.mul %h, %h : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @unsigned_stepping_slope(%x: tensor<f64>, %step: tensor<i64>) -> tensor<f64> {
  %r = ad.grad @unsigned_stepping(%x, %step) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}
// The inner loop's step is 2 in the first iteration of the outer one, then 1, then 0.
func.func @inner_stepping(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %r = scf.for %i = %c0 to %m step %c1 iter_args(%g = %x) -> (tensor<f64>) : i64 {
    %s = arith.subi %c2, %i : i64
    %q = scf.for %j = %c0 to %c3 step %s iter_args(%h = %g) -> (tensor<f64>) : i64 {
      %y = atled.mul %h, %x : tensor<f64>
      scf.yield %y : tensor<f64>
    }
    scf.yield %q : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @inner_stepping_slope(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %r = ad.grad @inner_stepping(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  return %r : tensor<f64>
}

func.func @positive_steps() {
  %x = atled.constant dense<2.0> : tensor<f64>
  %half = atled.constant dense<0.5> : tensor<f64>
  %n2 = atled.constant dense<2> : tensor<i64>
  // Four iterations: x¹⁶, of which 16 · 2⁻¹⁵ is the slope at a half.
  check.gradients @stepping at (%half, %n2) order = 2 : tensor<f64>, tensor<i64>
  %a = ad.grad @stepping(%half, %n2) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %a0 = atled.constant dense<0.00048828125> : tensor<f64>
  check.expect_eq %a, %a0 : tensor<f64>
  // As unsigned, the smallest signed number is positive: one iteration, x².
  %least = atled.constant dense<-9223372036854775808> : tensor<i64>
  %b = ad.grad @unsigned_stepping(%x, %least) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %b0 = atled.constant dense<4.0> : tensor<f64>
  check.expect_eq %b, %b0 : tensor<f64>
  // Two and three iterations inside: x⁶.
  %c = ad.grad @inner_stepping(%x, %n2) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %c0 = atled.constant dense<192.0> : tensor<f64>
  check.expect_eq %c, %c0 : tensor<f64>
  return
}

//--- negative.mlir
func.func private @negative_step(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c7 = arith.constant 7 : i64
  %s = arith.constant -2 : i64
  // CONSTANT: negative.mlir:[[@LINE+1]]:8: error: 'scf.for' op has the step -2, and a step has to be positive
  %r = scf.for %i = %c0 to %c7 step %s iter_args(%h = %x) -> (tensor<f64>) : i64 {
    %y = atled.mul %h, %h : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @slope(%x: tensor<f64>) -> tensor<f64> {
  %d = ad.grad @negative_step(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %d : tensor<f64>
}
//--- zero.mlir
func.func private @zero_step(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c7 = arith.constant 7 : index
  %s = arith.constant 0 : index
  // CONSTANT: zero.mlir:[[@LINE+1]]:8: error: 'scf.for' op has the step 0, and a step has to be positive
  %r = scf.for %i = %c0 to %c7 step %s iter_args(%h = %x) -> (tensor<f64>) {
    %y = atled.mul %h, %h : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @slope(%x: tensor<f64>) -> tensor<f64> {
  %d = ad.grad @zero_step(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %d : tensor<f64>
}
//--- unsigned_zero.mlir
func.func private @unsigned_zero_step(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i32
  %c7 = arith.constant 7 : i32
  %s = arith.constant 0 : i32
  // CONSTANT: unsigned_zero.mlir:[[@LINE+1]]:8: error: 'scf.for' op has the step 0, and a step has to be positive
  %r = scf.for unsigned %i = %c0 to %c7 step %s iter_args(%h = %x) -> (tensor<f64>) : i32 {
    %y = atled.mul %h, %h : tensor<f64>
    scf.yield %y : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @slope(%x: tensor<f64>) -> tensor<f64> {
  %d = ad.grad @unsigned_zero_step(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %d : tensor<f64>
}
