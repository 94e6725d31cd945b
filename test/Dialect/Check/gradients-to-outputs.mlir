// RUN: atled-opt %s -check-to-outputs -split-input-file | FileCheck %s

// What is asked of a function's derivatives is in functions of their own.
func.func private @f(%x: tensor<3xf64>, %n: tensor<i32>) -> (tensor<3xf64>, tensor<i32>) {
  %y = atled.sin %x : tensor<3xf64>
  return %y, %n : tensor<3xf64>, tensor<i32>
}

// CHECK-LABEL: func @gradients
// CHECK-SAME: (%[[X:.*]]: tensor<3xf64>, %[[N:.*]]: tensor<i32>)
// CHECK: return %[[X]], %[[N]]
func.func @gradients() {
  %x = arith.constant dense<1.0> : tensor<3xf64>
  %n = arith.constant dense<7> : tensor<i32>
  check.gradients @f at (%x, %n) : tensor<3xf64>, tensor<i32>
  return
}

// CHECK-LABEL: func @f_value(
// CHECK-SAME: %[[X:.*]]: tensor<3xf64>, %[[N:.*]]: tensor<i32>) -> (tensor<3xf64>, tensor<i32>)
// CHECK: %[[R:.*]]:2 = call @f(%[[X]], %[[N]])
// CHECK: return %[[R]]#0, %[[R]]#1

// CHECK-LABEL: func @f_jvp(
// CHECK-SAME: %[[X:.*]]: tensor<3xf64>, %[[N:.*]]: tensor<i32>, %[[DX:.*]]: tensor<3xf64>) -> tensor<3xf64>
// CHECK: %[[R:.*]]:3 = ad.jvp @f(%[[X]], %[[N]]) tangent(%[[DX]]) wrt = [0]
// CHECK: return %[[R]]#2

// CHECK-LABEL: func @f_vjp(
// CHECK-SAME: %[[X:.*]]: tensor<3xf64>, %[[N:.*]]: tensor<i32>, %[[DY:.*]]: tensor<3xf64>) -> tensor<3xf64>
// CHECK: %[[R:.*]]:3 = ad.vjp @f(%[[X]], %[[N]]) seed(%[[DY]]) wrt = [0]
// CHECK: return %[[R]]#2

// -----

// The second order differentiates what the first calls vjp, in its seeds too.
func.func @g(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.sin %x : tensor<f64>
  return %y : tensor<f64>
}

func.func @second_order() {
  %x = arith.constant dense<1.0> : tensor<f64>
  check.gradients @g at (%x) order = 2 : tensor<f64>
  return
}

// CHECK-NOT: func @g_value
// CHECK: func @g_jvp(
// CHECK: func @g_vjp(
// CHECK: func @g_vjp_jvp(
// CHECK: ad.jvp @g_vjp(%{{.*}}, %{{.*}}) tangent(%{{.*}}, %{{.*}}) wrt = [0, 1]
// CHECK: func @g_vjp_vjp(
// CHECK: ad.vjp @g_vjp(%{{.*}}, %{{.*}}) seed(%{{.*}}) wrt = [0, 1]
