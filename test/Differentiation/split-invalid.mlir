// RUN: atled-opt %s -ad-differentiate -split-input-file -verify-diagnostics

// expected-error@+1 {{'func.func' op has no body, so it cannot be differentiated}}
func.func private @f(tensor<4xf32>) -> tensor<4xf32>
// expected-note@+1 {{requested here, with respect to argument 0 of @f}}
ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd

// -----

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+3 {{'tensor.expand_shape' op has no derivative rule, and the requested gradient passes through it}}
  // expected-note@+2 {{'atled.reshape' has a derivative rule}}
  // expected-note@+1 {{'ad.detach' on its results makes it count as a constant}}
  %y = tensor.expand_shape %x [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xf32>
  %z = tensor.collapse_shape %y [[0, 1]] : tensor<2x2xf32> into tensor<4xf32>
  return %z : tensor<4xf32>
}
// expected-note@+1 {{requested here, with respect to argument 0 of @f}}
ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd

// -----

// A name that only differentiation gives.
// expected-note@+1 {{the other one is here}}
func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
// expected-error@+1 {{'ad.split' op makes a function @f.fwd.0, and there is another of that name}}
ad.split @f wrt = [0] forward @f.fwd.0 reverse @f_bwd
