// The gradient of a loop that writes parts of a table costs what it touches: going back, the body takes the cotangent of
// the part out and writes zeros over it, in place, and has no loop over the whole table. Sums of integers have gradients
// that can be written down; the others are those of the same loop in Python, which is linear, on each unit vector.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s
// RUN: atled-compile %s --grad=prefix_sums,scattered,any_size,paths --wrt=0 --emit=mlir --compile-to=loops -o - | FileCheck %s --check-prefix=LOOPS --strict-whitespace

// CHECK: checks passed, 0 failed

// Σᵢ tᵢ, where tᵢ = xᵢ + tᵢ₋₁: xⱼ is in all from j on.
// LOOPS-LABEL: func.func @prefix_sums_grad(
// LOOPS: {{^    scf.for .* = %c0 to %c999 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }$}}
// LOOPS: return
func.func private @prefix_sums(%x: tensor<1000xf64>) -> tensor<f64> {
  %c1 = arith.constant 1 : index
  %c1000 = arith.constant 1000 : index
  %r = scf.for %i = %c1 to %c1000 step %c1 iter_args(%t = %x) -> (tensor<1000xf64>) {
    %k = arith.index_cast %i : index to i64
    %p = tensor.from_elements %k : tensor<i64>
    %one = atled.constant dense<1> : tensor<i64>
    %q = atled.sub %p, %one : tensor<i64>
    %a = atled.dynamic_slice %t[%q] sizes = [1] : (tensor<1000xf64>, tensor<i64>) -> tensor<1xf64>
    %b = atled.dynamic_slice %t[%p] sizes = [1] : (tensor<1000xf64>, tensor<i64>) -> tensor<1xf64>
    %s = atled.add %a, %b : tensor<1xf64>
    %u = atled.dynamic_update_slice %s into %t[%p] : (tensor<1000xf64>, tensor<1xf64>, tensor<i64>) -> tensor<1000xf64>
    scf.yield %u : tensor<1000xf64>
  }
  %f = atled.reduce_sum %r dimensions = [0] : tensor<1000xf64> -> tensor<f64>
  return %f : tensor<f64>
}

func.func @all_from_each_on() {
  %k = atled.iota dimension = 0 : tensor<1000xi64>
  %j = atled.convert %k : tensor<1000xi64> to tensor<1000xf64>
  %d = ad.grad @prefix_sums(%j) wrt = [0] : (tensor<1000xf64>) -> tensor<1000xf64>
  %n = atled.constant dense<1000.0> : tensor<1000xf64>
  %e = atled.sub %n, %j : tensor<1000xf64>
  check.expect_eq %d, %e : tensor<1000xf64>
  return
}

// By lists of places: the last of those that are the same counts, so that each tᵢ becomes tᵢ₋₁.
// LOOPS-LABEL: func.func @scattered_grad(
// LOOPS: {{^    scf.for .* = %c0 to %c999 step %c1 {$}}
// LOOPS-NOT: to %c1000
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }$}}
// LOOPS: return
func.func private @scattered(%x: tensor<1000xf64>) -> tensor<f64> {
  %c1 = arith.constant 1 : index
  %c1000 = arith.constant 1000 : index
  %ahead = atled.constant dense<[0, 1, 0]> : tensor<3xi64>
  %factors = atled.constant dense<[3.0, 5.0, 1.0]> : tensor<3xf64>
  %r = scf.for %i = %c1 to %c1000 step %c1 iter_args(%t = %x) -> (tensor<1000xf64>) {
    %k = arith.index_cast %i : index to i64
    %p = tensor.from_elements %k : tensor<i64>
    %places = atled.broadcast %p dimensions = [] : tensor<i64> -> tensor<3xi64>
    %at = atled.add %places, %ahead : tensor<3xi64>
    %one = atled.constant dense<1> : tensor<3xi64>
    %before = atled.sub %places, %one : tensor<3xi64>
    %a = atled.gather %t[%before] sizes = [1] offset = [] collapsed = [0] indexed = [0] vector = 1
        : (tensor<1000xf64>, tensor<3xi64>) -> tensor<3xf64>
    %s = atled.mul %a, %factors : tensor<3xf64>
    %u = atled.scatter set, %s into %t[%at] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
        : (tensor<1000xf64>, tensor<3xi64>, tensor<3xf64>) -> tensor<1000xf64>
    scf.yield %u : tensor<1000xf64>
  }
  %f = atled.reduce_sum %r dimensions = [0] : tensor<1000xf64> -> tensor<f64>
  return %f : tensor<f64>
}

