// A program that holds its own tests is run as if it did not.
// RUN: atled-run %s --input=f64=3 | FileCheck %s
// CHECK: out0: f64 = 9.0
// RUN: atled-run %s --entry=square --input=f64=3 | FileCheck %s
// RUN: atled-run %s --grad=square --input=f64=3 | FileCheck %s --check-prefix=GRAD
// GRAD: grad_in0: f64 = 6.0
// RUN: atled-run %s --verify-gradient --entry=square --input=f64=3 | FileCheck %s --check-prefix=VERIFY
// VERIFY: ok
// RUN: atled-run %s --check | FileCheck %s --check-prefix=TESTS
// TESTS: 1 test, 1 checks passed, 0 failed

func.func @square(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.mul %x, %x : tensor<f64>
  return %y : tensor<f64>
}

func.func @test() {
  %x = atled.constant dense<3.0> : tensor<f64>
  check.gradients @square at (%x) : tensor<f64>
  return
}
