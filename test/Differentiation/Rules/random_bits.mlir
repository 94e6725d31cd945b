// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// The key has no derivative: nothing passes through it.
func.func private @f(%x: tensor<2xf64>) -> tensor<4xf64> {
  %k = atled.convert %x : tensor<2xf64> to tensor<2xui32>
  %bits = atled.random_bits %k : tensor<2xui32> -> tensor<4xui32>
  %result = atled.convert %bits : tensor<4xui32> to tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[DX:.*]]: tensor<2xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<4xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<4xf64>
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

// The words of the blocks with these keys and counters, which fold_in returns: 64 bits are both of them, narrower
// elements the last bits of their exclusive or, whatever the shape.
func.func private @bits(%key: tensor<2xui32>) -> (tensor<2x2xui64>, tensor<4xui32>, tensor<4x1xi16>, tensor<2x2xui8>) {
  %a = atled.random_bits %key : tensor<2xui32> -> tensor<2x2xui64>
  %b = atled.random_bits %key : tensor<2xui32> -> tensor<4xui32>
  %c = atled.random_bits %key : tensor<2xui32> -> tensor<4x1xi16>
  %d = atled.random_bits %key : tensor<2xui32> -> tensor<2x2xui8>
  return %a, %b, %c, %d : tensor<2x2xui64>, tensor<4xui32>, tensor<4x1xi16>, tensor<2x2xui8>
}
func.func @words() {
  %key = atled.constant dense<[0, 42]> : tensor<2xui32>
  %r:4 = func.call @bits(%key) : (tensor<2xui32>) -> (tensor<2x2xui64>, tensor<4xui32>, tensor<4x1xi16>, tensor<2x2xui8>)
  %a = atled.constant dense<[[0x6D3E048F1022172D, 0x3D7B32DADD083F4], [0x92FB20EA0F38D913, 0xBAD56946354BA891]]> : tensor<2x2xui64>
  check.expect_eq %r#0, %a : tensor<2x2xui64>
  %b = atled.constant dense<[0x7D1C13A2, 0xAE0730D9, 0x9DC3F9F9, 0x8F9EC1D7]> : tensor<4xui32>
  check.expect_eq %r#1, %b : tensor<4xui32>
  %c = atled.constant dense<[[5026], [12505], [-1543], [-15913]]> : tensor<4x1xi16>
  check.expect_eq %r#2, %c : tensor<4x1xi16>
  %d = atled.constant dense<[[162, 217], [249, 215]]> : tensor<2x2xui8>
  check.expect_eq %r#3, %d : tensor<2x2xui8>
  return
}
