// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Keys have no derivative: nothing passes through them.
func.func private @f(%x: tensor<2xf64>) -> tensor<2xf64> {
  %k = atled.convert %x : tensor<2xf64> to tensor<2xui32>
  %step = atled.constant dense<7> : tensor<i64>
  %new = atled.fold_in %k, %step : (tensor<2xui32>, tensor<i64>) -> tensor<2xui32>
  %result = atled.convert %new : tensor<2xui32> to tensor<2xf64>
  return %result : tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[DX:.*]]: tensor<2xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<2xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[SEED:.*]]: tensor<2xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<2xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<2xf64>, %seed: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<2xf64>, tensor<2xf64>
}

// Zero everywhere.
func.func @zero() {
  %x = atled.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %seed = atled.constant dense<1.0> : tensor<2xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<2xf64>, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  %e = atled.constant dense<0.0> : tensor<2xf64>
  check.expect_eq %r#1, %e : tensor<2xf64>
  return
}

// The known answers of Threefry-2x32 with 20 rounds: of zeros, of ones, and of digits of pi (the file kat_vectors of
// Random123, which the authors of the paper distribute).
func.func private @block(%key: tensor<2xui32>, %data: tensor<ui64>) -> tensor<2xui32> {
  %r = atled.fold_in %key, %data : (tensor<2xui32>, tensor<ui64>) -> tensor<2xui32>
  return %r : tensor<2xui32>
}
func.func @known_answers() {
  %k0 = atled.constant dense<0> : tensor<2xui32>
  %c0 = atled.constant dense<0> : tensor<ui64>
  %y0 = func.call @block(%k0, %c0) : (tensor<2xui32>, tensor<ui64>) -> tensor<2xui32>
  %e0 = atled.constant dense<[0x6B200159, 0x99BA4EFE]> : tensor<2xui32>
  check.expect_eq %y0, %e0 : tensor<2xui32>
  %k1 = atled.constant dense<0xFFFFFFFF> : tensor<2xui32>
  %c1 = atled.constant dense<0xFFFFFFFFFFFFFFFF> : tensor<ui64>
  %y1 = func.call @block(%k1, %c1) : (tensor<2xui32>, tensor<ui64>) -> tensor<2xui32>
  %e1 = atled.constant dense<[0x1CB996FC, 0xBB002BE7]> : tensor<2xui32>
  check.expect_eq %y1, %e1 : tensor<2xui32>
  %k2 = atled.constant dense<[0x13198A2E, 0x03707344]> : tensor<2xui32>
  %c2 = atled.constant dense<0x243F6A8885A308D3> : tensor<ui64>
  %y2 = func.call @block(%k2, %c2) : (tensor<2xui32>, tensor<ui64>) -> tensor<2xui32>
  %e2 = atled.constant dense<[0xC4923A9C, 0x483DF7A0]> : tensor<2xui32>
  check.expect_eq %y2, %e2 : tensor<2xui32>
  return
}

// A negative number is extended to 64 bits, and so the same in every type; one without sign is not negative.
func.func private @keys(%key: tensor<2xui32>, %a: tensor<2xi8>, %b: tensor<2xi64>, %c: tensor<2xui8>)
    -> (tensor<2x2xui32>, tensor<2x2xui32>, tensor<2x2xui32>) {
  %x = atled.fold_in %key, %a : (tensor<2xui32>, tensor<2xi8>) -> tensor<2x2xui32>
  %y = atled.fold_in %key, %b : (tensor<2xui32>, tensor<2xi64>) -> tensor<2x2xui32>
  %z = atled.fold_in %key, %c : (tensor<2xui32>, tensor<2xui8>) -> tensor<2x2xui32>
  return %x, %y, %z : tensor<2x2xui32>, tensor<2x2xui32>, tensor<2x2xui32>
}
func.func @signs() {
  %key = atled.constant dense<0xFFFFFFFF> : tensor<2xui32>
  %a = atled.constant dense<-1> : tensor<2xi8>
  %b = atled.constant dense<[-1, 255]> : tensor<2xi64>
  %c = atled.constant dense<255> : tensor<2xui8>
  %r:3 = func.call @keys(%key, %a, %b, %c) : (tensor<2xui32>, tensor<2xi8>, tensor<2xi64>, tensor<2xui8>)
      -> (tensor<2x2xui32>, tensor<2x2xui32>, tensor<2x2xui32>)
  %e = atled.constant dense<[[0x1CB996FC, 0xBB002BE7], [0x1CB996FC, 0xBB002BE7]]> : tensor<2x2xui32>
  check.expect_eq %r#0, %e : tensor<2x2xui32>
  %y = atled.slice %r#1[1:2, 0:2] : tensor<2x2xui32> -> tensor<1x2xui32>
  %z = atled.slice %r#2[0:1, 0:2] : tensor<2x2xui32> -> tensor<1x2xui32>
  check.expect_eq %y, %z : tensor<1x2xui32>
  return
}
