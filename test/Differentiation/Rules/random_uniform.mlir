// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The key has no derivative: nothing passes through it.
func.func private @f(%x: tensor<2xf64>) -> tensor<4xf64> {
  %k = atled.convert %x : tensor<2xf64> to tensor<2xui32>
  %result = atled.random_uniform %k : tensor<2xui32> -> tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[DX:.*]]: tensor<2xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.random_uniform
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.random_uniform
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

// What the documentation of jax.random shows for key(0), and for the second key that split(key(0)) returns.
func.func private @number(%key: tensor<2xui32>) -> tensor<f32> {
  %u = atled.random_uniform %key : tensor<2xui32> -> tensor<f32>
  return %u : tensor<f32>
}
func.func @numbers_of_jax() {
  %key = atled.constant dense<0> : tensor<2xui32>
  %u = func.call @number(%key) : (tensor<2xui32>) -> tensor<f32>
  %e = atled.constant dense<0.947667> : tensor<f32>
  check.expect_close %u, %e within rtol = 5.0e-7 atol = 0.0 : tensor<f32>
  %second = atled.constant dense<[928981903, 3453687069]> : tensor<2xui32>
  %v = func.call @number(%second) : (tensor<2xui32>) -> tensor<f32>
  %f = atled.constant dense<0.00729382> : tensor<f32>
  check.expect_close %v, %f within rtol = 1.0e-6 atol = 0.0 : tensor<f32>
  return
}

// The first bits, in each format.
func.func private @formats(%key: tensor<2xui32>) -> (tensor<4xf64>, tensor<4xf32>, tensor<4xf16>, tensor<4xbf16>) {
  %a = atled.random_uniform %key : tensor<2xui32> -> tensor<4xf64>
  %b = atled.random_uniform %key : tensor<2xui32> -> tensor<4xf32>
  %c = atled.random_uniform %key : tensor<2xui32> -> tensor<4xf16>
  %d = atled.random_uniform %key : tensor<2xui32> -> tensor<4xbf16>
  return %a, %b, %c, %d : tensor<4xf64>, tensor<4xf32>, tensor<4xf16>, tensor<4xbf16>
}
func.func @first_bits() {
  %key = atled.constant dense<[0, 42]> : tensor<2xui32>
  %r:4 = func.call @formats(%key) : (tensor<2xui32>) -> (tensor<4xf64>, tensor<4xf32>, tensor<4xf16>, tensor<4xbf16>)
  %a = atled.constant dense<[0.4267275666499091, 0.015010069515314584, 0.5741444178995352, 0.7298188969046309]> : tensor<4xf64>
  check.expect_eq %r#0, %a : tensor<4xf64>
  %b = atled.constant dense<[0.48870956897735596, 0.6797971725463867, 0.6162714958190918, 0.5610160827636719]> : tensor<4xf32>
  check.expect_eq %r#1, %b : tensor<4xf32>
  %c = atled.constant dense<[0.076171875, 0.1904296875, 0.9755859375, 0.7568359375]> : tensor<4xf16>
  check.expect_eq %r#2, %c : tensor<4xf16>
  %d = atled.constant dense<[0.6328125, 0.84375, 0.96875, 0.8359375]> : tensor<4xbf16>
  check.expect_eq %r#3, %d : tensor<4xbf16>
  return
}

// Between bounds that have a derivative: 1 - u in the lower one, u in the upper.
func.func private @between(%low: tensor<f64>, %high: tensor<f64>) -> tensor<4xf64> {
  %key = atled.constant dense<[0, 42]> : tensor<2xui32>
  %u = atled.random_uniform %key : tensor<2xui32> -> tensor<4xf64>
  %l = atled.broadcast %low dimensions = [] : tensor<f64> -> tensor<4xf64>
  %h = atled.broadcast %high dimensions = [] : tensor<f64> -> tensor<4xf64>
  %width = atled.sub %h, %l : tensor<4xf64>
  %part = atled.mul %width, %u : tensor<4xf64>
  %result = atled.add %l, %part : tensor<4xf64>
  return %result : tensor<4xf64>
}
func.func @bounds() {
  %low = atled.constant dense<-1.0> : tensor<f64>
  %high = atled.constant dense<3.0> : tensor<f64>
  check.gradients @between at (%low, %high) order = 2 : tensor<f64>, tensor<f64>
  %seed = atled.constant dense<[1.0, 0.0, 0.0, 0.0]> : tensor<4xf64>
  %r:3 = ad.vjp @between(%low, %high) seed(%seed) wrt = [0, 1]
      : (tensor<f64>, tensor<f64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>, tensor<f64>)
  %e0 = atled.constant dense<0.5732724333500909> : tensor<f64>
  check.expect_eq %r#1, %e0 : tensor<f64>
  %e1 = atled.constant dense<0.4267275666499091> : tensor<f64>
  check.expect_eq %r#2, %e1 : tensor<f64>
  return
}
