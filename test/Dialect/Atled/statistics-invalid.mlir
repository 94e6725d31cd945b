// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @dimension_out_of_range(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.mean' op dimension 2 is out of range: x has rank 2}}
  %0 = atled.mean %x dimensions = [2] : tensor<4x8xf32> -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @dimension_of_a_distribution(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.softmax' op dimension -1 is out of range: x has rank 2}}
  %0 = atled.softmax %x dimensions = [-1] : tensor<4x8xf32>
  return
}

// -----

func.func @dimensions_that_decrease(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.log_softmax' op dimensions must increase: 0 comes after 1}}
  %0 = atled.log_softmax %x dimensions = [1, 0] : tensor<4x8xf32>
  return
}

// -----

func.func @wrong_result(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.norm' op returns tensor<4xf32>, not tensor<8xf32>}}
  %0 = atled.norm %x dimensions = [1] : tensor<4x8xf32> -> tensor<8xf32>
  return
}

// -----

func.func @negative_correction(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.variance' op has the correction -1, and it has to be at least 0}}
  %0 = atled.variance %x dimensions = [1] correction = -1 : tensor<4x8xf32> -> tensor<4xf32>
  return
}

// -----

func.func @integers(%x: tensor<4x8xi32>) {
  // expected-error@+1 {{'atled.softmax' op operand #0 must be tensor of f16, bf16, f32 or f64, but got 'tensor<4x8xi32>'}}
  %0 = atled.softmax %x dimensions = [1] : tensor<4x8xi32>
  return
}
