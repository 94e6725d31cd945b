// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check %s -O0 | FileCheck %s

// A tensor of one element is a view of one without dimensions, into which parts are put that may have no elements; and a
// window may have one element in one of its dimensions, beside an index vector of one.

// CHECK: 4 tests, 7 checks passed, 0 failed

func.func private @put(%x: tensor<f32>, %i: tensor<i64>, %u: tensor<f32>) -> tensor<f32> {
  %row = atled.reshape %x : tensor<f32> -> tensor<1xf32>
  %at = atled.reshape %i : tensor<i64> -> tensor<1xi64>
  %update = atled.reshape %u : tensor<f32> -> tensor<1xf32>
  %put = atled.scatter set, %update into %row[%at] offset = [] collapsed = [0] indexed = [0] vector = 1
      out_of_range = drop : (tensor<1xf32>, tensor<1xi64>, tensor<1xf32>) -> tensor<1xf32>
  %y = atled.reshape %put : tensor<1xf32> -> tensor<f32>
  return %y : tensor<f32>
}
func.func @scatter_of_scalars() {
  %x = atled.constant dense<2.0> : tensor<f32>
  %u = atled.constant dense<3.0> : tensor<f32>
  %inside = atled.constant dense<0> : tensor<i64>
  %outside = atled.constant dense<1> : tensor<i64>
  %y = call @put(%x, %inside, %u) : (tensor<f32>, tensor<i64>, tensor<f32>) -> tensor<f32>
  %z = call @put(%x, %outside, %u) : (tensor<f32>, tensor<i64>, tensor<f32>) -> tensor<f32>
  check.expect_eq %y, %u : tensor<f32>
  check.expect_eq %z, %x : tensor<f32>
  return
}

func.func private @add_square(%x: tensor<f32>, %i: tensor<1x2xi64>, %u: tensor<1x1xf32>) -> tensor<f32> {
  %square = atled.reshape %x : tensor<f32> -> tensor<1x1xf32>
  %sum = atled.scatter add, %u into %square[%i] offset = [1] collapsed = [0] indexed = [0, 1] vector = 1
      out_of_range = drop : (tensor<1x1xf32>, tensor<1x2xi64>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %y = atled.reshape %sum : tensor<1x1xf32> -> tensor<f32>
  return %y : tensor<f32>
}
func.func @windows_of_scalars() {
  %x = atled.constant dense<2.0> : tensor<f32>
  %i = atled.constant dense<0> : tensor<1x2xi64>
  %u = atled.constant dense<3.0> : tensor<1x1xf32>
  %five = atled.constant dense<5.0> : tensor<f32>
  %y = call @add_square(%x, %i, %u) : (tensor<f32>, tensor<1x2xi64>, tensor<1x1xf32>) -> tensor<f32>
  check.expect_eq %y, %five : tensor<f32>
  return
}

// What goes back to the rows that a window comes from.
func.func private @take(%x: tensor<3x2xf64>, %i: tensor<1xi32>) -> tensor<1x2x1xf64> {
  %y = atled.gather %x[%i] sizes = [1, 2] offset = [0, 1] collapsed = [] indexed = [0] vector = 1
      : (tensor<3x2xf64>, tensor<1xi32>) -> tensor<1x2x1xf64>
  return %y : tensor<1x2x1xf64>
}
func.func @window_of_a_row() {
  %x = atled.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf64>
  %i = atled.constant dense<2> : tensor<1xi32>
  %seed = atled.constant dense<[[[7.0], [8.0]]]> : tensor<1x2x1xf64>
  %dx:2 = ad.vjp @take(%x, %i) seed(%seed) wrt = [0]
      : (tensor<3x2xf64>, tensor<1xi32>, tensor<1x2x1xf64>) -> (tensor<1x2x1xf64>, tensor<3x2xf64>)
  %row = atled.constant dense<[[[5.0], [6.0]]]> : tensor<1x2x1xf64>
  %back = atled.constant dense<[[0.0, 0.0], [0.0, 0.0], [7.0, 8.0]]> : tensor<3x2xf64>
  check.expect_eq %dx#0, %row : tensor<1x2x1xf64>
  check.expect_eq %dx#1, %back : tensor<3x2xf64>
  return
}

// Moved inside, the window begins at column 0.
func.func private @replace(%x: tensor<3x2xf64>, %i: tensor<1x1xi32>, %u: tensor<1x2x1xf64>) -> tensor<3x2xf64> {
  %y = atled.scatter set, %u into %x[%i] offset = [0, 1] collapsed = [] indexed = [1] vector = 0 out_of_range = clamp
      : (tensor<3x2xf64>, tensor<1x1xi32>, tensor<1x2x1xf64>) -> tensor<3x2xf64>
  return %y : tensor<3x2xf64>
}
func.func @window_in_a_row() {
  %x = atled.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf64>
  %i = atled.constant dense<1> : tensor<1x1xi32>
  %u = atled.constant dense<[[[7.0], [8.0]]]> : tensor<1x2x1xf64>
  %dx:2 = ad.vjp @replace(%x, %i, %u) seed(%x) wrt = [2]
      : (tensor<3x2xf64>, tensor<1x1xi32>, tensor<1x2x1xf64>, tensor<3x2xf64>) -> (tensor<3x2xf64>, tensor<1x2x1xf64>)
  %replaced = atled.constant dense<[[7.0, 8.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf64>
  %back = atled.constant dense<[[[1.0], [2.0]]]> : tensor<1x2x1xf64>
  check.expect_eq %dx#0, %replaced : tensor<3x2xf64>
  check.expect_eq %dx#1, %back : tensor<1x2x1xf64>
  return
}
