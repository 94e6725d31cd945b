// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @slice_with_too_few_ranges(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.slice' op starts has 1 entries, but x has rank 2}}
  %0 = atled.slice %x[0:4] : tensor<4x8xf32> -> tensor<4x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @slice_with_too_few_limits(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.slice' op limits has 0 entries, but x has rank 1}}
  %0 = "atled.slice"(%x) {starts = array<i64: 0>, limits = array<i64>, strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @slice_with_too_many_strides(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.slice' op strides has 2 entries, but x has rank 1}}
  %0 = "atled.slice"(%x) {starts = array<i64: 0>, limits = array<i64: 4>, strides = array<i64: 1, 1>} : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @slice_before_the_start(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.slice' op in dimension 1, start -1 is less than 0}}
  %0 = atled.slice %x[0:4, -1:8] : tensor<4x8xf32> -> tensor<4x9xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @slice_beyond_the_end(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.slice' op in dimension 0, limit 5 is greater than the extent 4}}
  %0 = atled.slice %x[0:5] : tensor<4xf32> -> tensor<5xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @slice_backwards(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.slice' op in dimension 0, limit 2 is less than start 3}}
  %0 = atled.slice %x[3:2] : tensor<4xf32> -> tensor<0xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @slice_without_progress(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.slice' op in dimension 0, stride 0 is less than 1}}
  %0 = atled.slice %x[0:4:0] : tensor<4xf32> -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @open_limit_of_a_static_extent(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.slice' op in dimension 0, limit ? is for a dynamic extent, this one is 4}}
  %0 = atled.slice %x[0:?] : tensor<4xf32> -> tensor<?xf32>
  return
}

// -----

func.func @slice_of_another_shape(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.slice' op returns tensor<2xf32>, not tensor<3xf32>}}
  %0 = atled.slice %x[0:3:2] : tensor<4xf32> -> tensor<3xf32>
  return
}

// -----

func.func @range_without_a_limit(%x: tensor<4xf32>) {
  // expected-error@+1 {{expected ':'}}
  %0 = atled.slice %x[0] : tensor<4xf32> -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @too_few_starts(%x: tensor<4x8xf32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op starts has 1 entries, but x has rank 2}}
  %0 = atled.dynamic_slice %x[%i] sizes = [1, 1] : (tensor<4x8xf32>, tensor<i32>) -> tensor<1x1xf32>
  return
}

// -----

// expected-note@+1 {{start has type tensor<1xi32> and comes from here}}
func.func @start_of_rank_1(%x: tensor<4xf32>, %i: tensor<1xi32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op takes starts of rank 0: start 0 has rank 1}}
  %0 = atled.dynamic_slice %x[%i] sizes = [1] : (tensor<4xf32>, tensor<1xi32>) -> tensor<1xf32>
  return
}

// -----

// expected-note@+1 {{start has type tensor<i64> and comes from here}}
func.func @starts_of_different_types(%x: tensor<4x8xf32>, %i: tensor<i32>, %j: tensor<i64>) {
  // expected-error@+1 {{'atled.dynamic_slice' op takes starts of the same type: start 0 has tensor<i32>, start 1 has tensor<i64>}}
  %0 = atled.dynamic_slice %x[%i, %j] sizes = [1, 1] : (tensor<4x8xf32>, tensor<i32>, tensor<i64>) -> tensor<1x1xf32>
  return
}

// -----

func.func @start_that_is_a_float(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op operand #1 must be variadic of tensor of i8 to i64 or ui8 to ui64, but got 'tensor<f32>'}}
  %0 = atled.dynamic_slice %x[%i] sizes = [1] : (tensor<4xf32>, tensor<f32>) -> tensor<1xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @too_many_sizes(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op sizes has 2 entries, but x has rank 1}}
  %0 = atled.dynamic_slice %x[%i] sizes = [1, 1] : (tensor<4xf32>, tensor<i32>) -> tensor<1xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @size_greater_than_the_extent(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op in dimension 0, size 5 is greater than the extent 4}}
  %0 = atled.dynamic_slice %x[%i] sizes = [5] : (tensor<4xf32>, tensor<i32>) -> tensor<5xf32>
  return
}

// -----

func.func @negative_size(%x: tensor<?xf32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op in dimension 0, size -5 is less than 0}}
  %0 = atled.dynamic_slice %x[%i] sizes = [-5] : (tensor<?xf32>, tensor<i32>) -> tensor<?xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @open_size_of_a_static_extent(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op in dimension 0, size ? is for a dynamic extent, this one is 4}}
  %0 = atled.dynamic_slice %x[%i] sizes = [?] : (tensor<4xf32>, tensor<i32>) -> tensor<?xf32>
  return
}

// -----

