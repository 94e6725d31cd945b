// RUN: atled-opt %s --verify-diagnostics --split-input-file

func.func @function_of_integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'atled.atan2' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4xi32>'}}
  %0 = atled.atan2 %x, %x : tensor<4xi32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<4xf32> and comes from here}}
func.func @operands_of_different_types(%x: tensor<4xf64>, %y: tensor<4xf32>) {
  // expected-error@+1 {{'atled.logaddexp' op takes operands of the same type: lhs has tensor<4xf64>, rhs has tensor<4xf32>}}
  %0 = "atled.logaddexp"(%x, %y) : (tensor<4xf64>, tensor<4xf32>) -> tensor<4xf64>
  return
}

// -----

func.func @form_that_there_is_not(%x: tensor<4xf32>) {
  // expected-error@+2 {{expected ::atled::GeluForm to be one of: exact, tanh}}
  // expected-error@+1 {{failed to parse Atled_GeluFormAttr}}
  %0 = atled.gelu %x form = erf : tensor<4xf32>
  return
}

// -----

func.func @order_less_than_none(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.polygamma' op has the order -1, and it has to be from 0 to 32}}
  %0 = atled.polygamma %x order = -1 : tensor<4xf32>
  return
}

// -----

func.func @order_too_great(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.polygamma' op has the order 33, and it has to be from 0 to 32}}
  %0 = atled.polygamma %x order = 33 : tensor<4xf32>
  return
}

// -----

func.func @gamma_of_integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'atled.lgamma' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4xi32>'}}
  %0 = atled.lgamma %x : tensor<4xi32>
  return
}
