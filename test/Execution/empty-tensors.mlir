// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check %s -O0 | FileCheck %s

// Tensors without elements pass through functions, and nothing is taken out of them or put into others.

// CHECK: 4 tests, 9 checks passed, 0 failed

func.func private @double(%x: tensor<2x0x3xf64>) -> tensor<2x0x3xf64> {
  %y = atled.add %x, %x : tensor<2x0x3xf64>
  return %y : tensor<2x0x3xf64>
}

func.func @through_calls() {
  %x = atled.constant dense<1.0> : tensor<2x0x3xf64>
  %y = call @double(%x) : (tensor<2x0x3xf64>) -> tensor<2x0x3xf64>
  %dx:2 = ad.vjp @double(%x) seed(%x) wrt = [0]
      : (tensor<2x0x3xf64>, tensor<2x0x3xf64>) -> (tensor<2x0x3xf64>, tensor<2x0x3xf64>)
  check.expect_eq %y, %x : tensor<2x0x3xf64>
  check.expect_eq %dx#1, %x : tensor<2x0x3xf64>
  return
}

func.func @parts() {
  %x = atled.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  %none = atled.constant dense<[]> : tensor<0xf64>
  %i = atled.constant dense<7> : tensor<i32>
  %slice = atled.slice %x[3:3] : tensor<3xf64> -> tensor<0xf64>
  check.expect_eq %slice, %none : tensor<0xf64>
  %part = atled.dynamic_slice %x[%i] sizes = [0] out_of_range = clamp
      : (tensor<3xf64>, tensor<i32>) -> tensor<0xf64>
  check.expect_eq %part, %none : tensor<0xf64>
  %update = atled.dynamic_update_slice %none into %x[%i] out_of_range = clamp
      : (tensor<3xf64>, tensor<0xf64>, tensor<i32>) -> tensor<3xf64>
  check.expect_eq %update, %x : tensor<3xf64>
  %joined = atled.concatenate %none, %x, %none dimension = 0
      : (tensor<0xf64>, tensor<3xf64>, tensor<0xf64>) -> tensor<3xf64>
  check.expect_eq %joined, %x : tensor<3xf64>
  return
}

// The cotangent of what is padded has no elements, and all of it belongs to the padding.
func.func private @pad(%x: tensor<0xf64>, %value: tensor<f64>) -> tensor<3xf64> {
  %y = atled.pad %x, %value low = [2] high = [1] interior = [3] : (tensor<0xf64>, tensor<f64>) -> tensor<3xf64>
  return %y : tensor<3xf64>
}

func.func @padding() {
  %none = atled.constant dense<[]> : tensor<0xf64>
  %value = atled.constant dense<5.0> : tensor<f64>
  %seed = atled.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  %r:3 = ad.vjp @pad(%none, %value) seed(%seed) wrt = [0, 1]
      : (tensor<0xf64>, tensor<f64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<0xf64>, tensor<f64>)
  check.expect_eq %r#1, %none : tensor<0xf64>
  %sum = atled.constant dense<6.0> : tensor<f64>
  check.expect_eq %r#2, %sum : tensor<f64>
  return
}

// What is left of an operation on none is an operation on constants.
func.func private @length(%x: tensor<0xf64>) -> tensor<f64> {
  %r = atled.norm %x dimensions = [0] : tensor<0xf64> -> tensor<f64>
  return %r : tensor<f64>
}
func.func @norm() {
  %none = atled.constant dense<[]> : tensor<0xf64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %length = call @length(%none) : (tensor<0xf64>) -> tensor<f64>
  check.expect_eq %length, %zero : tensor<f64>
  return
}
