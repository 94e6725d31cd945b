// RUN: atled-opt %s --ad-unroll-recursion -split-input-file -verify-diagnostics

// expected-note@+1 {{'ad.max_depth = 20 : i64' on @f allows 20 calls inside one another}}
func.func private @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op is a recursive call, and nothing bounds its depth}}
  %y = call @f(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// -----

// A way around the cycle does not go through the function with the bound.
func.func private @bounded(%x: tensor<f32>) -> tensor<f32> attributes {ad.max_depth = 5 : i64} {
  %y = call @ping(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @ping(%x: tensor<f32>) -> tensor<f32> {
  %y = call @pong(%x) : (tensor<f32>) -> tensor<f32>
  %z = call @bounded(%y) : (tensor<f32>) -> tensor<f32>
  return %z : tensor<f32>
}
// expected-note@+1 {{'ad.max_depth = 20 : i64' on @pong allows 20 calls inside one another}}
func.func private @pong(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op is a recursive call, and nothing bounds its depth}}
  %y = call @pong(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
