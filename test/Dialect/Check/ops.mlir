// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s -mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s -emit-bytecode | atled-opt | FileCheck %s

func.func private @f(%x: tensor<3xf64>, %n: tensor<i32>) -> tensor<3xf64> {
  return %x : tensor<3xf64>
}

// CHECK-LABEL: func @close
func.func @close() {
  %x = arith.constant dense<1.0> : tensor<4xf32>
  // CHECK: check.expect_close %[[X:.*]], %[[X]] within rtol = 9.9999999999999995E-7 atol = 1.000000e-01 ulps = 4 : tensor<4xf32>
  check.expect_close %x, %x within rtol = 1.0e-6 atol = 0.1 ulps = 4 : tensor<4xf32>
  // CHECK: check.expect_close %[[X]], %[[X]] within atol = 2.000000e+00 : tensor<4xf32>
  check.expect_close %x, %x within atol = 2.0 : tensor<4xf32>
  return
}

// CHECK-LABEL: func @equal
func.func @equal(%x: tensor<?xi32>) {
  // CHECK: check.expect_eq %[[X:.*]], %[[X]] : tensor<?xi32>
  check.expect_eq %x, %x : tensor<?xi32>
  return
}

// CHECK-LABEL: func @gradients
func.func @gradients() {
  %x = arith.constant dense<1.0> : tensor<3xf64>
  %n = arith.constant dense<1> : tensor<i32>
  // CHECK: check.gradients @f at(%[[X:.*]], %[[N:.*]]) : tensor<3xf64>, tensor<i32>
  check.gradients @f at (%x, %n) : tensor<3xf64>, tensor<i32>
  // CHECK: check.gradients @f at(%[[X]], %[[N]]) wrt = [0] rtol = 1.000000e-03 step = 1.000000e-02 order = 2 : tensor<3xf64>, tensor<i32>
  check.gradients @f at (%x, %n) wrt = [0] rtol = 1.0e-3 step = 0.01 order = 2 : tensor<3xf64>, tensor<i32>
  return
}
