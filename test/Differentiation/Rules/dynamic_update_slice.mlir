// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// What was overwritten gets nothing; the update gets its part, which is taken out first: a loop can overwrite it in place
// then.
func.func private @f(%x: tensor<5xf64>, %u: tensor<2xf64>, %i: tensor<i32>) -> tensor<5xf64> {
  %result = atled.dynamic_update_slice %u into %x[%i] : (tensor<5xf64>, tensor<2xf64>, tensor<i32>) -> tensor<5xf64>
  return %result : tensor<5xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<5xf64>, %[[U:.*]]: tensor<2xf64>, %[[I:.*]]: tensor<i32>, %[[DX:.*]]: tensor<5xf64>, %[[DU:.*]]: tensor<2xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.dynamic_update_slice %[[U]] into %[[X]][%[[I]]]
// CHECK-NEXT: %[[OUT:.*]] = atled.dynamic_update_slice %[[DU]] into %[[DX]][%[[I]]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%x: tensor<5xf64>, %u: tensor<2xf64>, %i: tensor<i32>, %dx: tensor<5xf64>, %du: tensor<2xf64>) -> (tensor<5xf64>, tensor<5xf64>) {
  %r:2 = ad.jvp @f(%x, %u, %i) tangent(%dx, %du) wrt = [0, 1]
      : (tensor<5xf64>, tensor<2xf64>, tensor<i32>, tensor<5xf64>, tensor<2xf64>) -> (tensor<5xf64>, tensor<5xf64>)
  return %r#0, %r#1 : tensor<5xf64>, tensor<5xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[X:.*]]: tensor<5xf64>, %[[U:.*]]: tensor<2xf64>, %[[I:.*]]: tensor<i32>, %[[SEED:.*]]: tensor<5xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.dynamic_update_slice %[[U]] into %[[X]][%[[I]]]
// CHECK-NEXT: %[[B:.*]] = atled.dynamic_slice %[[SEED]][%[[I]]] sizes = [2]
// CHECK-NEXT: %[[Z:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.dynamic_update_slice %[[Z]] into %[[SEED]][%[[I]]]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]]
func.func @reverse(%x: tensor<5xf64>, %u: tensor<2xf64>, %i: tensor<i32>, %seed: tensor<5xf64>) -> (tensor<5xf64>, tensor<5xf64>, tensor<2xf64>) {
  %r:3 = ad.vjp @f(%x, %u, %i) seed(%seed) wrt = [0, 1]
      : (tensor<5xf64>, tensor<2xf64>, tensor<i32>, tensor<5xf64>) -> (tensor<5xf64>, tensor<5xf64>, tensor<2xf64>)
  return %r#0, %r#1, %r#2 : tensor<5xf64>, tensor<5xf64>, tensor<2xf64>
}

func.func @derivatives() {
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25, 3.0]> : tensor<5xf64>
  %u = atled.constant dense<[4.0, 5.0]> : tensor<2xf64>
  %i = atled.constant dense<2> : tensor<i32>
  check.gradients @f at (%x, %u, %i) order = 2 : tensor<5xf64>, tensor<2xf64>, tensor<i32>
  return
}