// expected-note@+1 {{update has type tensor<5xf32> and comes from here}}
func.func @update_greater_than_the_extent(%x: tensor<4xf32>, %u: tensor<5xf32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_update_slice' op update does not fit: x dim 0 is 4, update dim 0 is 5}}
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<4xf32>, tensor<5xf32>, tensor<i32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{update has type tensor<f32> and comes from here}}
func.func @update_of_another_rank(%x: tensor<4xf32>, %u: tensor<f32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_update_slice' op takes an update of the rank of x: x has rank 1, update has rank 0}}
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<4xf32>, tensor<f32>, tensor<i32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{update has type tensor<1xf64> and comes from here}}
func.func @update_of_another_element_type(%x: tensor<4xf32>, %u: tensor<1xf64>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_update_slice' op takes operands of the same element type: x has f32, update has f64}}
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<4xf32>, tensor<1xf64>, tensor<i32>) -> tensor<4xf32>
  return
}

// -----

func.func @concatenation_of_nothing() {
  // expected-error@+1 {{'atled.concatenate' op takes at least one input}}
  %0 = "atled.concatenate"() {dimension = 0 : i64} : () -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{input 0 has type tensor<4xf32> and comes from here}}
func.func @concatenation_out_of_range(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.concatenate' op dimension 1 is out of range: input 0 has rank 1}}
  %0 = atled.concatenate %x, %x dimension = 1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  return
}

// -----

// expected-note@+1 {{input 1 has type tensor<2x7xf32> and comes from here}}
func.func @concatenation_of_different_shapes(%x: tensor<4x8xf32>, %y: tensor<2x7xf32>) {
  // expected-error@+1 {{'atled.concatenate' op joins along dimension 0, but dimension 1 differs: it is 8 in input 0, 7 in input 1}}
  %0 = atled.concatenate %x, %y dimension = 0 : (tensor<4x8xf32>, tensor<2x7xf32>) -> tensor<6x8xf32>
  return
}

// -----

// expected-note@+1 {{input 1 has type tensor<8xf32> and comes from here}}
func.func @concatenation_of_different_ranks(%x: tensor<4x8xf32>, %y: tensor<8xf32>) {
  // expected-error@+1 {{'atled.concatenate' op takes inputs of the same rank: input 0 has rank 2, input 1 has rank 1}}
  %0 = atled.concatenate %x, %y dimension = 0 : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{input 1 has type tensor<4xi32> and comes from here}}
func.func @concatenation_of_different_element_types(%x: tensor<4xf32>, %y: tensor<4xi32>) {
  // expected-error@+1 {{'atled.concatenate' op takes operands of the same element type: input 0 has f32, input 1 has i32}}
  %0 = atled.concatenate %x, %y dimension = 0 : (tensor<4xf32>, tensor<4xi32>) -> tensor<8xf32>
  return
}

// -----

func.func @concatenation_beyond_int64(%x: tensor<9223372036854775807xi8>) {
  // expected-error@+1 {{'atled.concatenate' op the extent of the result is 2^63 or more}}
  %0 = atled.concatenate %x, %x dimension = 0 : (tensor<9223372036854775807xi8>, tensor<9223372036854775807xi8>) -> tensor<?xi8>
  return
}

// -----

// expected-note@+1 {{value has type tensor<1xf32> and comes from here}}
func.func @pad_with_a_vector(%x: tensor<4xf32>, %v: tensor<1xf32>) {
  // expected-error@+1 {{'atled.pad' op takes a value of rank 0: value has rank 1}}
  %0 = atled.pad %x, %v low = [0] high = [0] interior = [0] : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{value has type tensor<f64> and comes from here}}
func.func @pad_with_another_element_type(%x: tensor<4xf32>, %v: tensor<f64>) {
  // expected-error@+1 {{'atled.pad' op takes operands of the same element type: x has f32, value has f64}}
  %0 = atled.pad %x, %v low = [0] high = [0] interior = [0] : (tensor<4xf32>, tensor<f64>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @pad_with_two_lows(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{'atled.pad' op low has 2 entries, but x has rank 1}}
  %0 = atled.pad %x, %v low = [0, 0] high = [0] interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @pad_without_high(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{'atled.pad' op high has 0 entries, but x has rank 1}}
  %0 = atled.pad %x, %v low = [0] high = [] interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @pad_without_interior(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{'atled.pad' op interior has 0 entries, but x has rank 1}}
  %0 = atled.pad %x, %v low = [0] high = [0] interior = [] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

func.func @negative_interior(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{'atled.pad' op in dimension 0, interior -1 is less than 0}}
  %0 = atled.pad %x, %v low = [0] high = [0] interior = [-1] : (tensor<4xf32>, tensor<f32>) -> tensor<1xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @pad_that_takes_away_too_much(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{'atled.pad' op in dimension 0, the extent of the result is -1: low -3 and high -2 take away more than there is}}
  %0 = atled.pad %x, %v low = [-3] high = [-2] interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<0xf32>
  return
}

// -----

func.func @pad_beyond_int64(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{'atled.pad' op in dimension 0, the extent of the result is 2^63 or more}}
  %0 = atled.pad %x, %v low = [0] high = [0] interior = [9223372036854775807] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

func.func @dynamic_slice_that_drops(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error@+1 {{'atled.dynamic_slice' op has no out_of_range = drop, which is for gather and scatter; clamp moves the part inside}}
  %0 = atled.dynamic_slice %x[%i] sizes = [2] out_of_range = drop : (tensor<4xf32>, tensor<i32>) -> tensor<2xf32>
  return
}
