// RUN: atled-opt %s --verify-diagnostics --split-input-file

func.func @key_of_three_words(%key: tensor<3xui32>) {
  // expected-error@+1 {{'atled.random_bits' op operand #0 must be tensor of 2 ui32, but got 'tensor<3xui32>'}}
  %0 = atled.random_bits %key : tensor<3xui32> -> tensor<4xui32>
  return
}

// -----

func.func @signed_key(%key: tensor<2xi32>) {
  // expected-error@+1 {{'atled.random_normal' op operand #0 must be tensor of 2 ui32, but got 'tensor<2xi32>'}}
  %0 = atled.random_normal %key : tensor<2xi32> -> tensor<4xf32>
  return
}

// -----

func.func @integers_from_0_to_1(%key: tensor<2xui32>) {
  // expected-error@+1 {{'atled.random_uniform' op result #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4xi32>'}}
  %0 = atled.random_uniform %key : tensor<2xui32> -> tensor<4xi32>
  return
}

// -----

func.func @no_size(%key: tensor<2xui32>) {
  // expected-error@+1 {{'atled.random_bits' op sizes has 0 entries, but the result has 1 dynamic dimensions}}
  %0 = atled.random_bits %key : tensor<2xui32> -> tensor<?xui32>
  return
}

// -----

func.func @too_many_sizes(%key: tensor<2xui32>, %n: index) {
  // expected-error@+1 {{'atled.random_uniform' op sizes has 1 entries, but the result has 0 dynamic dimensions}}
  %0 = atled.random_uniform %key sizes(%n) : tensor<2xui32> -> tensor<4xf32>
  return
}

// -----

func.func @one_key_for_many(%key: tensor<2xui32>, %n: tensor<4xi32>) {
  // expected-error@+1 {{'atled.fold_in' op returns tensor<4x2xui32>, not tensor<2xui32>}}
  %0 = atled.fold_in %key, %n : (tensor<2xui32>, tensor<4xi32>) -> tensor<2xui32>
  return
}

// -----

func.func @fraction(%key: tensor<2xui32>, %x: tensor<f32>) {
  // expected-error@+1 {{'atled.fold_in' op operand #1 must be tensor of i8 to i64 or ui8 to ui64, but got 'tensor<f32>'}}
  %0 = atled.fold_in %key, %x : (tensor<2xui32>, tensor<f32>) -> tensor<2xui32>
  return
}
