// RUN: atled-opt %s -ad-differentiate | FileCheck %s
// RUN: atled-run --check %s

// Forward a recurrence with the same factors, back one with those of the neighbours, the other way.
func.func private @f(%a: tensor<2x4xf64>, %b: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.linear_recurrence %a, %b dimension = 1 : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.jvp.0_1(
// CHECK-SAME: %[[A:.*]]: tensor<2x4xf64>, %[[B:.*]]: tensor<2x4xf64>, %[[DA:.*]]: tensor<2x4xf64>, %[[DB:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.linear_recurrence %[[A]], %[[B]] dimension = 1 :
// CHECK: %[[BEFORE:.*]] = atled.pad %[[RESULT]]
// CHECK: %[[P:.*]] = atled.mul %[[DA]], %[[BEFORE]]
// CHECK: %[[S:.*]] = atled.add %[[P]], %[[DB]]
// CHECK: %[[OUT:.*]] = atled.linear_recurrence %[[A]], %[[S]] dimension = 1 :
// CHECK-NEXT: return %[[RESULT]], %[[OUT]]
func.func @forward(%a: tensor<2x4xf64>, %b: tensor<2x4xf64>, %da: tensor<2x4xf64>, %db: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:2 = ad.jvp @f(%a, %b) tangent(%da, %db) wrt = [0, 1] : (tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1 : tensor<2x4xf64>, tensor<2x4xf64>
}

// CHECK-LABEL: func.func private @f.vjp.0_1(
// CHECK-SAME: %[[A:.*]]: tensor<2x4xf64>, %[[B:.*]]: tensor<2x4xf64>, %[[SEED:.*]]: tensor<2x4xf64>) ->
// CHECK-NEXT: %[[RESULT:.*]] = atled.linear_recurrence %[[A]], %[[B]] dimension = 1 :
// CHECK: %[[BEHIND:.*]] = atled.pad %[[A]]
// CHECK: %[[ALL:.*]] = atled.linear_recurrence %[[BEHIND]], %[[SEED]] dimension = 1 reverse :
// CHECK: %[[BEFORE:.*]] = atled.pad %[[RESULT]]
// CHECK: %[[DA:.*]] = atled.mul %[[ALL]], %[[BEFORE]]
// CHECK-NEXT: return %[[RESULT]], %[[DA]], %[[ALL]]
func.func @reverse(%a: tensor<2x4xf64>, %b: tensor<2x4xf64>, %seed: tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>) {
  %r:3 = ad.vjp @f(%a, %b) seed(%seed) wrt = [0, 1] : (tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>)
  return %r#0, %r#1, %r#2 : tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>
}

// Both ways, by the pairing identity and by differences, to the second order.
func.func private @turned(%a: tensor<2x4xf64>, %b: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %result = atled.linear_recurrence %a, %b dimension = 0 reverse : tensor<2x4xf64>
  return %result : tensor<2x4xf64>
}
func.func @derivatives() {
  %a = atled.constant dense<[[0.5, 1.5, -0.7, 0.25], [2.25, -1.0, 0.3, 3.5]]> : tensor<2x4xf64>
  %b = atled.constant dense<[[1.0, -0.5, 0.3, 2.0], [-1.25, 0.75, 0.0, 0.5]]> : tensor<2x4xf64>
  check.gradients @f at (%a, %b) order = 2 : tensor<2x4xf64>, tensor<2x4xf64>
  check.gradients @turned at (%a, %b) order = 2 : tensor<2x4xf64>, tensor<2x4xf64>
  return
}

// Exactly: h = [1, 2 + 3, 10 + 1, 0 + 4].
func.func @exact() {
  %a = atled.constant dense<[[7.0, 2.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0]]> : tensor<2x4xf64>
  %b = atled.constant dense<[[1.0, 3.0, 1.0, 4.0], [1.0, 2.0, 3.0, 4.0]]> : tensor<2x4xf64>
  %seed = atled.constant dense<1.0> : tensor<2x4xf64>
  %r:3 = ad.vjp @f(%a, %b) seed(%seed) wrt = [0, 1] : (tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>) -> (tensor<2x4xf64>, tensor<2x4xf64>, tensor<2x4xf64>)
  %h = atled.constant dense<[[1.0, 5.0, 11.0, 4.0], [1.0, 2.0, 3.0, 4.0]]> : tensor<2x4xf64>
  check.expect_eq %r#0, %h : tensor<2x4xf64>
  %da = atled.constant dense<[[0.0, 3.0, 5.0, 11.0], [0.0, 1.0, 2.0, 3.0]]> : tensor<2x4xf64>
  check.expect_eq %r#1, %da : tensor<2x4xf64>
  %db = atled.constant dense<[[7.0, 3.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]> : tensor<2x4xf64>
  check.expect_eq %r#2, %db : tensor<2x4xf64>
  return
}
