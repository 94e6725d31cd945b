// RUN: atled-opt %s --verify-diagnostics --split-input-file

func.func @constant_of_a_vector() {
  // expected-error@+1 {{'atled.constant' op takes dense<...> or dense_resource<...> of a ranked tensor, not dense<0.000000e+00> : vector<4xf32>}}
  %0 = atled.constant dense<0.0> : vector<4xf32>
  return
}

// -----

func.func @sparse_constant() {
  // expected-error@+1 {{'atled.constant' op takes dense<...> or dense_resource<...> of a ranked tensor, not sparse<}}
  %0 = atled.constant sparse<[[0, 0]], [1.0]> : tensor<3x4xf32>
  return
}

// -----

func.func @constant_of_type_index() {
  // expected-error@+1 {{'atled.constant' op result #0 must be tensor of}}
  %0 = atled.constant dense<0> : tensor<4xindex>
  return
}

// -----

func.func @resource_that_there_is_not() {
  // expected-error@+1 {{'atled.constant' op resource 'weights' is not in the file}}
  %0 = atled.constant dense_resource<weights> : tensor<2xf32>
  return
}

// -----

func.func @resource_of_no_size() {
  // expected-error@+1 {{'atled.constant' op has the type tensor<?xf32>, and the shape of a constant is static}}
  %0 = atled.constant dense_resource<two_floats> : tensor<?xf32>
  return
}

{-# dialect_resources: { builtin: { two_floats: "0x040000000000803F00000040" } } #-}

// -----

func.func @resource_of_another_size() {
  // expected-error@+1 {{'atled.constant' op resource 'two_floats' has 8 bytes, but tensor<3xf32> has 12}}
  %0 = atled.constant dense_resource<two_floats> : tensor<3xf32>
  return
}

{-# dialect_resources: { builtin: { two_floats: "0x040000000000803F00000040" } } #-}

// -----

func.func @iota_out_of_range() {
  // expected-error@+1 {{'atled.iota' op dimension 2 is out of range: the result has rank 2}}
  %0 = atled.iota dimension = 2 : tensor<4x8xf32>
  return
}

// -----

func.func @iota_without_sizes() {
  // expected-error@+1 {{'atled.iota' op sizes has 0 entries, but the result has 1 dynamic dimensions}}
  %0 = atled.iota dimension = 0 : tensor<?x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @reshape_to_more_elements(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.reshape' op keeps the number of elements: x has 32, result has 33}}
  %0 = atled.reshape %x : tensor<4x8xf32> -> tensor<33xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @reshape_to_another_element_type(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.reshape' op keeps the element type: x has f32, result has i32}}
  %0 = atled.reshape %x : tensor<4xf32> -> tensor<4xi32>
  return
}

// -----

func.func @reshape_without_sizes(%x: tensor<?xf32>) {
  // expected-error@+1 {{'atled.reshape' op sizes has 0 entries, but the result has 2 dynamic dimensions}}
  %0 = atled.reshape %x : tensor<?xf32> -> tensor<?x?xf32>
  return
}

// -----

func.func @reshape_with_a_size_too_many(%x: tensor<?xf32>, %n: index) {
  // expected-error@+1 {{'atled.reshape' op sizes has 1 entries, but the result has 0 dynamic dimensions}}
  %0 = atled.reshape %x sizes(%n) : tensor<?xf32> -> tensor<4xf32>
  return
}

// -----

func.func @reshape_whose_extent_does_not_follow(%x: tensor<?x0xf32>) {
  // expected-error@+1 {{'atled.reshape' op needs sizes: the dynamic extent of tensor<0x?xf32> does not follow from the number of elements}}
  %0 = atled.reshape %x : tensor<?x0xf32> -> tensor<0x?xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<8xf32> and comes from here}}
func.func @broadcast_of_an_extent_other_than_1(%x: tensor<8xf32>) {
  // expected-error@+1 {{'atled.broadcast' op repeats only an extent of 1: x dim 0 is 8, result dim 1 is 16}}
  %0 = atled.broadcast %x dimensions = [1] : tensor<8xf32> -> tensor<4x16xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<?xf32> and comes from here}}
func.func @broadcast_of_a_dynamic_extent(%x: tensor<?xf32>) {
  // expected-error@+1 {{'atled.broadcast' op repeats only an extent of 1: x dim 0 is ?, result dim 0 is 16}}
  %0 = atled.broadcast %x dimensions = [0] : tensor<?xf32> -> tensor<16xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<8xf32> and comes from here}}
func.func @broadcast_with_too_many_dimensions(%x: tensor<8xf32>) {
  // expected-error@+1 {{'atled.broadcast' op dimensions has 2 entries, but x has rank 1}}
  %0 = atled.broadcast %x dimensions = [0, 1] : tensor<8xf32> -> tensor<8x8xf32>
  return
}

// -----

func.func @broadcast_out_of_range(%x: tensor<8xf32>) {
  // expected-error@+1 {{'atled.broadcast' op dimension 2 is out of range: the result has rank 2}}
  %0 = atled.broadcast %x dimensions = [2] : tensor<8xf32> -> tensor<8x8xf32>
  return
}

// -----

func.func @broadcast_that_transposes(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.broadcast' op dimensions must increase: 0 comes after 1}}
  %0 = atled.broadcast %x dimensions = [1, 0] : tensor<4x8xf32> -> tensor<8x4xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<f32> and comes from here}}
func.func @broadcast_to_another_element_type(%x: tensor<f32>) {
  // expected-error@+1 {{'atled.broadcast' op keeps the element type: x has f32, result has f64}}
  %0 = atled.broadcast %x dimensions = [] : tensor<f32> -> tensor<4xf64>
  return
}

// -----

func.func @broadcast_without_sizes(%x: tensor<1x?xf32>) {
  // expected-error@+1 {{'atled.broadcast' op sizes has 0 entries, but the result has 2 dynamic dimensions that are not those of x}}
  %0 = atled.broadcast %x dimensions = [0, 2] : tensor<1x?xf32> -> tensor<?x?x?xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @permutation_too_short(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.transpose' op permutation has 1 entries, but x has rank 2}}
  %0 = atled.transpose %x permutation = [1] : tensor<4x8xf32> -> tensor<8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @permutation_out_of_range(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.transpose' op dimension 2 is out of range: x has rank 2}}
  %0 = atled.transpose %x permutation = [2, 0] : tensor<4x8xf32> -> tensor<8x4xf32>
  return
}

// -----

func.func @permutation_that_repeats(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.transpose' op dimension 1 occurs twice in the permutation}}
  %0 = atled.transpose %x permutation = [1, 1] : tensor<4x8xf32> -> tensor<8x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @reverse_along_no_dimension(%x: tensor<4x8xf32>) {
  // expected-error@+1 {{'atled.reverse' op dimension 2 is out of range: x has rank 2}}
  %0 = atled.reverse %x dimensions = [2] : tensor<4x8xf32>
  return
}
