// RUN: atled-opt %s -check-to-outputs -allow-unregistered-dialect -split-input-file -verify-diagnostics | FileCheck %s

func.func private @square(%x: tensor<3xf64>, %n: tensor<i32>) -> (tensor<3xf64>, tensor<i32>) {
  return %x, %n : tensor<3xf64>, tensor<i32>
}

// Constants become arguments, operands of checks results.
// CHECK-LABEL: func @values
// CHECK-SAME: (%[[X:.*]]: tensor<3xf64>, %[[N:.*]]: tensor<i32>) -> (tensor<3xf64>, tensor<3xf64>, tensor<i32>, tensor<i32>)
func.func @values() {
  %x = arith.constant dense<1.0> : tensor<3xf64>
  %n = arith.constant dense<7> : tensor<i32>
  // A scalar is no tensor: it may say how large something is.
  // CHECK: %[[I:.*]] = arith.constant 4 : index
  %i = arith.constant 4 : index
  "test.use"(%i) : (index) -> ()
  // CHECK: %[[Y:.*]]:2 = call @square(%[[X]], %[[N]])
  %y:2 = call @square(%x, %n) : (tensor<3xf64>, tensor<i32>) -> (tensor<3xf64>, tensor<i32>)
  // CHECK-NOT: check.
  check.expect_close %y#0, %x within rtol = 1.0e-6 : tensor<3xf64>
  check.expect_eq %y#1, %n : tensor<i32>
  // CHECK: return %[[Y]]#0, %[[X]], %[[Y]]#1, %[[N]]
  return
}

// Results that are there stay in front.
// CHECK-LABEL: func @with_results
// CHECK-SAME: (%[[X:.*]]: tensor<3xf64>)
// CHECK: return %[[X]], %[[X]], %[[X]]
func.func @with_results() -> tensor<3xf64> {
  %x = arith.constant dense<1.0> : tensor<3xf64>
  check.expect_eq %x, %x : tensor<3xf64>
  return %x : tensor<3xf64>
}

// -----

// expected-note@+1 {{a test is a public function of the outermost module, without arguments}}
func.func @takes_arguments(%x: tensor<f64>) {
  // expected-error@+1 {{'check.expect_eq' op stands in a function that is no test: @takes_arguments takes arguments}}
  check.expect_eq %x, %x : tensor<f64>
  return
}

// -----

// expected-note@+1 {{a test is a public function}}
func.func private @hidden() {
  %x = arith.constant dense<1.0> : tensor<f64>
  // expected-error@+1 {{'check.expect_eq' op stands in a function that is no test: @hidden is private}}
  check.expect_eq %x, %x : tensor<f64>
  return
}

// -----

module @outer {
  module @inner_module {
  // expected-note@+1 {{a test is a public function}}
  func.func @inner() {
    %x = arith.constant dense<1.0> : tensor<f64>
    // expected-error@+1 {{'check.expect_eq' op stands in a function that is no test: @inner is nested}}
    check.expect_eq %x, %x : tensor<f64>
    return
  }
  }
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

// -----

func.func @dynamic() {
  %x = arith.constant dense<1.0> : tensor<4xf64>
  %y = tensor.cast %x : tensor<4xf64> to tensor<?xf64>
  // expected-error@+1 {{'check.expect_eq' op needs to know how large its operand is, and the type is 'tensor<?xf64>'; cast it with 'tensor.cast' to the size that is expected}}
  check.expect_eq %y, %y : tensor<?xf64>
  return
}

// -----

// expected-error@+1 {{the test @blocks has more than one block}}
func.func @blocks() {
  %x = arith.constant dense<1.0> : tensor<4xf64>
  check.expect_eq %x, %x : tensor<4xf64>
  cf.br ^end
^end:
  return
}
