// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// A truth value has no derivative: nothing passes through it.
func.func private @f(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %zero = atled.constant dense<0.0> : tensor<2x3xf64>
  %p = atled.compare gt, %x, %zero : tensor<2x3xf64>
  %q = atled.reduce_all %p dimensions = [1] : tensor<2x3xi1> -> tensor<2xi1>
  %result = atled.convert %q : tensor<2xi1> to tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2x3xf64>, %seed: tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<2x3xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2x3xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2x3xf64>
}

// Zero everywhere, in both modes.
func.func @zero() {
  %x0 = atled.constant dense<[[0.5, 1.5, -0.7], [-2.25, -1.0, -0.3]]> : tensor<2x3xf64>
  check.gradients @f at (%x0) : tensor<2x3xf64>
  return
}
