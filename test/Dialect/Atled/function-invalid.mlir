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
