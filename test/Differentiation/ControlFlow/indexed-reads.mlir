// The gradient of a loop that reads parts of a tensor costs what it touches: the body of the loop that goes back adds in
// place to the part that was read, one element, or one row, and has no loop over the whole tensor. The values are those
// of sums that can be written down, with elements that are read several times or never.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s
// RUN: atled-compile %s --vjp=cholesky --print-residuals -o %t.o 2>&1 | FileCheck %s --check-prefix=RESIDUALS
// RUN: atled-compile %s --value-and-grad=squares,listed,neighbours,rows,branches,loop_in_branch --wrt=0 --emit=mlir --compile-to=loops -o - | FileCheck %s --check-prefix=LOOPS --strict-whitespace

// CHECK: checks passed, 0 failed

// Σ xᵢ²: each element once, so 2 xᵢ.
// LOOPS-LABEL: func.func @squares_value_and_grad(
// LOOPS: {{^      scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }( .*)?$}}
// LOOPS: {{^      scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }( .*)?$}}
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
// LOOPS-LABEL: func.func @listed_value_and_grad(
// LOOPS: {{^      scf.for .* = %c0 to %c8 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }( .*)?$}}
// LOOPS: {{^      scf.for .* = %c0 to %c8 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }( .*)?$}}
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

// Σ xᵢ xᵢ₊₁: two reads in one iteration, and each element in two. The gradient is xᵢ₋₁ + xᵢ₊₁.
// LOOPS-LABEL: func.func @neighbours_value_and_grad(
// LOOPS: {{^      scf.for .* = %c0 to %c999 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }( .*)?$}}
// LOOPS: {{^      scf.for .* = %c0 to %c999 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }( .*)?$}}
// LOOPS: return
func.func private @neighbours(%x: tensor<1000xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c999 = arith.constant 999 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c999 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %next = arith.addi %i, %c1 : index
    %a = tensor.extract_slice %x[%i] [1] [1] : tensor<1000xf64> to tensor<f64>
    %b = tensor.extract_slice %x[%next] [1] [1] : tensor<1000xf64> to tensor<f64>
    %q = atled.mul %a, %b : tensor<f64>
    %t = atled.add %s, %q : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @two_in_each() {
  %k = atled.iota dimension = 0 : tensor<1000xi64>
  %x = atled.convert %k : tensor<1000xi64> to tensor<1000xf64>
  %d = ad.grad @neighbours(%x) wrt = [0] : (tensor<1000xf64>) -> tensor<1000xf64>
  %left = atled.slice %x[0:998] : tensor<1000xf64> -> tensor<998xf64>
  %right = atled.slice %x[2:1000] : tensor<1000xf64> -> tensor<998xf64>
  %e = atled.add %left, %right : tensor<998xf64>
  %inner = atled.slice %d[1:999] : tensor<1000xf64> -> tensor<998xf64>
  check.expect_eq %inner, %e : tensor<998xf64>
  return
}

// Rows: Σ over rows of (row · v)², whose gradient is 2 (row · v) v. One loop of 16 for the product, one to add to the row.
// LOOPS-LABEL: func.func @rows_value_and_grad(
// LOOPS: {{^    scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS: {{^    }$}}
// LOOPS: {{^    scf.if}}
// LOOPS: {{^      scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS: {{^      }$}}
// LOOPS: {{^      scf.for .* = %c0 to %c1000 step %c1 {$}}
// LOOPS-NOT: to %c1000
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }$}}
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

