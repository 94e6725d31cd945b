// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s -mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s -emit-bytecode | atled-opt | FileCheck %s

func.func private @f(tensor<4xf32>, tensor<i32>, tensor<?xf64>) -> (tensor<f32>, tensor<i1>, tensor<?xf64>)
func.func private @loss(tensor<4xf32>, tensor<2xf64>) -> tensor<f32>

// CHECK-LABEL: func.func @vjp
func.func @vjp(%x: tensor<4xf32>, %n: tensor<i32>, %y: tensor<?xf64>, %s: tensor<f32>, %t: tensor<?xf64>) -> tensor<?xf64> {
  // CHECK: %{{.*}}:5 = ad.vjp @f(%{{.*}}, %{{.*}}, %{{.*}}) seed(%{{.*}}, %{{.*}}) wrt = [0, 2] : (tensor<4xf32>, tensor<i32>, tensor<?xf64>, tensor<f32>, tensor<?xf64>) -> (tensor<f32>, tensor<i1>, tensor<?xf64>, tensor<4xf32>, tensor<?xf64>)
  %r:5 = ad.vjp @f(%x, %n, %y) seed(%s, %t) wrt = [0, 2]
    : (tensor<4xf32>, tensor<i32>, tensor<?xf64>, tensor<f32>, tensor<?xf64>)
    -> (tensor<f32>, tensor<i1>, tensor<?xf64>, tensor<4xf32>, tensor<?xf64>)
  return %r#4 : tensor<?xf64>
}

// CHECK-LABEL: func.func @jvp
func.func @jvp(%x: tensor<4xf32>, %n: tensor<i32>, %y: tensor<?xf64>, %t: tensor<4xf32>) -> tensor<?xf64> {
  // CHECK: %{{.*}}:5 = ad.jvp @f(%{{.*}}, %{{.*}}, %{{.*}}) tangent(%{{.*}}) wrt = [0] :
  %r:5 = ad.jvp @f(%x, %n, %y) tangent(%t) wrt = [0]
    : (tensor<4xf32>, tensor<i32>, tensor<?xf64>, tensor<4xf32>)
    -> (tensor<f32>, tensor<i1>, tensor<?xf64>, tensor<f32>, tensor<?xf64>)
  return %r#4 : tensor<?xf64>
}

// CHECK-LABEL: func.func @grad
func.func @grad(%x: tensor<4xf32>, %y: tensor<2xf64>) -> (tensor<4xf32>, tensor<2xf64>) {
  // CHECK: ad.grad @loss(%{{.*}}, %{{.*}}) wrt = [0, 1] : (tensor<4xf32>, tensor<2xf64>) -> (tensor<4xf32>, tensor<2xf64>)
  %r:2 = ad.grad @loss(%x, %y) wrt = [0, 1] : (tensor<4xf32>, tensor<2xf64>) -> (tensor<4xf32>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<4xf32>, tensor<2xf64>
}

// CHECK-LABEL: func.func @value_and_grad
func.func @value_and_grad(%x: tensor<4xf32>, %y: tensor<2xf64>) -> (tensor<f32>, tensor<2xf64>) {
  // CHECK: ad.value_and_grad @loss(%{{.*}}, %{{.*}}) wrt = [1] :
  %r:2 = ad.value_and_grad @loss(%x, %y) wrt = [1] : (tensor<4xf32>, tensor<2xf64>) -> (tensor<f32>, tensor<2xf64>)
  return %r#0, %r#1 : tensor<f32>, tensor<2xf64>
}

// CHECK-LABEL: func.func @detach
func.func @detach(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: ad.detach %{{.*}} : tensor<4xf32>
  %u = ad.detach %x : tensor<4xf32>
  return %u : tensor<4xf32>
}