func.func @all_are_the_first() {
  %x = atled.constant dense<2.5> : tensor<1000xf64>
  %d = ad.grad @scattered(%x) wrt = [0] : (tensor<1000xf64>) -> tensor<1000xf64>
  %zero = atled.constant dense<0.0> : tensor<1000xf64>
  %n = atled.constant dense<1000.0> : tensor<1xf64>
  %e = tensor.insert_slice %n into %zero[0] [1] [1] : tensor<1xf64> into tensor<1000xf64>
  check.expect_eq %d, %e : tensor<1000xf64>
  return
}

// Windows that overlap, as large as the program says: of two elements, each becomes its neighbour on the left.
// LOOPS-LABEL: func.func @any_size_grad(
// LOOPS: {{^    scf.for .* = %c0 to %[0-9]+ step %c1 {$}}
// LOOPS-NOT: to %c4000
// LOOPS-NOT: memref.copy
// LOOPS: {{^    }$}}
// LOOPS: return
func.func private @any_size(%x: tensor<4000xf64>, %factors: tensor<?xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4000 = arith.constant 4000 : index
  %size = tensor.dim %factors, %c0 : tensor<?xf64>
  %end = arith.subi %c4000, %size : index
  %r = scf.for %i = %c0 to %end step %c1 iter_args(%t = %x) -> (tensor<4000xf64>) {
    %i1 = arith.addi %i, %c1 : index
    %k = arith.index_cast %i1 : index to i64
    %p = tensor.from_elements %k : tensor<i64>
    %a = tensor.extract_slice %t[%i] [%size] [1] : tensor<4000xf64> to tensor<?xf64>
    %s = atled.mul %a, %factors : tensor<?xf64>
    %u = atled.dynamic_update_slice %s into %t[%p] : (tensor<4000xf64>, tensor<?xf64>, tensor<i64>) -> tensor<4000xf64>
    scf.yield %u : tensor<4000xf64>
  }
  %f = atled.reduce_sum %r dimensions = [0] : tensor<4000xf64> -> tensor<f64>
  return %f : tensor<f64>
}
func.func @all_but_the_last_are_the_first() {
  %x = atled.constant dense<2.5> : tensor<4000xf64>
  %one = atled.constant dense<1.0> : tensor<2xf64>
  %factors = tensor.cast %one : tensor<2xf64> to tensor<?xf64>
  %d = ad.grad @any_size(%x, %factors) wrt = [0] : (tensor<4000xf64>, tensor<?xf64>) -> tensor<4000xf64>
  %zero = atled.constant dense<0.0> : tensor<4000xf64>
  %n = atled.constant dense<[3999.0, 1.0]> : tensor<2xf64>
  %e = tensor.insert_slice %n into %zero[0] [2] [1] : tensor<2xf64> into tensor<4000xf64>
  check.expect_eq %d, %e : tensor<4000xf64>
  return
}

