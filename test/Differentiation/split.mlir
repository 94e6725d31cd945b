// RUN: atled-opt %s -ad-differentiate -split-input-file | FileCheck %s

// The public halves are calls of the private ones. `exp` is kept; so is the result, which is returned twice; the
// argument is taken again; and integers have no seed.
func.func private @f(%x: tensor<4xf32> {atled.name = "x"}, %n: tensor<i32>, %w: tensor<4xf32> {atled.name = "w"})
    -> (tensor<i32>, tensor<4xf32> {atled.name = "y"}) {
  %a = atled.mul %x, %w : tensor<4xf32>
  %e = atled.exp %a : tensor<4xf32>
  %y = atled.tanh %e : tensor<4xf32>
  return %n, %y : tensor<i32>, tensor<4xf32>
}
ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd
// CHECK-NOT: ad.split

// CHECK-LABEL: func.func private @f.fwd.0(
// CHECK: %[[E:.*]] = atled.exp
// CHECK: %[[Y:.*]] = atled.tanh %[[E]]
// CHECK: return %{{.*}}, %[[Y]], %[[E]]

// CHECK-LABEL: func.func private @f.bwd.0(

// CHECK-LABEL: func.func @f_fwd(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32> {atled.name = "x"}, %[[N:.*]]: tensor<i32> {atled.name = "in1"}, %[[W:.*]]: tensor<4xf32> {atled.name = "w"})
// CHECK-SAME: -> (tensor<i32> {atled.name = "out0"}, tensor<4xf32> {atled.name = "y"}, tensor<4xf32> {ad.residual}, tensor<4xf32> {ad.residual})
// CHECK: %[[R:.*]]:3 = call @f.fwd.0(%[[X]], %[[N]], %[[W]])
// CHECK: return %[[R]]#0, %[[R]]#1, %[[R]]#2, %[[R]]#1

// CHECK-LABEL: func.func @f_bwd(
// CHECK-SAME: %[[W:.*]]: tensor<4xf32> {atled.name = "w"}, %[[E:.*]]: tensor<4xf32> {ad.residual}, %[[Y:.*]]: tensor<4xf32> {ad.residual}, %[[S:.*]]: tensor<4xf32> {atled.name = "seed_y"})
// CHECK-SAME: -> (tensor<4xf32> {atled.name = "grad_x"})
// CHECK: %[[D:.*]] = call @f.bwd.0(%[[W]], %[[E]], %[[Y]], %[[S]])
// CHECK: return %[[D]]

// -----

// A linear function keeps nothing.
func.func private @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = atled.add %x, %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
ad.split @twice wrt = [0] forward @twice_fwd reverse @twice_bwd
// CHECK-LABEL: func.func @twice_fwd(
// CHECK-SAME: -> (tensor<4xf32> {atled.name = "out0"}) {
// CHECK-LABEL: func.func @twice_bwd(
// CHECK-SAME: %{{.*}}: tensor<4xf32> {atled.name = "seed_out0"}) -> (tensor<4xf32> {atled.name = "grad_in0"})

// -----

// A residual that is a scalar, here how often a loop runs, travels as a tensor. Sizes may be open.
func.func private @grow(%x: tensor<?xf32>, %limit: tensor<f32>) -> tensor<f32> {
  %s = atled.reduce_sum %x dimensions = [0] : tensor<?xf32> -> tensor<f32>
  %r = scf.while (%a = %s) : (tensor<f32>) -> tensor<f32> {
    %less = atled.compare lt, %a, %limit : tensor<f32>
    %goes = tensor.extract %less[] : tensor<i1>
    scf.condition(%goes) %a : tensor<f32>
  } do {
  ^bb0(%a: tensor<f32>):
    %b = atled.add %a, %a : tensor<f32>
    scf.yield %b : tensor<f32>
  }
  return %r : tensor<f32>
}
ad.split @grow wrt = [0] forward @there reverse @back
// CHECK-LABEL: func.func @there(
// CHECK-SAME: -> (tensor<f32> {atled.name = "out0"}, tensor<index> {ad.residual})
// CHECK: %[[R:.*]]:2 = call @grow.fwd.0
// CHECK: %[[COUNT:.*]] = tensor.from_elements %[[R]]#1 : tensor<index>
// CHECK: return %[[R]]#0, %[[COUNT]]
// CHECK-LABEL: func.func @back(
// CHECK-SAME: %[[X:.*]]: tensor<?xf32> {atled.name = "in0"}, %[[COUNT:.*]]: tensor<index> {ad.residual}, %[[S:.*]]: tensor<f32>
// CHECK: %[[N:.*]] = tensor.extract %[[COUNT]][] : tensor<index>
// CHECK: call @grow.bwd.0(

// -----

// A custom rule has its halves already.
func.func private @given(tensor<4xf32>) -> tensor<4xf32>
func.func private @forward(tensor<4xf32>) -> (tensor<4xf32>, tensor<i1>)
func.func private @reverse(tensor<i1>, tensor<4xf32>) -> tensor<4xf32>
ad.custom_vjp @given forward @forward reverse @reverse
ad.split @given wrt = [0] forward @given_fwd reverse @given_bwd
// CHECK-LABEL: func.func private @given.fwd.0(
// CHECK: call @forward(
// CHECK-LABEL: func.func @given_fwd(
// CHECK-SAME: -> (tensor<4xf32> {atled.name = "out0"}, tensor<i1> {ad.residual})
