// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The key has no derivative: nothing passes through it.
func.func private @f(%x: tensor<2xf64>) -> tensor<4xf64> {
  %k = atled.convert %x : tensor<2xf64> to tensor<2xui32>
  %result = atled.random_normal %k : tensor<2xui32> -> tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[DX:.*]]: tensor<2xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.random_normal
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.random_normal
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<2xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<2xf64>
}

// Zero everywhere.
func.func @zero() {
  %x = atled.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<2xf64>)
  %e = atled.constant dense<0.0> : tensor<2xf64>
  check.expect_eq %r#1, %e : tensor<2xf64>
  return
}

// sqrt(-2 log(u)) cos(a) of the words of the blocks, computed with the C library. Narrower formats are rounded from f64.
func.func private @formats(%key: tensor<2xui32>) -> (tensor<2x2xf64>, tensor<4xf32>, tensor<4xf32>, tensor<4xf16>, tensor<4xf16>) {
  %a = atled.random_normal %key : tensor<2xui32> -> tensor<2x2xf64>
  %b = atled.random_normal %key : tensor<2xui32> -> tensor<4xf32>
  %c = atled.random_normal %key : tensor<2xui32> -> tensor<4xf16>
  %flat = atled.reshape %a : tensor<2x2xf64> -> tensor<4xf64>
  %e1 = atled.convert %flat : tensor<4xf64> to tensor<4xf32>
  %e2 = atled.convert %flat : tensor<4xf64> to tensor<4xf16>
  return %a, %b, %e1, %c, %e2 : tensor<2x2xf64>, tensor<4xf32>, tensor<4xf32>, tensor<4xf16>, tensor<4xf16>
}
func.func @box_and_muller() {
  %key = atled.constant dense<[0, 42]> : tensor<2xui32>
  %r:5 = func.call @formats(%key) : (tensor<2xui32>) -> (tensor<2x2xf64>, tensor<4xf32>, tensor<4xf32>, tensor<4xf16>, tensor<4xf16>)
  %e0 = atled.constant dense<[[1.204092680298252, -1.2509432832276897], [0.9807766677837014, 0.20612884532144576]]> : tensor<2x2xf64>
  check.expect_close %r#0, %e0 within rtol = 0.0 atol = 4.0e-15 : tensor<2x2xf64>
  check.expect_eq %r#1, %r#2 : tensor<4xf32>
  check.expect_eq %r#3, %r#4 : tensor<4xf16>
  return
}

// A mean and a standard deviation have a derivative: 1, and what is drawn.
func.func private @drawn(%mean: tensor<f64>, %std: tensor<f64>) -> tensor<4xf64> {
  %key = atled.constant dense<[0, 42]> : tensor<2xui32>
  %z = atled.random_normal %key : tensor<2xui32> -> tensor<4xf64>
  %m = atled.broadcast %mean dimensions = [] : tensor<f64> -> tensor<4xf64>
  %s = atled.broadcast %std dimensions = [] : tensor<f64> -> tensor<4xf64>
  %scaled = atled.mul %s, %z : tensor<4xf64>
  %result = atled.add %m, %scaled : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @mean_and_deviation() {
  %mean = atled.constant dense<-1.0> : tensor<f64>
  %std = atled.constant dense<3.0> : tensor<f64>
  check.gradients @drawn at (%mean, %std) order = 2 : tensor<f64>, tensor<f64>
  %seed = atled.constant dense<[0.0, 1.0, 0.0, 0.0]> : tensor<4xf64>
  %r:3 = ad.vjp @drawn(%mean, %std) seed(%seed) wrt = [0, 1]
      : (tensor<f64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>, tensor<f64>)
  %e0 = atled.constant dense<1.0> : tensor<f64>
  check.expect_eq %r#1, %e0 : tensor<f64>
  %e1 = atled.constant dense<-1.2509432832276897> : tensor<f64>
  check.expect_close %r#2, %e1 within rtol = 0.0 atol = 4.0e-15 : tensor<f64>
  return
}