// In nested loops: tᵢⱼ = tᵢ₋₁ⱼ + tᵢⱼ₋₁, so of x₀ⱼ there are in t₆₆ as many as there are paths, C(11 - j, 5).
// LOOPS-LABEL: func.func @paths_grad(
// LOOPS: {{^    scf.for .* = %c0 to %c49 step %c1 {$}}
// LOOPS: {{^      scf.for .* = %c0 to %c49 step %c1 {$}}
// LOOPS-NOT: scf.for
// LOOPS-NOT: memref.copy
// LOOPS: {{^      }$}}
// LOOPS-NEXT: {{^    }$}}
// LOOPS: return
func.func private @paths(%x: tensor<50x50xf64>) -> tensor<f64> {
  %c1 = arith.constant 1 : index
  %c50 = arith.constant 50 : index
  %one = atled.constant dense<1> : tensor<i64>
  %r = scf.for %i = %c1 to %c50 step %c1 iter_args(%t = %x) -> (tensor<50x50xf64>) {
    %k = arith.index_cast %i : index to i64
    %p = tensor.from_elements %k : tensor<i64>
    %p1 = atled.sub %p, %one : tensor<i64>
    %row = scf.for %j = %c1 to %c50 step %c1 iter_args(%s = %t) -> (tensor<50x50xf64>) {
      %l = arith.index_cast %j : index to i64
      %q = tensor.from_elements %l : tensor<i64>
      %q1 = atled.sub %q, %one : tensor<i64>
      %a = atled.dynamic_slice %s[%p1, %q] sizes = [1, 1] : (tensor<50x50xf64>, tensor<i64>, tensor<i64>) -> tensor<1x1xf64>
      %b = atled.dynamic_slice %s[%p, %q1] sizes = [1, 1] : (tensor<50x50xf64>, tensor<i64>, tensor<i64>) -> tensor<1x1xf64>
      %c = atled.add %a, %b : tensor<1x1xf64>
      %u = atled.dynamic_update_slice %c into %s[%p, %q] : (tensor<50x50xf64>, tensor<1x1xf64>, tensor<i64>, tensor<i64>) -> tensor<50x50xf64>
      scf.yield %u : tensor<50x50xf64>
    }
    scf.yield %row : tensor<50x50xf64>
  }
  %f = tensor.extract_slice %r[6, 6] [1, 1] [1, 1] : tensor<50x50xf64> to tensor<f64>
  return %f : tensor<f64>
}
func.func @as_many_as_paths() {
  %x = atled.constant dense<2.5> : tensor<50x50xf64>
  %d = ad.grad @paths(%x) wrt = [0] : (tensor<50x50xf64>) -> tensor<50x50xf64>
  %zero = atled.constant dense<0.0> : tensor<50x50xf64>
  %n = atled.constant dense<[252.0, 126.0, 56.0, 21.0, 6.0, 1.0]> : tensor<6xf64>
  %right = tensor.insert_slice %n into %zero[0, 1] [1, 6] [1, 1] : tensor<6xf64> into tensor<50x50xf64>
  %e = tensor.insert_slice %n into %right[1, 0] [6, 1] [1, 1] : tensor<6xf64> into tensor<50x50xf64>
  check.expect_eq %d, %e : tensor<50x50xf64>
  return
}

// Windows that overlap and that are moved inside, updates in which all of the table is, the table before and after, and
// at last all of it. In Python:
//
//   for r, w in zip([5, 0, 9, -2, 3], [6, 1, -1, 7, 2]):
//     r, w = clamp(r), clamp(w); s = sum(t); old = list(t)
//     t[w:w+3] = [2 * a - s for a in t[r:r+3]]
//     t[4:7] = [a + b for a, b in zip(t[2:5], old[3:6])]
//   return sum((k + 1) * a for k, a in enumerate(t))
func.func private @windows(%x: tensor<8xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %from = atled.constant dense<[5, 0, 9, -2, 3]> : tensor<5xi32>
  %to = atled.constant dense<[6, 1, -1, 7, 2]> : tensor<5xi32>
  %two = atled.constant dense<2.0> : tensor<3xf64>
  %i2 = atled.constant dense<2> : tensor<i32>
  %i3 = atled.constant dense<3> : tensor<i32>
  %i4 = atled.constant dense<4> : tensor<i32>
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%t = %x) -> (tensor<8xf64>) {
    %p = tensor.extract_slice %from[%i] [1] [1] : tensor<5xi32> to tensor<i32>
    %q = tensor.extract_slice %to[%i] [1] [1] : tensor<5xi32> to tensor<i32>
    %a = atled.dynamic_slice %t[%p] sizes = [3] out_of_range = clamp : (tensor<8xf64>, tensor<i32>) -> tensor<3xf64>
    %sum = atled.reduce_sum %t dimensions = [0] : tensor<8xf64> -> tensor<f64>
    %s = atled.broadcast %sum dimensions = [] : tensor<f64> -> tensor<3xf64>
    %b = atled.mul %two, %a : tensor<3xf64>
    %c = atled.sub %b, %s : tensor<3xf64>
    %u = atled.dynamic_update_slice %c into %t[%q] out_of_range = clamp : (tensor<8xf64>, tensor<3xf64>, tensor<i32>) -> tensor<8xf64>
    %d = atled.dynamic_slice %u[%i2] sizes = [3] : (tensor<8xf64>, tensor<i32>) -> tensor<3xf64>
    %e = atled.dynamic_slice %t[%i3] sizes = [3] : (tensor<8xf64>, tensor<i32>) -> tensor<3xf64>
    %f = atled.add %d, %e : tensor<3xf64>
    %v = atled.dynamic_update_slice %f into %u[%i4] : (tensor<8xf64>, tensor<3xf64>, tensor<i32>) -> tensor<8xf64>
    scf.yield %v : tensor<8xf64>
  }
  %weights = atled.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]> : tensor<8xf64>
  %f = atled.dot %weights, %r : (tensor<8xf64>, tensor<8xf64>) -> tensor<f64>
  return %f : tensor<f64>
}
func.func @windows_in_python() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25, 3.0, 1.0, -2.0, 0.75]> : tensor<8xf64>
  %d = ad.grad @windows(%x) wrt = [0] : (tensor<8xf64>) -> tensor<8xf64>
  %e = atled.constant dense<[221.0, 305.0, 64.0, -389.0, -255.0, 23.0, 355.0, -355.0]> : tensor<8xf64>
  check.expect_eq %d, %e : tensor<8xf64>
  return
}

