// RUN: atled-opt %s -ad-differentiate | FileCheck %s

// The gradient of a function that contains a gradient: what is differentiated
// the second time is the call of what was derived the first time.
func.func @f(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.sin %x : tensor<f64>
  return %y : tensor<f64>
}
func.func @slope(%x: tensor<f64>) -> tensor<f64> {
  %d = ad.grad @f(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %d : tensor<f64>
}
// CHECK-LABEL: func.func private @f.vjp.0.bwd.0
// CHECK-LABEL: func.func @slope(
// CHECK: call @f.vjp.0(
// CHECK-LABEL: func.func private @slope.vjp.0
// CHECK: call @f.vjp.0.fwd.0
// CHECK: call @f.vjp.0.bwd.0
// CHECK-LABEL: func.func @curvature
// CHECK: call @slope.vjp.0
// CHECK-NOT: ad.grad
func.func @curvature(%x: tensor<f64>) -> tensor<f64> {
  %d = ad.grad @slope(%x) wrt = [0] : (tensor<f64>) -> tensor<f64>
  return %d : tensor<f64>
}
