// The determinant of a matrix by expansion along the first row of what is left, where the function calls itself for
// each minor. Its gradient is the matrix of cofactors, the determinant times the inverse of the transpose: also where
// there is no inverse.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// Of row `row`, each column that no row above has taken, with alternating
// signs. Its gradient is the matrix of cofactors.
func.func private @determinant(%a: tensor<4x4xf64>, %row: tensor<i64>, %taken: tensor<4xi1>) -> tensor<f64>
    attributes {ad.max_depth = 5 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %n = arith.constant 4 : i64
  %r = tensor.extract %row[] : tensor<i64>
  %ends = arith.cmpi sge, %r, %n : i64
  %det = scf.if %ends -> (tensor<f64>) {
    %one = atled.constant dense<1.0> : tensor<f64>
    scf.yield %one : tensor<f64>
  } else {
    %plus = atled.constant dense<1.0> : tensor<f64>
    %zero = atled.constant dense<0.0> : tensor<f64>
    %one = atled.constant dense<1> : tensor<i64>
    %below = atled.add %row, %one : tensor<i64>
    %sum:2 = scf.for %j = %c0 to %c4 step %c1 iter_args(%s = %zero, %sign = %plus) -> (tensor<f64>, tensor<f64>) {
      %isTaken = tensor.extract %taken[%j] : tensor<4xi1>
      %next:2 = scf.if %isTaken -> (tensor<f64>, tensor<f64>) {
        scf.yield %s, %sign : tensor<f64>, tensor<f64>
      } else {
        %true = arith.constant true
        %now = tensor.insert %true into %taken[%j] : tensor<4xi1>
        %minor = func.call @determinant(%a, %below, %now) : (tensor<4x4xf64>, tensor<i64>, tensor<4xi1>) -> tensor<f64>
        %i = arith.index_cast %r : i64 to index
        %e = tensor.extract_slice %a[%i, %j] [1, 1] [1, 1] : tensor<4x4xf64> to tensor<1x1xf64>
        %f = atled.reshape %e : tensor<1x1xf64> -> tensor<f64>
        %signed = atled.mul %sign, %f : tensor<f64>
        %term = atled.mul %signed, %minor : tensor<f64>
        %t = atled.add %s, %term : tensor<f64>
        %minus = atled.neg %sign : tensor<f64>
        scf.yield %t, %minus : tensor<f64>, tensor<f64>
      }
      scf.yield %next#0, %next#1 : tensor<f64>, tensor<f64>
    }
    scf.yield %sum#0 : tensor<f64>
  }
  return %det : tensor<f64>
}
func.func private @det(%a: tensor<4x4xf64>) -> tensor<f64> {
  %row = atled.constant dense<0> : tensor<i64>
  %taken = atled.constant dense<false> : tensor<4xi1>
  %d = call @determinant(%a, %row, %taken) : (tensor<4x4xf64>, tensor<i64>, tensor<4xi1>) -> tensor<f64>
  return %d : tensor<f64>
}
func.func @determinants() {
  // 2 at the diagonal, 1 beside it: the determinant is 5.
  %a = atled.constant dense<[[2.0, 1.0, 0.0, 0.0], [1.0, 2.0, 1.0, 0.0], [0.0, 1.0, 2.0, 1.0], [0.0, 0.0, 1.0, 2.0]]> : tensor<4x4xf64>
  %r:2 = ad.value_and_grad @det(%a) wrt = [0] : (tensor<4x4xf64>) -> (tensor<f64>, tensor<4x4xf64>)
  %five = atled.constant dense<5.0> : tensor<f64>
  check.expect_eq %r#0, %five : tensor<f64>
  %cofactors = atled.constant dense<[[4.0, -3.0, 2.0, -1.0], [-3.0, 6.0, -4.0, 2.0], [2.0, -4.0, 6.0, -3.0], [-1.0, 2.0, -3.0, 4.0]]> : tensor<4x4xf64>
  check.expect_eq %r#1, %cofactors : tensor<4x4xf64>
  check.gradients @det at (%a) : tensor<4x4xf64>
  return
}

// The expected numbers are determinants of minors in whole numbers.
func.func @any_matrix() {
  %a = atled.constant dense<[[3.0, -1.0, 4.0, 1.0], [-5.0, 9.0, 2.0, 6.0], [5.0, 3.0, -5.0, 8.0], [9.0, 7.0, 9.0, -3.0]]> : tensor<4x4xf64>
  %r:2 = ad.value_and_grad @det(%a) wrt = [0] : (tensor<4x4xf64>) -> (tensor<f64>, tensor<4x4xf64>)
  %d = atled.constant dense<6694.0> : tensor<f64>
  check.expect_eq %r#0, %d : tensor<f64>
  %c = atled.constant dense<[[-11.0, -999.0, 1156.0, 1104.0], [-379.0, 267.0, 274.0, 308.0], [403.0, 87.0, -362.0, 326.0], [313.0, 433.0, -32.0, -378.0]]> : tensor<4x4xf64>
  check.expect_eq %r#1, %c : tensor<4x4xf64>
  // Along a matrix of rank one, a determinant changes at a constant rate: the product of the Hessian with ones is how
  // much the cofactors grow when 1 is added to all elements.
  %ones = atled.constant dense<1.0> : tensor<4x4xf64>
  %h = ad.hvp @det(%a) tangent(%ones) wrt = [0] : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  %g = atled.constant dense<[[-65.0, -335.0, 240.0, 160.0], [-165.0, 115.0, 30.0, 20.0], [129.0, 47.0, -206.0, 30.0], [101.0, 173.0, -64.0, -210.0]]> : tensor<4x4xf64>
  check.expect_eq %h, %g : tensor<4x4xf64>
  return
}
func.func @singular_matrix() {
  // The last row is the sum of the first two.
  %a = atled.constant dense<[[1.0, 2.0, 3.0, 4.0], [-2.0, 5.0, 1.0, 0.0], [7.0, -1.0, 2.0, 3.0], [-1.0, 7.0, 4.0, 4.0]]> : tensor<4x4xf64>
  %r:2 = ad.value_and_grad @det(%a) wrt = [0] : (tensor<4x4xf64>) -> (tensor<f64>, tensor<4x4xf64>)
  %d = atled.constant dense<0.0> : tensor<f64>
  check.expect_eq %r#0, %d : tensor<f64>
  %c = atled.constant dense<[[5.0, 23.0, -105.0, 66.0], [5.0, 23.0, -105.0, 66.0], [0.0, 0.0, 0.0, 0.0], [-5.0, -23.0, 105.0, -66.0]]> : tensor<4x4xf64>
  check.expect_eq %r#1, %c : tensor<4x4xf64>
  return
}
