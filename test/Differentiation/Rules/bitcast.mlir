// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Bits have no derivative; what is detached needs none.
func.func private @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %d = ad.detach %x : tensor<4xf64>
  %p = atled.bitcast %d : tensor<4xf64> to tensor<4xi64>
  %result = atled.convert %p : tensor<4xi64> to tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<4xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%x) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0(
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NOT: atled.mul
// CHECK: %[[RESULT:.*]] = atled.convert %{{.*}} to tensor<4xf64>
// CHECK-NEXT: %[[OUT:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @reverse(%x: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// Zero everywhere.
func.func @zero() {
  %x = atled.constant dense<[-1.0, 0.0, 1.0, 0x7FF8000000000000]> : tensor<4xf64>
  %seed = atled.constant dense<1.0> : tensor<4xf64>
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  %e = atled.constant dense<0.0> : tensor<4xf64>
  check.expect_eq %r#1, %e : tensor<4xf64>
  return
}
