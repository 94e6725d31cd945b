// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+1 {{x has type tensor<7xf32> and comes from here}}
func.func @out_of_range(%x: tensor<7xf32>) {
  // expected-error@+1 {{'atled.unfold' op dimension 1 is out of range: x has rank 1}}
  %0 = atled.unfold %x dimensions = [1] sizes = [2] strides = [1] dilations = [1] : tensor<7xf32> -> tensor<7x2xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<7x7xf32> and comes from here}}
func.func @number_of_sizes(%x: tensor<7x7xf32>) {
  // expected-error@+1 {{'atled.unfold' op sizes has 1 entries for 2 dimensions}}
  %0 = atled.unfold %x dimensions = [0, 1] sizes = [2] strides = [1, 1] dilations = [1, 1] : tensor<7x7xf32> -> tensor<6x6x2x2xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<7xf32> and comes from here}}
func.func @no_stride(%x: tensor<7xf32>) {
  // expected-error@+1 {{'atled.unfold' op strides has the entry 0, and the least is 1}}
  %0 = atled.unfold %x dimensions = [0] sizes = [2] strides = [0] dilations = [1] : tensor<7xf32> -> tensor<6x2xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<?xf32> and comes from here}}
func.func @dynamic(%x: tensor<?xf32>) {
  // expected-error@+1 {{'atled.unfold' op slides over dimension 0 of x, which is dynamic; 'atled.reshape' makes it static}}
  %0 = atled.unfold %x dimensions = [0] sizes = [2] strides = [1] dilations = [1] : tensor<?xf32> -> tensor<?x2xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<7xf32> and comes from here}}
func.func @too_long(%x: tensor<7xf32>) {
  // expected-error@+1 {{'atled.unfold' op a window of 3 elements that are 9223372036854775807 apart is too long for dimension 0}}
  %0 = atled.unfold %x dimensions = [0] sizes = [3] strides = [1] dilations = [9223372036854775807] : tensor<7xf32> -> tensor<0x3xf32>
  return
}

// -----

func.func @wrong_result(%x: tensor<7xf32>) {
  // expected-error@+1 {{'atled.unfold' op returns tensor<3x3xf32>, not tensor<4x3xf32>}}
  %0 = atled.unfold %x dimensions = [0] sizes = [3] strides = [2] dilations = [1] : tensor<7xf32> -> tensor<4x3xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x3xf32> and comes from here}}
func.func @wrong_number(%x: tensor<4x3xf32>) {
  // expected-error@+1 {{'atled.overlap_add' op x has 4 windows of 3 elements along dimension 0, and 7 elements have 3}}
  %0 = atled.overlap_add %x dimensions = [0] extents = [7] strides = [2] dilations = [1] : tensor<4x3xf32> -> tensor<7xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4xf32> and comes from here}}
func.func @no_windows(%x: tensor<4xf32>) {
  // expected-error@+1 {{'atled.overlap_add' op needs a dimension of x for each of the 2 of a window}}
  %0 = atled.overlap_add %x dimensions = [0, 1] extents = [7, 7] strides = [1, 1] dilations = [1, 1] : tensor<4xf32> -> tensor<7xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<?x3xf32> and comes from here}}
func.func @dynamic_windows(%x: tensor<?x3xf32>) {
  // expected-error@+1 {{'atled.overlap_add' op adds windows along dimension 0 of x, and their number or size is dynamic; 'atled.reshape' makes it static}}
  %0 = atled.overlap_add %x dimensions = [0] extents = [7] strides = [1] dilations = [1] : tensor<?x3xf32> -> tensor<7xf32>
  return
}
