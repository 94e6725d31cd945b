// A table of running maxima, mᵢ = max(x₀, ..., xᵢ), differentiated. Where there are no ties, the cotangents of all
// places with the same maximum belong to the element that it is. At a tie they are split: step by step, half to what is
// new and half to what was, as the operation says, or as its attribute does; over all that was seen, evenly, so that
// the last entry agrees with the maximum of all; and a branch has the derivative of the side it took.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// Step by step.
func.func private @halves(%x: tensor<6xf64>) -> tensor<6xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %least = atled.constant dense<0xFFF0000000000000> : tensor<f64>
  %empty = atled.constant dense<0.0> : tensor<6xf64>
  %r:2 = scf.for %i = %c0 to %c6 step %c1 iter_args(%m = %least, %table = %empty) -> (tensor<f64>, tensor<6xf64>) {
    %e = tensor.extract_slice %x[%i] [1] [1] : tensor<6xf64> to tensor<f64>
    %n = atled.maximum %m, %e : tensor<f64>
    %next = tensor.insert_slice %n into %table[%i] [1] [1] : tensor<f64> into tensor<6xf64>
    scf.yield %n, %next : tensor<f64>, tensor<6xf64>
  }
  return %r#1 : tensor<6xf64>
}

// What was has all of it.
func.func private @firsts(%x: tensor<6xf64>) -> tensor<6xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %least = atled.constant dense<0xFFF0000000000000> : tensor<f64>
  %empty = atled.constant dense<0.0> : tensor<6xf64>
  %r:2 = scf.for %i = %c0 to %c6 step %c1 iter_args(%m = %least, %table = %empty) -> (tensor<f64>, tensor<6xf64>) {
    %e = tensor.extract_slice %x[%i] [1] [1] : tensor<6xf64> to tensor<f64>
    %n = atled.maximum %m, %e tie = first : tensor<f64>
    %next = tensor.insert_slice %n into %table[%i] [1] [1] : tensor<f64> into tensor<6xf64>
    scf.yield %n, %next : tensor<f64>, tensor<6xf64>
  }
  return %r#1 : tensor<6xf64>
}

// By a branch, which takes what is new only where it is greater.
func.func private @branches(%x: tensor<6xf64>) -> tensor<6xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %least = atled.constant dense<0xFFF0000000000000> : tensor<f64>
  %empty = atled.constant dense<0.0> : tensor<6xf64>
  %r:2 = scf.for %i = %c0 to %c6 step %c1 iter_args(%m = %least, %table = %empty) -> (tensor<f64>, tensor<6xf64>) {
    %e = tensor.extract_slice %x[%i] [1] [1] : tensor<6xf64> to tensor<f64>
    %greater = atled.compare gt, %e, %m : tensor<f64>
    %p = tensor.extract %greater[] : tensor<i1>
    %n = scf.if %p -> (tensor<f64>) {
      scf.yield %e : tensor<f64>
    } else {
      scf.yield %m : tensor<f64>
    }
    %next = tensor.insert_slice %n into %table[%i] [1] [1] : tensor<f64> into tensor<6xf64>
    scf.yield %n, %next : tensor<f64>, tensor<6xf64>
  }
  return %r#1 : tensor<6xf64>
}