// Lists of windows, some of them at the same place, partly outside and wholly:
//
//   for i in range(4):
//     u = [[(j + 1) * t[clamp(s) + k] for k in range(2)] for j, s in enumerate([i, 7 - i, 2 * i, 1])]
//     for a, window in zip([i - 1, i + 3, i + 4, i + 3], u):
//       for k in range(2):
//         if 0 <= a + k < 8: t[a + k] = window[k]
//   return sum((k + 1) * a for k, a in enumerate(t))
func.func private @lists(%x: tensor<8xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %slope = atled.constant dense<[1, -1, 2, 0]> : tensor<4xi64>
  %start = atled.constant dense<[0, 7, 0, 1]> : tensor<4xi64>
  %ahead = atled.constant dense<[-1, 3, 4, 3]> : tensor<4xi64>
  %factors = atled.constant dense<[[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [4.0, 4.0]]> : tensor<4x2xf64>
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%t = %x) -> (tensor<8xf64>) {
    %k = arith.index_cast %i : index to i64
    %p = tensor.from_elements %k : tensor<i64>
    %b = atled.broadcast %p dimensions = [] : tensor<i64> -> tensor<4xi64>
    %m = atled.mul %slope, %b : tensor<4xi64>
    %from = atled.add %start, %m : tensor<4xi64>
    %to = atled.add %ahead, %b : tensor<4xi64>
    %a = atled.gather %t[%from] sizes = [2] offset = [1] collapsed = [] indexed = [0] vector = 1 out_of_range = clamp
        : (tensor<8xf64>, tensor<4xi64>) -> tensor<4x2xf64>
    %s = atled.mul %a, %factors : tensor<4x2xf64>
    %u = atled.scatter set, %s into %t[%to] offset = [1] collapsed = [] indexed = [0] vector = 1 out_of_range = drop
        : (tensor<8xf64>, tensor<4xi64>, tensor<4x2xf64>) -> tensor<8xf64>
    scf.yield %u : tensor<8xf64>
  }
  %weights = atled.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]> : tensor<8xf64>
  %f = atled.dot %weights, %r : (tensor<8xf64>, tensor<8xf64>) -> tensor<f64>
  return %f : tensor<f64>
}
func.func @lists_in_python() {
  %x = atled.constant dense<[0.5, -1.5, 2.5, 0.25, 3.0, 1.0, -2.0, 0.75]> : tensor<8xf64>
  %d = ad.grad @lists(%x) wrt = [0] : (tensor<8xf64>) -> tensor<8xf64>
  %e = atled.constant dense<[0.0, 177.0, 54.0, 0.0, 0.0, 0.0, 0.0, 0.0]> : tensor<8xf64>
  check.expect_eq %d, %e : tensor<8xf64>
  return
}
