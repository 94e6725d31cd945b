// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The cotangent is added where the elements came from: repeated indices add up.
func.func private @f(%x: tensor<3x2xf64>, %i: tensor<4xi32>) -> tensor<4x2xf64> {
  %result = atled.gather %x[%i] sizes = [1, 2] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<3x2xf64>, tensor<4xi32>) -> tensor<4x2xf64>
  return %result : tensor<4x2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<3x2xf64>, %[[I:.*]]: tensor<4xi32>, %[[DX:.*]]: tensor<3x2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.gather %[[X]][%[[I]]]
// CHECK-NEXT: %[[OUT:.*]] = atled.gather %[[DX]][%[[I]]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<3x2xf64>, %i: tensor<4xi32>, %dx: tensor<3x2xf64>) -> (tensor<4x2xf64>, tensor<4x2xf64>) {
  %r:2 = ad.jvp @f(%x, %i) tangent(%dx) wrt = [0]
      : (tensor<3x2xf64>, tensor<4xi32>, tensor<3x2xf64>) -> (tensor<4x2xf64>, tensor<4x2xf64>)
  return %r#0, %r#1 : tensor<4x2xf64>, tensor<4x2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<3x2xf64>, %[[I:.*]]: tensor<4xi32>, %[[SEED:.*]]: tensor<4x2xf64>) ->
// CHECK: %[[OUT:.*]] = atled.scatter add, %[[SEED]] into %{{.*}}[%[[I]]] {{.*}} out_of_range = clamp
// CHECK-NEXT: return %{{.*}}, %[[OUT]]
func.func @reverse(%x: tensor<3x2xf64>, %i: tensor<4xi32>, %seed: tensor<4x2xf64>) -> (tensor<4x2xf64>, tensor<3x2xf64>) {
  %r:2 = ad.vjp @f(%x, %i) seed(%seed) wrt = [0]
      : (tensor<3x2xf64>, tensor<4xi32>, tensor<4x2xf64>) -> (tensor<4x2xf64>, tensor<3x2xf64>)
  return %r#0, %r#1 : tensor<4x2xf64>, tensor<3x2xf64>
}

func.func @repeated_indices() {
  %x = atled.constant dense<[[0.5, 1.5], [-0.7, 2.25], [-1.0, 0.3]]> : tensor<3x2xf64>
  %i = atled.constant dense<[2, 0, 2, 2]> : tensor<4xi32>
  %seed = atled.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf64>
  %r:2 = ad.vjp @f(%x, %i) seed(%seed) wrt = [0]
      : (tensor<3x2xf64>, tensor<4xi32>, tensor<4x2xf64>) -> (tensor<4x2xf64>, tensor<3x2xf64>)
  %y = atled.constant dense<[[-1.0, 0.3], [0.5, 1.5], [-1.0, 0.3], [-1.0, 0.3]]> : tensor<4x2xf64>
  %dx = atled.constant dense<[[3.0, 4.0], [0.0, 0.0], [13.0, 16.0]]> : tensor<3x2xf64>
  check.expect_eq %r#0, %y : tensor<4x2xf64>
  check.expect_eq %r#1, %dx : tensor<3x2xf64>
  check.gradients @f at (%x, %i) wrt = [0] order = 2 : tensor<3x2xf64>, tensor<4xi32>
  return
}

// A loop that reads by a gather adds in place: Σ x[i]² over the rows, whose slope is 2x.
func.func private @rows(%x: tensor<3x2xf64>) -> tensor<2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %zero = atled.constant dense<0.0> : tensor<2xf64>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%sum = %zero) -> (tensor<2xf64>) {
    %k = arith.index_cast %i : index to i64
    %t = tensor.from_elements %k : tensor<1xi64>
    %row = atled.gather %x[%t] sizes = [1, 2] offset = [0] collapsed = [0] indexed = [0] vector = 0
        : (tensor<3x2xf64>, tensor<1xi64>) -> tensor<2xf64>
    %square = atled.mul %row, %row : tensor<2xf64>
    %next = atled.add %sum, %square : tensor<2xf64>
    scf.yield %next : tensor<2xf64>
  }
  return %r : tensor<2xf64>
}
func.func @rows_of_a_loop() {
  %x = atled.constant dense<[[0.5, 1.5], [-0.5, 2.25], [-1.0, 0.25]]> : tensor<3x2xf64>
  %seed = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @rows(%x) seed(%seed) wrt = [0] : (tensor<3x2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<3x2xf64>)
  %dx = atled.constant dense<[[1.0, 3.0], [-1.0, 4.5], [-2.0, 0.5]]> : tensor<3x2xf64>
  check.expect_eq %r#1, %dx : tensor<3x2xf64>
  check.gradients @rows at (%x) order = 2 : tensor<3x2xf64>
  return
}

// Out of range, whatever was promised: the nearest place, which the cotangent goes to as well.
func.func @out_of_range() {
  %x = atled.constant dense<[[0.5, 1.5], [-0.7, 2.25], [-1.0, 0.3]]> : tensor<3x2xf64>
  %i = atled.constant dense<[7, -5, 1, -2147483648]> : tensor<4xi32>
  %seed = atled.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf64>
  %r:2 = ad.vjp @f(%x, %i) seed(%seed) wrt = [0]
      : (tensor<3x2xf64>, tensor<4xi32>, tensor<4x2xf64>) -> (tensor<4x2xf64>, tensor<3x2xf64>)
  %y = atled.constant dense<[[-1.0, 0.3], [0.5, 1.5], [-0.7, 2.25], [0.5, 1.5]]> : tensor<4x2xf64>
  %dx = atled.constant dense<[[10.0, 12.0], [5.0, 6.0], [1.0, 2.0]]> : tensor<3x2xf64>
  check.expect_eq %r#0, %y : tensor<4x2xf64>
  check.expect_eq %r#1, %dx : tensor<3x2xf64>
  return
}
