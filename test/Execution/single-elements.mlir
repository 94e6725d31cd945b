// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check %s -O0 | FileCheck %s

// A tensor of one element is a view of one without dimensions, into which parts are put that may have no elements.

// CHECK: 2 tests, 3 checks passed, 0 failed

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
