// RUN: atled-opt %s -check-erase-tests -split-input-file -verify-diagnostics | FileCheck %s

// CHECK-LABEL: func @square
func.func @square(%x: tensor<3xf64>) -> tensor<3xf64> {
  return %x : tensor<3xf64>
}

// A function without arguments that checks nothing is a program like others.
// CHECK-LABEL: func @constant
func.func @constant() -> tensor<f64> {
  %x = arith.constant dense<1.0> : tensor<f64>
  return %x : tensor<f64>
}

// CHECK-NOT: func
func.func @test() {
  %x = arith.constant dense<1.0> : tensor<3xf64>
  check.gradients @square at (%x) : tensor<3xf64>
  return
}

// -----

// expected-error@+1 {{the test @called is called}}
func.func @called() {
  %x = arith.constant dense<1.0> : tensor<f64>
  check.expect_eq %x, %x : tensor<f64>
  return
}
func.func @caller() {
  call @called() : () -> ()
  return
}
