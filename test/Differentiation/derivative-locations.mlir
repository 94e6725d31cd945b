// RUN: atled-opt %s --ad-differentiate --mlir-print-debuginfo --mlir-pretty-debuginfo | FileCheck %s

// What belongs to the derivative of an operation is where that is, and says so.

// CHECK-LABEL: func.func private @sin.jvp.0
// CHECK: atled.sin %{{.*}} {{.*}}derivative-locations.mlir:[[#@LINE+15]]:8
// CHECK-NOT: derivative of
// CHECK: atled.cos %{{.*}} "the derivative of 'atled.sin'"(#[[SIN:.*]])
// CHECK: atled.mul %{{.*}} "the derivative of 'atled.sin'"(#[[SIN]])
// CHECK: return
// CHECK-LABEL: func.func private @sin.vjp.0
// CHECK: atled.sin %{{.*}} {{.*}}derivative-locations.mlir:[[#@LINE+9]]:8
// CHECK: atled.cos %{{.*}} "the derivative of 'atled.sin'"(#[[SIN]])
// CHECK: atled.mul %{{.*}} "the derivative of 'atled.sin'"(#[[SIN]])

// To any order.
// CHECK-LABEL: func.func private @sin.vjp.0.jvp.0
// CHECK: atled.sin %{{.*}} "the derivative of the derivative of 'atled.sin'"(#[[SIN]])
// CHECK: #[[SIN]] = {{.*}}derivative-locations.mlir:[[#@LINE+2]]:8
func.func private @sin(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = atled.sin %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
func.func @along(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> tensor<4xf64> {
  %r:2 = ad.jvp @sin(%x) tangent(%dx) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
func.func @back(%x: tensor<4xf64>, %dy: tensor<4xf64>) -> tensor<4xf64> {
  %r:2 = ad.vjp @sin(%x) seed(%dy) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
func.func @twice(%x: tensor<4xf64>, %d: tensor<4xf64>) -> tensor<4xf64> {
  %r:2 = ad.jvp @back(%x, %d) tangent(%d) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
