// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @out_of_range(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.cumsum' op dimension 2 is out of range: x has rank 2}}
  %0 = atled.cumsum %x dimension = 2 : tensor<4x8xf32>
  return
}

// -----

// expected-note@+1 {{a has type tensor<f32> and comes from here}}
func.func @number(%a: tensor<f32>) {
  // expected-error@+1 {{'atled.linear_recurrence' op dimension 0 is out of range: a has rank 0}}
  %0 = atled.linear_recurrence %a, %a dimension = 0 : tensor<f32>
  return
}

// -----

func.func @booleans(%x: tensor<4xi1>) {
  // expected-error@+1 {{'atled.cummax' op operand #0 must be tensor of f16, bf16, f32, f64, i8 to i64 or ui8 to ui64, but got 'tensor<4xi1>'}}
  %0 = atled.cummax %x dimension = 0 : tensor<4xi1>
  return
}

// -----

func.func @integers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'atled.cumlogsumexp' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4xi32>'}}
  %0 = atled.cumlogsumexp %x dimension = 0 : tensor<4xi32>
  return
}
