// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Each element of the derivative goes where the element came from.
func.func private @f(%p: tensor<4xi1>, %x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %result = atled.select %p, %x, %y : tensor<4xi1>, tensor<4xf64>
  return %result : tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.1_2(
// CHECK-SAME: %[[P:.*]]: tensor<4xi1>, %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[DX:.*]]: tensor<4xf64>, %[[DY:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.select %[[P]], %[[X]], %[[Y]]
// CHECK-NEXT: %[[OUT:.*]] = atled.select %[[P]], %[[DX]], %[[DY]]
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%p: tensor<4xi1>, %x: tensor<4xf64>, %y: tensor<4xf64>, %dx: tensor<4xf64>, %dy: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %r:2 = ad.jvp @f(%p, %x, %y) tangent(%dx, %dy) wrt = [1, 2]
      : (tensor<4xi1>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1 : tensor<4xf64>, tensor<4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.1_2(
// CHECK-SAME: %[[P:.*]]: tensor<4xi1>, %[[X:.*]]: tensor<4xf64>, %[[Y:.*]]: tensor<4xf64>, %[[SEED:.*]]: tensor<4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.select %[[P]], %[[X]], %[[Y]]
// CHECK-NEXT: %[[Z:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: %[[A:.*]] = atled.select %[[P]], %[[SEED]], %[[Z]]
// CHECK-NEXT: %[[Z2:.*]] = atled.constant dense<0.0{{.*}}>
// CHECK-NEXT: %[[B:.*]] = atled.select %[[P]], %[[Z2]], %[[SEED]]
// CHECK-NEXT: return %[[RESULT]], %[[A]], %[[B]]
func.func @reverse(%p: tensor<4xi1>, %x: tensor<4xf64>, %y: tensor<4xf64>, %seed: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %r:3 = ad.vjp @f(%p, %x, %y) seed(%seed) wrt = [1, 2]
      : (tensor<4xi1>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
  return %r#0, %r#1, %r#2 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}

func.func @derivatives() {
  %p = atled.constant dense<[true, false, true, false]> : tensor<4xi1>
  %x = atled.constant dense<[0.5, 1.5, -0.7, 2.25]> : tensor<4xf64>
  %y = atled.constant dense<[1.25, -0.8, 0.6, -2.0]> : tensor<4xf64>
  check.gradients @f at (%p, %x, %y) order = 2 : tensor<4xi1>, tensor<4xf64>, tensor<4xf64>
  return
}
