// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @dimension_out_of_range(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.reduce_sum' op dimension 2 is out of range: x has rank 2}}
  %0 = atled.reduce_sum %x dimensions = [2] : tensor<4x8xf32> -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @negative_dimension(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.reduce_max' op dimension -1 is out of range: x has rank 2}}
  %0 = atled.reduce_max %x dimensions = [-1] : tensor<4x8xf32> -> tensor<4xf32>
  return
}

// -----

func.func @dimension_twice(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.reduce_min' op dimension 1 occurs twice}}
  %0 = atled.reduce_min %x dimensions = [1, 1] : tensor<4x8xf32> -> tensor<4xf32>
  return
}

// -----

func.func @dimensions_that_decrease(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.reduce_prod' op dimensions must increase: 0 comes after 1}}
  %0 = atled.reduce_prod %x dimensions = [1, 0] : tensor<4x8xf32> -> tensor<f32>
  return
}

// -----

func.func @result_of_another_shape(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.reduce_sum' op returns tensor<8xf32>, not tensor<4xf32>}}
  %0 = atled.reduce_sum %x dimensions = [0] : tensor<4x8xf32> -> tensor<4xf32>
  return
}

// -----

func.func @reduction_of_predicates(%x: tensor<4xi1>) {
  // expected-error@+1 {{'atled.reduce_max' op operand #0 must be tensor of}}
  %0 = atled.reduce_max %x dimensions = [0] : tensor<4xi1> -> tensor<i1>
  return
}

// -----

// expected-note@+1 {{x has type tensor<f32> and comes from here}}
func.func @argmax_of_rank_0(%x: tensor<f32>) {
  // expected-error@+1 {{'atled.argmax' op dimension 0 is out of range: x has rank 0}}
  %0 = atled.argmax %x dimension = 0 : tensor<f32> -> tensor<i32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x0xf32> and comes from here}}
func.func @argmax_of_nothing(%x: tensor<4x0xf32>) {
  // expected-error@+1 {{'atled.argmax' op dimension 1 has no elements, so none is the greatest}}
  %0 = atled.argmax %x dimension = 1 : tensor<4x0xf32> -> tensor<4xi32>
  return
}

// -----

func.func @argmax_beyond_the_index_type(%x: tensor<300xf32>) {
  // expected-error@+1 {{'atled.argmax' op returns indices up to 299 along dimension 0, which do not fit ui8}}
  %0 = atled.argmax %x dimension = 0 : tensor<300xf32> -> tensor<ui8>
  return
}

// -----

func.func @argmax_beyond_the_signed_index_type(%x: tensor<129xf32>) {
  // expected-error@+1 {{'atled.argmax' op returns indices up to 128 along dimension 0, which do not fit i8}}
  %0 = atled.argmax %x dimension = 0 : tensor<129xf32> -> tensor<i8>
  return
}

// -----

func.func @argmax_as_a_float(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.argmax' op result #0 must be tensor of i8 to i64 or ui8 to ui64, but got 'tensor<f32>'}}
  %0 = atled.argmax %x dimension = 0 : tensor<4xf32> -> tensor<f32>
  return
}

// -----

func.func @argmax_of_another_shape(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.argmax' op returns tensor<8xi32>, not tensor<4xi32>}}
  %0 = atled.argmax %x dimension = 0 : tensor<4x8xf32> -> tensor<4xi32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x0xf32> and comes from here}}
func.func @argmin_of_nothing(%x: tensor<4x0xf32>) {
  // expected-error@+1 {{'atled.argmin' op dimension 1 has no elements, so none is the least}}
  %0 = atled.argmin %x dimension = 1 : tensor<4x0xf32> -> tensor<4xi32>
  return
}

// -----

func.func @argmin_beyond_the_index_type(%x: tensor<300xf32>) {
  // expected-error@+1 {{'atled.argmin' op returns indices up to 299 along dimension 0, which do not fit ui8}}
  %0 = atled.argmin %x dimension = 0 : tensor<300xf32> -> tensor<ui8>
  return
}

// -----

func.func @any_of_numbers(%x: tensor<4xi8>) {
  // expected-error@+1 {{'atled.reduce_any' op operand #0 must be tensor of i1, but got 'tensor<4xi8>'}}
  %0 = atled.reduce_any %x dimensions = [0] : tensor<4xi8> -> tensor<i8>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xi1> and comes from here}}
func.func @all_over_another_dimension(%x: tensor<4xi1>) {
  // expected-error@+1 {{'atled.reduce_all' op dimension 1 is out of range: x has rank 1}}
  %0 = atled.reduce_all %x dimensions = [1] : tensor<4xi1> -> tensor<4xi1>
  return
}

// -----

func.func @tie_that_would_be_folded_away(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.reduce_max' op has tie = zero, and it takes split or first}}
  %0 = atled.reduce_max %x dimensions = [0] tie = zero : tensor<4xf32> -> tensor<f32>
  return
}

// -----

func.func @tie_of_the_least(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.reduce_min' op has tie = one, and it takes split or first}}
  %0 = atled.reduce_min %x dimensions = [0] tie = one : tensor<4xf32> -> tensor<f32>
  return
}