// The maximum of what was seen so far: elements further on count as -inf.
func.func private @evenly(%x: tensor<6xf64>) -> tensor<6xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %least = atled.constant dense<0xFFF0000000000000> : tensor<6xf64>
  %empty = atled.constant dense<0.0> : tensor<6xf64>
  %places = atled.iota dimension = 0 : tensor<6xi64>
  %r = scf.for %i = %c0 to %c6 step %c1 iter_args(%table = %empty) -> (tensor<6xf64>) {
    %k = arith.index_cast %i : index to i64
    %t = tensor.from_elements %k : tensor<i64>
    %here = atled.broadcast %t dimensions = [] : tensor<i64> -> tensor<6xi64>
    %seen = atled.compare le, %places, %here : tensor<6xi64>
    %s = atled.select %seen, %x, %least : tensor<6xi1>, tensor<6xf64>
    %n = atled.reduce_max %s dimensions = [0] : tensor<6xf64> -> tensor<f64>
    %next = tensor.insert_slice %n into %table[%i] [1] [1] : tensor<f64> into tensor<6xf64>
    scf.yield %next : tensor<6xf64>
  }
  return %r : tensor<6xf64>
}
func.func private @maximum(%x: tensor<6xf64>) -> tensor<f64> {
  %m = atled.reduce_max %x dimensions = [0] : tensor<6xf64> -> tensor<f64>
  return %m : tensor<f64>
}
func.func @no_ties() {
  // 2, 2, 5, 5, 5, 6; what the weights 1, 2, 4, 8, 16, 32 add up to for each.
  %x = atled.constant dense<[2.0, -1.0, 5.0, 3.0, 4.0, 6.0]> : tensor<6xf64>
  %w = atled.constant dense<[1.0, 2.0, 4.0, 8.0, 16.0, 32.0]> : tensor<6xf64>
  %m = atled.constant dense<[2.0, 2.0, 5.0, 5.0, 5.0, 6.0]> : tensor<6xf64>
  %d = atled.constant dense<[3.0, 0.0, 28.0, 0.0, 0.0, 32.0]> : tensor<6xf64>
  %a:2 = ad.vjp @halves(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_eq %a#0, %m : tensor<6xf64>
  check.expect_eq %a#1, %d : tensor<6xf64>
  %b:2 = ad.vjp @firsts(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_eq %b#0, %m : tensor<6xf64>
  check.expect_eq %b#1, %d : tensor<6xf64>
  %c:2 = ad.vjp @branches(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_eq %c#0, %m : tensor<6xf64>
  check.expect_eq %c#1, %d : tensor<6xf64>
  %e:2 = ad.vjp @evenly(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_eq %e#0, %m : tensor<6xf64>
  check.expect_eq %e#1, %d : tensor<6xf64>
  check.gradients @halves at (%x) : tensor<6xf64>
  check.gradients @firsts at (%x) : tensor<6xf64>
  check.gradients @branches at (%x) : tensor<6xf64>
  check.gradients @evenly at (%x) : tensor<6xf64>
  return
}
func.func @ties() {
  // The entries with weights 1, 2, 4 are 5, those with 8, 16 and 32 are 7.
  %x = atled.constant dense<[5.0, 5.0, 5.0, 7.0, 2.0, 7.0]> : tensor<6xf64>
  %w = atled.constant dense<[1.0, 2.0, 4.0, 8.0, 16.0, 32.0]> : tensor<6xf64>
  // 1 + 2/2 + 4/4, (2 + 4/2)/2, 4/2; 8 + 16 + 32/2, 32/2
  %halves = atled.constant dense<[3.0, 2.0, 2.0, 40.0, 0.0, 16.0]> : tensor<6xf64>
  %a:2 = ad.vjp @halves(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_eq %a#1, %halves : tensor<6xf64>
  %first = atled.constant dense<[7.0, 0.0, 0.0, 56.0, 0.0, 0.0]> : tensor<6xf64>
  %b:2 = ad.vjp @firsts(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_eq %b#1, %first : tensor<6xf64>
  %c:2 = ad.vjp @branches(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_eq %c#1, %first : tensor<6xf64>
  // 1 + 2/2 + 4/3, 2/2 + 4/3, 4/3; 8 + 16 + 32/2, 32/2
  %even = atled.constant dense<[3.3333333333333333, 2.3333333333333333, 1.3333333333333333, 40.0, 0.0, 16.0]> : tensor<6xf64>
  %d:2 = ad.vjp @evenly(%x) seed(%w) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  check.expect_close %d#1, %even within ulps = 2 : tensor<6xf64>
  // Of the last entry alone, the gradient of the maximum.
  %last = atled.constant dense<[0.0, 0.0, 0.0, 0.0, 0.0, 1.0]> : tensor<6xf64>
  %e:2 = ad.vjp @evenly(%x) seed(%last) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  %f = ad.grad @maximum(%x) wrt = [0] : (tensor<6xf64>) -> tensor<6xf64>
  check.expect_eq %e#1, %f : tensor<6xf64>
  // Both modes agree at ties, too.
  %g:2 = ad.jvp @halves(%x) tangent(%x) wrt = [0] : (tensor<6xf64>, tensor<6xf64>) -> (tensor<6xf64>, tensor<6xf64>)
  %h = atled.dot %g#1, %w : (tensor<6xf64>, tensor<6xf64>) -> tensor<f64>
  %i = atled.dot %a#1, %x : (tensor<6xf64>, tensor<6xf64>) -> tensor<f64>
  check.expect_eq %h, %i : tensor<f64>
  return
}
