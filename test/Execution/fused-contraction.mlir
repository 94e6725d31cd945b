// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check %s -O0 | FileCheck %s

// A contraction of no dimensions, fused with what repeats its elements.

// CHECK: 1 test, 1 checks passed, 0 failed

func.func private @repeat(%s: tensor<f64>, %x: tensor<2xf64>) -> tensor<2x3xf64> {
  %scaled = atled.contract %s, %x batch = [] x [] contracting = [] x [] : (tensor<f64>, tensor<2xf64>) -> tensor<2xf64>
  %y = atled.broadcast %scaled dimensions = [0] : tensor<2xf64> -> tensor<2x3xf64>
  return %y : tensor<2x3xf64>
}

func.func @repeated_product() {
  %s = atled.constant dense<3.0> : tensor<f64>
  %x = atled.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %y = call @repeat(%s, %x) : (tensor<f64>, tensor<2xf64>) -> tensor<2x3xf64>
  %expected = atled.constant dense<[[3.0, 3.0, 3.0], [6.0, 6.0, 6.0]]> : tensor<2x3xf64>
  check.expect_eq %y, %expected : tensor<2x3xf64>
  return
}
