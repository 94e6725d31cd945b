// The gradient of a loop that reads parts of a tensor costs what it touches: the body of the loop that goes back adds
// in place to the part that was read, one element, or one row, and has no loop over the whole tensor. The values are
// those of sums that can be written down, with elements that are read several times or never.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s
// RUN: atled-compile %s --grad=squares,listed,up_to,rows --wrt=0 --emit=mlir --compile-to=loops -o - | FileCheck %s --check-prefix=LOOPS --strict-whitespace

// CHECK: checks passed, 0 failed

// Σ xᵢ²: each element once, so 2 xᵢ.
// LOOPS-LABEL: func.func private @squares.vjp.0(
// LOOPS: {{^    scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }( .*)?$}}
// LOOPS: {{^    scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }( .*)?$}}
// LOOPS: return
func.func private @squares(%x: tensor<1000xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c1000 = arith.constant 1000 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c1000 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %e = tensor.extract_slice %x[%i] [1] [1] : tensor<1000xf64> to tensor<f64>
    %q = atled.mul %e, %e : tensor<f64>
    %t = atled.add %s, %q : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @each_once() {
  %k = atled.iota dimension = 0 : tensor<1000xi64>
  %x = atled.convert %k : tensor<1000xi64> to tensor<1000xf64>
  %d = ad.grad @squares(%x) wrt = [0] : (tensor<1000xf64>) -> tensor<1000xf64>
  %e = atled.add %x, %x : tensor<1000xf64>
  check.expect_eq %d, %e : tensor<1000xf64>
  return
}

// Σ x_j², where j is read from a list.
// LOOPS-LABEL: func.func private @listed.vjp.0(
// LOOPS: {{^    scf.for .* = %c0 to %c8 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }( .*)?$}}
// LOOPS: {{^    scf.for .* = %c0 to %c8 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }( .*)?$}}
// LOOPS: return
func.func private @listed(%x: tensor<1000xf64>, %list: tensor<8xi64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c8 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %j = tensor.extract %list[%i] : tensor<8xi64>
    %k = arith.index_cast %j : i64 to index
    %e = tensor.extract_slice %x[%k] [1] [1] : tensor<1000xf64> to tensor<f64>
    %q = atled.mul %e, %e : tensor<f64>
    %t = atled.add %s, %q : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @several_times_or_never() {
  %k = atled.iota dimension = 0 : tensor<1000xi64>
  %x = atled.convert %k : tensor<1000xi64> to tensor<1000xf64>
  %list = atled.constant dense<[3, 999, 3, 0, 3, 7, 7, 500]> : tensor<8xi64>
  %d = ad.grad @listed(%x, %list) wrt = [0] : (tensor<1000xf64>, tensor<8xi64>) -> tensor<1000xf64>
  %first = tensor.extract_slice %d[0] [9] [1] : tensor<1000xf64> to tensor<9xf64>
  %first0 = atled.constant dense<[0.0, 0.0, 0.0, 18.0, 0.0, 0.0, 0.0, 28.0, 0.0]> : tensor<9xf64>
  check.expect_eq %first, %first0 : tensor<9xf64>
  %sum = atled.reduce_sum %d dimensions = [0] : tensor<1000xf64> -> tensor<f64>
  %sum0 = atled.constant dense<3044.0> : tensor<f64>
  check.expect_eq %sum, %sum0 : tensor<f64>
  return
}

// Σ xᵢ² until it is beyond a limit, by a while loop and slices whose place is clamped.
// LOOPS-LABEL: func.func private @up_to.vjp.0(
// LOOPS: scf.while
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }$}}
// LOOPS: {{^    [^ ].*scf.for .* = %c0 to }}[[COUNT:%[^ ]+]] step %c1
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }( .*)?$}}
// LOOPS: {{^    scf.for .* = %c0 to }}[[COUNT]] step %c1
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }( .*)?$}}
// LOOPS: return
func.func private @up_to(%x: tensor<1000xf64>, %limit: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %zero = atled.constant dense<0.0> : tensor<f64>
  %l = tensor.extract %limit[] : tensor<f64>
  %r:2 = scf.while (%s = %zero, %i = %c0) : (tensor<f64>, i64) -> (tensor<f64>, i64) {
    %v = tensor.extract %s[] : tensor<f64>
    %go = arith.cmpf olt, %v, %l : f64
    scf.condition(%go) %s, %i : tensor<f64>, i64
  } do {
  ^bb0(%s: tensor<f64>, %i: i64):
    %k = tensor.from_elements %i : tensor<i64>
    %part = atled.dynamic_slice %x[%k] sizes = [1] : (tensor<1000xf64>, tensor<i64>) -> tensor<1xf64>
    %e = atled.reshape %part : tensor<1xf64> -> tensor<f64>
    %q = atled.mul %e, %e : tensor<f64>
    %t = atled.add %s, %q : tensor<f64>
    %n = arith.addi %i, %c1 : i64
    scf.yield %t, %n : tensor<f64>, i64
  }
  return %r#0 : tensor<f64>
}
func.func @some_of_many() {
  // 0 + 1 + 4 + 9 + 16: the first five of them.
  %k = atled.iota dimension = 0 : tensor<1000xi64>
  %x = atled.convert %k : tensor<1000xi64> to tensor<1000xf64>
  %limit = atled.constant dense<29.0> : tensor<f64>
  %d = ad.grad @up_to(%x, %limit) wrt = [0] : (tensor<1000xf64>, tensor<f64>) -> tensor<1000xf64>
  %first = atled.slice %d[0:8] : tensor<1000xf64> -> tensor<8xf64>
  %first0 = atled.constant dense<[0.0, 2.0, 4.0, 6.0, 8.0, 0.0, 0.0, 0.0]> : tensor<8xf64>
  check.expect_eq %first, %first0 : tensor<8xf64>
  %sum = atled.reduce_sum %d dimensions = [0] : tensor<1000xf64> -> tensor<f64>
  %sum0 = atled.constant dense<20.0> : tensor<f64>
  check.expect_eq %sum, %sum0 : tensor<f64>
  return
}

