// RUN: atled-run %s --verify-gradient --entry=loss --input=4x3xf64=random:1 --input=4xf64=random:2 --input=4xi32=1 | FileCheck %s
// CHECK: gradient of @loss, relative errors, of differences beyond rounding:
// CHECK-NEXT: argument  pairing   differences
// CHECK-NEXT: w         {{[0-9.e+-]+}} {{ *}}{{[0-9.e+-]+}} {{ *}}ok
// CHECK-NEXT: in1       {{[0-9.e+-]+}} {{ *}}{{[0-9.e+-]+}} {{ *}}ok
// CHECK-NEXT: allowed   1.0e-12   1.0e-07

// RUN: atled-run %s --verify-gradient --entry=loss --wrt=1 --input=4x3xf64=random:1 --input=4xf64=random:2 --input=4xi32=1 | FileCheck %s --check-prefix=ONE
// RUN: atled-run %s --verify-gradient --entry=loss --wrt=in1 --input=4x3xf64=random:1 --input=4xf64=random:2 --input=4xi32=1 | FileCheck %s --check-prefix=ONE
// ONE-NOT: w
// ONE: in1 {{.*}} ok

// Away from its value, a detached factor is no constant.
// RUN: not atled-run %s --verify-gradient --entry=hidden --input=f64=3 | FileCheck %s --check-prefix=WRONG
// WRONG: in0       0.0e+00   5.0e-01      not the derivative of the function

// Where a step leaves the domain, a smaller one may not.
// RUN: atled-run %s --verify-gradient --entry=logarithms --input=2xf64=1e-3,1 | FileCheck %s --check-prefix=DOMAIN
// RUN: atled-run %s --verify-gradient --entry=logarithms --input=2xf64=1,1e-3 | FileCheck %s --check-prefix=DOMAIN
// DOMAIN: in0 {{.*}} ok
// RUN: not atled-run %s --verify-gradient --entry=logarithms --input=2xf64=1,0 | FileCheck %s --check-prefix=END
// END: in0 {{.*}} no difference is a number: the function ends near this point

// A derivative that is twice too small is not found beside a value of a million in f32.
// RUN: not atled-run %s --verify-gradient --entry=drowned --input=f32=0.3 | FileCheck %s --check-prefix=DROWNED
// DROWNED: in0 {{.*}} cannot tell: the values' rounding hides it; try f64

// Rules that do not agree with each other.
// RUN: not atled-run %s --verify-gradient --entry=ruled --input=f64=0.3 | FileCheck %s --check-prefix=RULED
// RULED: in0 {{.*}} forward and reverse mode differ

// RUN: not atled-run %s --verify-gradient --grad=loss 2>&1 | FileCheck %s --check-prefix=GRAD
// GRAD: --grad does not go with --verify-gradient

// RUN: not atled-run %s --verify-gradient --entry=loss --wrt=2 --input=4x3xf64=1 --input=4xf64=1 --input=4xi32=1 2>&1 | FileCheck %s --check-prefix=INTEGER
// INTEGER: error: {{.*}}argument 2 of {{.*}}loss{{.*}} has no derivative: its type is 'tensor<4xi32>'
// RUN: not atled-run %s --verify-gradient --entry=loss --wrt=3 2>&1 | FileCheck %s --check-prefix=RANGE
// RANGE: error: wrt asks for argument 3, counted from 0, and 'loss' has 3
// RUN: not atled-run %s --verify-gradient --entry=loss 2>&1 | FileCheck %s --check-prefix=INPUTS
// INPUTS: error: @loss takes 3 inputs (w: 4x3xf64, in1: 4xf64, in2: 4xi32), and 0 are given

func.func @loss(%w: tensor<4x3xf64> {atled.name = "w"}, %x: tensor<4xf64>, %n: tensor<4xi32>)
    -> (tensor<3xf64>, tensor<4xi32>) {
  %h = atled.contract %x, %w batch = [] x [] contracting = [0] x [0]
      : (tensor<4xf64>, tensor<4x3xf64>) -> tensor<3xf64>
  %y = atled.tanh %h : tensor<3xf64>
  return %y, %n : tensor<3xf64>, tensor<4xi32>
}

func.func @hidden(%x: tensor<f64>) -> tensor<f64> {
  %u = ad.detach %x : tensor<f64>
  %y = atled.mul %x, %u : tensor<f64>
  return %y : tensor<f64>
}

func.func @ruled(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.add %x, %x : tensor<f64>
  return %y : tensor<f64>
}
func.func private @ruled_forward(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.add %x, %x : tensor<f64>
  return %y : tensor<f64>
}
func.func private @ruled_reverse(%dy: tensor<f64>) -> tensor<f64> {
  return %dy : tensor<f64>
}
func.func private @ruled_tangent(%x: tensor<f64>, %dx: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
  %y = atled.add %x, %x : tensor<f64>
  %dy = atled.add %dx, %dx : tensor<f64>
  return %y, %dy : tensor<f64>, tensor<f64>
}
ad.custom_vjp @ruled forward @ruled_forward reverse @ruled_reverse
ad.custom_jvp @ruled rule @ruled_tangent

func.func @logarithms(%x: tensor<2xf64>) -> tensor<2xf64> {
  %y = atled.log %x : tensor<2xf64>
  return %y : tensor<2xf64>
}

func.func @drowned(%x: tensor<f32>) -> tensor<f32> {
  %s = atled.sin %x : tensor<f32>
  %d = ad.detach %s : tensor<f32>
  %t = atled.add %s, %d : tensor<f32>
  %million = atled.constant dense<1.0e6> : tensor<f32>
  %y = atled.add %t, %million : tensor<f32>
  return %y : tensor<f32>
}
