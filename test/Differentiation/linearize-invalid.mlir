// RUN: atled-opt %s -ad-differentiate -split-input-file -verify-diagnostics

// expected-note@+1 {{@f is defined here}}
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'ad.linearize' op asks for a derivative of a function that contains this very request}}
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
  return %y : tensor<f32>
}

// -----

// The way back cannot be transposed where nobody knows what it does.
// expected-note@+1 {{'ad.apply' is the transpose of @f.bwd.0}}
func.func private @f(tensor<f32>) -> tensor<f32>
func.func private @forward(tensor<f32>) -> (tensor<f32>, tensor<f32>)
// expected-error@+1 {{'func.func' op has no body, so it cannot be differentiated}}
func.func private @reverse(tensor<f32>, tensor<f32>) -> tensor<f32> // expected-note {{called here, with respect to argument 1 of @reverse}}
ad.custom_vjp @f forward @forward reverse @reverse
func.func @unknown_transpose(%x: tensor<f32>) -> tensor<f32> {
  // expected-note@+1 {{requested here, with respect to argument 0 of @f}}
  %y, %map = ad.linearize @f(%x) wrt = [0] : (tensor<f32>) -> (tensor<f32>, !ad.linear_map<(tensor<f32>) -> tensor<f32>>)
  %z = ad.apply %map(%x) : !ad.linear_map<(tensor<f32>) -> tensor<f32>>
  return %z : tensor<f32>
}