// Rows: Σ over rows of (row · v)², whose gradient is 2 (row · v) v. The loops inside are over a row, never over rows.
// LOOPS-LABEL: func.func private @rows.vjp.0(
// LOOPS: {{^    scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS: {{^    }$}}
// LOOPS: {{^    scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS-NOT: to %c1000
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }$}}
// LOOPS: return
func.func private @rows(%x: tensor<1000x16xf64>, %v: tensor<16xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c1000 = arith.constant 1000 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c1000 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %row = tensor.extract_slice %x[%i, 0] [1, 16] [1, 1] : tensor<1000x16xf64> to tensor<16xf64>
    %p = atled.dot %row, %v : (tensor<16xf64>, tensor<16xf64>) -> tensor<f64>
    %q = atled.mul %p, %p : tensor<f64>
    %t = atled.add %s, %q : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @row_by_row() {
  // Row i is i + 1 in all places, v is 1, 0, ..., 0: 2 (i + 1) in the first column.
  %k = atled.iota dimension = 0 : tensor<1000x16xi64>
  %i = atled.convert %k : tensor<1000x16xi64> to tensor<1000x16xf64>
  %one = atled.constant dense<1.0> : tensor<1000x16xf64>
  %x = atled.add %i, %one : tensor<1000x16xf64>
  %v = atled.constant dense<[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]> : tensor<16xf64>
  %d = ad.grad @rows(%x, %v) wrt = [0] : (tensor<1000x16xf64>, tensor<16xf64>) -> tensor<1000x16xf64>
  %xx = atled.add %x, %x : tensor<1000x16xf64>
  %vs = atled.broadcast %v dimensions = [1] : tensor<16xf64> -> tensor<1000x16xf64>
  %e = atled.mul %xx, %vs : tensor<1000x16xf64>
  check.expect_eq %d, %e : tensor<1000x16xf64>
  return
}
