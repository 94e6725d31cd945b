// Nothing runs after a failure: what an assertion, a bound or the workspace has promised does not hold then. A loop might
// never end, an index lie anywhere.

// RUN: atled-run %s --entry=descent --input=f64=0.5 --input=i64=9 | FileCheck %s --check-prefix=DESCENT
// RUN: atled-run %s -O0 --entry=descent --input=f64=0.5 --input=i64=9 | FileCheck %s --check-prefix=DESCENT
// RUN: atled-run %s --entry=place --input=f64=0.5 --input=i64=20 --input=4xf64=1,2,3,4 | FileCheck %s --check-prefix=PLACE
// RUN: not atled-run %s --entry=asserted --input=4xf64=1,2,3,4 --input=i64=100000000 2>&1 | FileCheck %s --check-prefix=ASSERTION
// RUN: not atled-run %s --grad=asserted --input=4xf64=1,2,3,4 --input=i64=100000000 2>&1 | FileCheck %s --check-prefix=ASSERTION
// RUN: not atled-run %s --entry=halved --input=4xf64=1,2,3,4 --input=i64=8000000000 2>&1 | FileCheck %s --check-prefix=ITERATIONS
// RUN: not atled-run %s --grad=halved --input=4xf64=1,2,3,4 --input=i64=8000000000 2>&1 | FileCheck %s --check-prefix=ITERATIONS
// RUN: not atled-run %s --entry=called --input=4xf64=1,2,3,4 --input=i64=100000000 2>&1 | FileCheck %s --check-prefix=ASSERTION

// ASSERTION: an assertion in the program does not hold
// ITERATIONS: a loop would run more often than the program allows

// The sum over i < n of exp(x) for even i and exp(-x) for odd i, in a loop that nothing bounds.
func.func private @inner(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %z = atled.constant dense<0.0> : tensor<f64>
  %r:2 = scf.while (%a = %z, %j = %c0) : (tensor<f64>, i64) -> (tensor<f64>, i64) {
    %go = arith.cmpi slt, %j, %k : i64
    scf.condition(%go) %a, %j : tensor<f64>, i64
  } do {
  ^bb0(%a: tensor<f64>, %j: i64):
    %p = arith.remui %j, %c2 : i64
    %t2 = arith.muli %p, %c2 : i64
    %si = arith.subi %c1, %t2 : i64
    %st = tensor.from_elements %si : tensor<i64>
    %s = atled.convert %st : tensor<i64> to tensor<f64>
    %m = atled.mul %s, %x : tensor<f64>
    %e = atled.exp %m : tensor<f64>
    %b = atled.add %a, %e : tensor<f64>
    %jj = arith.addi %j, %c1 : i64
    scf.yield %b, %jj : tensor<f64>, i64
  }
  return %r#0 : tensor<f64>
}

// A descent that ends when the gradient is small. Without room for the stack there is no gradient that could be. It
// ends at half the logarithm of 4 / 5.
// DESCENT: out0: f64 = -0.11157177

func.func @descent(%x: tensor<f64>, %n: tensor<i64>) -> (tensor<f64>, tensor<i64>) {
  %lr = atled.constant dense<0.02> : tensor<f64>
  %tol = atled.constant dense<1.0e-9> : tensor<f64>
  %c0 = atled.constant dense<0> : tensor<i64>
  %c1 = atled.constant dense<1> : tensor<i64>
  %r:2 = scf.while (%y = %x, %i = %c0) : (tensor<f64>, tensor<i64>) -> (tensor<f64>, tensor<i64>) {
    %g = ad.grad @inner(%y, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
    %a = atled.abs %g : tensor<f64>
    %c = atled.compare gt, %a, %tol : tensor<f64>
    %go = tensor.extract %c[] : tensor<i1>
    %s = atled.mul %lr, %g : tensor<f64>
    %z = atled.sub %y, %s : tensor<f64>
    scf.condition(%go) %z, %i : tensor<f64>, tensor<i64>
  } do {
  ^bb0(%y: tensor<f64>, %i: tensor<i64>):
    %ii = atled.add %i, %c1 : tensor<i64>
    scf.yield %y, %ii : tensor<f64>, tensor<i64>
  }
  return %r#0, %r#1 : tensor<f64>, tensor<i64>
}

// A place that the gradient decides.
// PLACE: out0: 4xf64 = [10.4219{{[0-9]*}}, {{ *}}2.0, {{ *}}3.0, {{ *}}4.0]
func.func @place(%x: tensor<f64>, %n: tensor<i64>, %v: tensor<4xf64>) -> tensor<4xf64> {
  %g = ad.grad @inner(%x, %n) wrt = [0] : (tensor<f64>, tensor<i64>) -> tensor<f64>
  %c = atled.constant dense<10.43> : tensor<f64>
  %m = atled.constant dense<1000000> : tensor<i64>
  %d = atled.sub %c, %g : tensor<f64>
  %i = atled.convert %d : tensor<f64> to tensor<i64>
  %k = atled.mul %i, %m : tensor<i64>
  %e = tensor.extract %k[] : tensor<i64>
  %p = arith.index_cast %e : i64 to index
  %r = tensor.insert_slice %g into %v[%p] [1] [1] : tensor<f64> into tensor<4xf64>
  return %r : tensor<4xf64>
}

// An index that the assertion keeps in range.
func.func @asserted(%x: tensor<4xf64>, %n: tensor<i64>) -> tensor<f64> {
  %k = tensor.extract %n[] : tensor<i64>
  %c4 = arith.constant 4 : i64
  %ok = arith.cmpi ult, %k, %c4 : i64
  cf.assert %ok, "the index is in range"
  %p = arith.index_cast %k : i64 to index
  %e = tensor.extract_slice %x[%p] [1] [1] : tensor<4xf64> to tensor<f64>
  %s = atled.sin %e : tensor<f64>
  return %s : tensor<f64>
}

// A loop halves until the index is in range, if that takes no more than three iterations.
func.func @halved(%x: tensor<4xf64>, %n: tensor<i64>) -> tensor<f64> {
  %k = tensor.extract %n[] : tensor<i64>
  %c3 = arith.constant 3 : i64
  %c2 = arith.constant 2 : i64
  %r = scf.while (%a = %k) : (i64) -> i64 {
    %go = arith.cmpi ugt, %a, %c3 : i64
    scf.condition(%go) %a : i64
  } do {
  ^bb0(%a: i64):
    %b = arith.divui %a, %c2 : i64
    scf.yield %b : i64
  } attributes {ad.max_iterations = 3 : i64}
  %p = arith.index_cast %r : i64 to index
  %e = tensor.extract_slice %x[%p] [1] [1] : tensor<4xf64> to tensor<f64>
  %s = atled.sin %e : tensor<f64>
  return %s : tensor<f64>
}

// Callers return, too: out of the loops that they are in, and before they use what they have not got.
func.func @called(%x: tensor<4xf64>, %n: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %many = arith.constant 4611686018427387904 : index
  %k = tensor.extract %n[] : tensor<i64>
  %p = arith.index_cast %k : i64 to index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %many step %c1 iter_args(%sum = %zero) -> (tensor<f64>) {
    %y = func.call @asserted(%x, %n) : (tensor<4xf64>, tensor<i64>) -> tensor<f64>
    %e = tensor.extract_slice %x[%p] [1] [1] : tensor<4xf64> to tensor<f64>
    %z = atled.mul %y, %e : tensor<f64>
    %next = atled.add %sum, %z : tensor<f64>
    scf.yield %next : tensor<f64>
  }
  return %r : tensor<f64>
}
