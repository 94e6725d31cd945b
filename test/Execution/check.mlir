// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check %s -O0 | FileCheck %s
// RUN: atled-run --check --entry=values %s | FileCheck %s --check-prefix=ONE
// RUN: not atled-run --check --entry=valeus %s 2>&1 | FileCheck %s --check-prefix=NEAR

// CHECK: 4 tests, 9 checks passed, 0 failed
// ONE: 1 test, 3 checks passed, 0 failed
// NEAR: error: there is no test 'valeus'; did you mean 'values'?

func.func private @square(%x: tensor<3xf64>) -> tensor<3xf64> {
  %y = atled.mul %x, %x : tensor<3xf64>
  return %y : tensor<3xf64>
}

func.func @values() {
  %x = atled.constant dense<[1.0, -2.0, 0x7FF8000000000000]> : tensor<3xf64>
  %y = call @square(%x) : (tensor<3xf64>) -> tensor<3xf64>
  %expected = atled.constant dense<[1.0, 4.0, 0x7FF8000000000000]> : tensor<3xf64>
  check.expect_eq %y, %expected : tensor<3xf64>
  check.expect_close %y, %expected within ulps = 0 : tensor<3xf64>
  %near = atled.constant dense<[1.001, 4.001, 0x7FF8000000000000]> : tensor<3xf64>
  check.expect_close %y, %near within rtol = 1.0e-3 : tensor<3xf64>
  return
}

func.func @gradients_of_every_order() {
  %x = atled.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  check.gradients @square at (%x) : tensor<3xf64>
  check.gradients @square at (%x) wrt = [0] rtol = 1.0e-6 step = 0.1 order = 3 : tensor<3xf64>
  return
}

// An argument that has no derivative, one that is not asked about, two results.
func.func private @scale(%x: tensor<2x2xf32>, %n: tensor<i32>, %k: tensor<2x2xf32>)
    -> (tensor<2x2xf32>, tensor<i32>, tensor<2x2xf32>) {
  %y = atled.mul %x, %k : tensor<2x2xf32>
  %s = atled.sin %x : tensor<2x2xf32>
  return %y, %n, %s : tensor<2x2xf32>, tensor<i32>, tensor<2x2xf32>
}

func.func @some_arguments() {
  %x = atled.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %n = atled.constant dense<3> : tensor<i32>
  check.gradients @scale at (%x, %n, %x) : tensor<2x2xf32>, tensor<i32>, tensor<2x2xf32>
  check.gradients @scale at (%x, %n, %x) wrt = [2] : tensor<2x2xf32>, tensor<i32>, tensor<2x2xf32>
  return
}

func.func @every_type() {
  %b = atled.constant dense<[true, false]> : tensor<2xi1>
  check.expect_eq %b, %b : tensor<2xi1>
  %u = atled.constant dense<[255, 0]> : tensor<2xui8>
  check.expect_eq %u, %u : tensor<2xui8>
  return
}
