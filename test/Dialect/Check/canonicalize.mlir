// RUN: atled-opt %s -canonicalize -cse -symbol-dce | FileCheck %s

func.func private @f(%x: tensor<3xf64>) -> tensor<3xf64> {
  return %x : tensor<3xf64>
}

// A check is no dead code, and saying a thing twice is no redundancy.
// CHECK: func private @f
// CHECK-LABEL: func @survives
// CHECK: check.expect_eq
// CHECK: check.expect_eq
// CHECK: check.expect_close
// CHECK: check.gradients
func.func @survives() {
  %x = arith.constant dense<1.0> : tensor<3xf64>
  check.expect_eq %x, %x : tensor<3xf64>
  check.expect_eq %x, %x : tensor<3xf64>
  check.expect_close %x, %x within ulps = 1 : tensor<3xf64>
  check.gradients @f at (%x) : tensor<3xf64>
  return
}