// In a branch, in a loop in the loop, and beside what needs the whole tensor.
// LOOPS-LABEL: func.func @branches_value_and_grad
// LOOPS: scf.for
// LOOPS: scf.for
// LOOPS: scf.for
// LOOPS-NEXT: arith.subi
// LOOPS-NOT: scf.for
// LOOPS: return
func.func private @branches(%x: tensor<6xf64>, %m: tensor<6xi1>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c6 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %p = tensor.extract %m[%i] : tensor<6xi1>
    %q = scf.if %p -> tensor<f64> {
      %e = tensor.extract_slice %x[%i] [1] [1] : tensor<6xf64> to tensor<f64>
      %q = atled.mul %e, %e : tensor<f64>
      scf.yield %q : tensor<f64>
    } else {
      scf.yield %zero : tensor<f64>
    }
    %t = atled.add %s, %q : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func private @beside(%x: tensor<4xf64>, %m: tensor<4xi1>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %p = tensor.extract %m[%i] : tensor<4xi1>
    %q = scf.if %p -> tensor<f64> {
      scf.yield %s : tensor<f64>
    } else {
      %e = tensor.extract_slice %x[%i] [1] [1] : tensor<4xf64> to tensor<f64>
      %d = atled.dot %x, %x : (tensor<4xf64>, tensor<4xf64>) -> tensor<f64>
      %q = atled.mul %e, %d : tensor<f64>
      %t = scf.for %j = %c0 to %i step %c1 iter_args(%a = %s) -> (tensor<f64>) {
        %f = tensor.extract_slice %x[%j] [1] [1] : tensor<4xf64> to tensor<f64>
        %g = atled.mul %f, %q : tensor<f64>
        %b = atled.add %a, %g : tensor<f64>
        scf.yield %b : tensor<f64>
      }
      scf.yield %t : tensor<f64>
    }
    scf.yield %q : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @in_regions() {
  %x = atled.constant dense<[0.5, -1.5, 0.75, 2.25, -0.25, 3.0]> : tensor<6xf64>
  %m = atled.constant dense<[true, false, true, true, false, false]> : tensor<6xi1>
  %one = atled.constant dense<1.0> : tensor<f64>
  %r:2 = ad.vjp @branches(%x, %m) seed(%one) wrt = [0] : (tensor<6xf64>, tensor<6xi1>, tensor<f64>) -> (tensor<f64>, tensor<6xf64>)
  %slope = atled.constant dense<[1.0, 0.0, 1.5, 4.5, 0.0, 0.0]> : tensor<6xf64>
  check.expect_eq %r#1, %slope : tensor<6xf64>
  %y = atled.constant dense<[0.5, -1.5, 0.75, 2.25]> : tensor<4xf64>
  %n = atled.constant dense<[false, true, false, false]> : tensor<4xi1>
  check.gradients @beside at (%y, %n) wrt = [0] order = 2 : tensor<4xf64>, tensor<4xi1>
  return
}

// A loop in a branch adds to the sum that the branch begins with.
// LOOPS-LABEL: func.func @loop_in_branch_value_and_grad
// LOOPS: {{^    scf.if}}
// LOOPS: {{c6 step %c2}}
// LOOPS-NOT: {{c[56] step %c2}}
// LOOPS: return
func.func private @loop_in_branch(%x: tensor<6xf64>, %m: tensor<4xi1>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %zero) -> (tensor<f64>) {
    %p = tensor.extract %m[%i] : tensor<4xi1>
    %e = tensor.extract_slice %x[%i] [1] [1] : tensor<6xf64> to tensor<f64>
    %p2 = atled.mul %e, %e : tensor<f64>
    %q = scf.if %p -> tensor<f64> {
      %o = scf.for %j = %c0 to %i step %c1 iter_args(%u = %p2) -> tensor<f64> {
        %ee = tensor.extract_slice %x[%j] [1] [1] : tensor<6xf64> to tensor<f64>
        %n = atled.mul %ee, %ee : tensor<f64>
        %n2 = atled.mul %u, %n : tensor<f64>
        scf.yield %n2 : tensor<f64>
      }
      scf.yield %o : tensor<f64>
    } else {
      scf.yield %s : tensor<f64>
    }
    %t = atled.add %s, %q : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @in_branches() {
  %x = atled.constant dense<[0.5, -1.5, 0.75, 2.25, -0.25, 3.0]> : tensor<6xf64>
  %m = atled.constant dense<[true, false, true, true]> : tensor<4xi1>
  check.gradients @loop_in_branch at (%x, %m) wrt = [0] order = 2 : tensor<6xf64>, tensor<4xi1>
  return
}

// A factor of Cholesky, row by row (without roots): the innermost loop reads elements of what the two around it carry.
// Kept are those, n³ at most, not n² matrices.
// RESIDUALS: @cholesky.vjp.0 keeps 11520 bytes for its way back
// RESIDUALS-NEXT: 5760 bytes: 10 x 9 x 8 x tensor<f64>, the result of 'tensor.extract_slice'
// RESIDUALS: 5760 bytes: 10 x 9 x 8 x tensor<f64>, the result of 'tensor.extract_slice'
func.func private @cholesky(%a: tensor<10x10xf64>) -> tensor<10x10xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c10 = arith.constant 10 : index
  %zero = atled.constant dense<0.0> : tensor<10x10xf64>
  %none = atled.constant dense<0.0> : tensor<f64>
  %l = scf.for %i = %c0 to %c10 step %c1 iter_args(%rows = %zero) -> tensor<10x10xf64> {
    %row = scf.for %j = %c0 to %i step %c1 iter_args(%m = %rows) -> tensor<10x10xf64> {
      %sum = scf.for %k = %c0 to %j step %c1 iter_args(%s = %none) -> tensor<f64> {
        %lik = tensor.extract_slice %m[%i, %k] [1, 1] [1, 1] : tensor<10x10xf64> to tensor<f64>
        %ljk = tensor.extract_slice %m[%j, %k] [1, 1] [1, 1] : tensor<10x10xf64> to tensor<f64>
        %p = atled.mul %lik, %ljk : tensor<f64>
        %t = atled.add %s, %p : tensor<f64>
        scf.yield %t : tensor<f64>
      }
      %aij = tensor.extract_slice %a[%i, %j] [1, 1] [1, 1] : tensor<10x10xf64> to tensor<f64>
      %d = atled.sub %aij, %sum : tensor<f64>
      %n = tensor.insert_slice %d into %m[%i, %j] [1, 1] [1, 1] : tensor<f64> into tensor<10x10xf64>
      scf.yield %n : tensor<10x10xf64>
    }
    scf.yield %row : tensor<10x10xf64>
  }
  return %l : tensor<10x10xf64>
}
func.func @two_loops_inside() {
  %k = atled.iota dimension = 0 : tensor<100xf64>
  %s = atled.sin %k : tensor<100xf64>
  %a = atled.reshape %s : tensor<100xf64> -> tensor<10x10xf64>
  check.gradients @cholesky at (%a) order = 2 : tensor<10x10xf64>
  return
}
