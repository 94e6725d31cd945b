// RUN: atled-compile %s --grad=loss --value-and-grad=loss --vjp=loss --jvp=loss --wrt=2,0 \
// RUN:   --compile-to=program | FileCheck %s
// RUN: atled-compile %s --grad=loss --compile-to=program | FileCheck %s --check-prefix=DEFAULT

// What is not asked for is private, and what is carries names for C.

// CHECK: func.func private @loss
func.func @loss(%w: tensor<4xf32> {atled.name = "w"}, %n: tensor<4xi32>, %b: tensor<4xf32>)
    -> (tensor<f32> {atled.name = "mean"}) {
  %f = atled.convert %n : tensor<4xi32> to tensor<4xf32>
  %p = atled.mul %w, %f : tensor<4xf32>
  %s = atled.add %p, %b : tensor<4xf32>
  %r = atled.reduce_sum %s dimensions = [0] : tensor<4xf32> -> tensor<f32>
  return %r : tensor<f32>
}

// CHECK: func.func @loss_jvp(
// CHECK-SAME: %[[W:.*]]: tensor<4xf32> {atled.name = "w"}, %[[N:.*]]: tensor<4xi32> {atled.name = "in1"},
// CHECK-SAME: %[[B:.*]]: tensor<4xf32> {atled.name = "in2"},
// CHECK-SAME: %[[DW:.*]]: tensor<4xf32> {atled.name = "tangent_w"}, %[[DB:.*]]: tensor<4xf32> {atled.name = "tangent_in2"})
// CHECK-SAME: -> (tensor<f32> {atled.name = "mean"}, tensor<f32> {atled.name = "tangent_mean"})
// CHECK-NEXT: ad.jvp @loss(%[[W]], %[[N]], %[[B]]) tangent(%[[DW]], %[[DB]]) wrt = [0, 2]

// CHECK: func.func @loss_vjp(
// CHECK-SAME: %[[SEED:[^ ]*]]: tensor<f32> {atled.name = "seed_mean"})
// CHECK-SAME: -> (tensor<f32> {atled.name = "mean"}, tensor<4xf32> {atled.name = "grad_w"}, tensor<4xf32> {atled.name = "grad_in2"})
// CHECK-NEXT: ad.vjp @loss({{.*}}) seed(%[[SEED]]) wrt = [0, 2]

// CHECK: func.func @loss_value_and_grad(
// CHECK-SAME: -> (tensor<f32> {atled.name = "mean"}, tensor<4xf32> {atled.name = "grad_w"}, tensor<4xf32> {atled.name = "grad_in2"})
// CHECK-NEXT: ad.value_and_grad @loss({{.*}}) wrt = [0, 2]

// CHECK: func.func @loss_grad(
// CHECK-SAME: -> (tensor<4xf32> {atled.name = "grad_w"}, tensor<4xf32> {atled.name = "grad_in2"})
// CHECK-NEXT: ad.grad @loss({{.*}}) wrt = [0, 2]

// With respect to all that has a derivative.
// DEFAULT: ad.grad @loss({{.*}}) wrt = [0, 2]
