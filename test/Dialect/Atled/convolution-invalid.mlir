// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @no_name(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op lhs has a dimension '%'; they are called by letters, a to z, and spatial ones by digits}}
  %0 = atled.convolution %x, %w "b%0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @a_long_name(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op lhs has a dimension 'é'; they are called by letters}}
  %0 = atled.convolution %x, %w "bé0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @a_name_twice(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op rhs has dimension 'i' twice}}
  %0 = atled.convolution %x, %w "bi0" x "iio" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @names_of_another_rank(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op "bi" names 2 dimensions, and lhs has rank 3}}
  %0 = atled.convolution %x, %w "bi" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @a_window_that_the_kernel_lacks(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op dimension '0' is spatial, and not one of lhs, rhs and the result}}
  %0 = atled.convolution %x, %w "bi0" x "oij" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @a_name_alone(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op dimension 'b' is one of a single tensor}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "qo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @windows_that_are_not_counted(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op has 1 spatial dimensions, and none is '0'}}
  %0 = atled.convolution %x, %w "bi1" x "oi1" -> "bo1" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @strides_of_another_rank(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op strides has 2 entries, and there are 1 spatial dimensions}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1, 1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @no_stride(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op in spatial dimension 0, stride 0 is less than 1}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [0] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @no_dilation(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op in spatial dimension 0, rhs_dilation 0 is less than 1}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [0] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x0xf32> and comes from here}}
func.func @no_kernel(%x: tensor<2x3x8xf32>, %w: tensor<4x3x0xf32>) {
  // expected-error@+1 {{'atled.convolution' op in spatial dimension 0, the kernel is empty}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x0xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x5x3xf32> and comes from here}}
func.func @other_features(%x: tensor<2x3x8xf32>, %w: tensor<4x5x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op dimension 'i' has extent 3 in lhs and 5 in rhs}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x5x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x?x3xf32> and comes from here}}
func.func @features_of_unknown_number(%x: tensor<2x3x8xf32>, %w: tensor<4x?x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op dimension 'i' has extent 3 in lhs and ? in rhs}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x?x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @less_than_nothing(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op in spatial dimension 0, lhs is padded to the extent -2}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1] low = [-10] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

// expected-note@+2 {{lhs has type tensor<2x3x8xf32> and comes from here}}
// expected-note@+1 {{rhs has type tensor<4x3x3xf32> and comes from here}}
func.func @beyond_every_size(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op in spatial dimension 0, an extent is beyond 2^63}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [4611686018427387904] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

func.func @another_result(%x: tensor<2x3x8xf32>, %w: tensor<4x3x3xf32>) {
  // expected-error@+1 {{'atled.convolution' op returns tensor<2x4x6xf32>, not tensor<2x4x7xf32>}}
  %0 = atled.convolution %x, %w "bi0" x "oi0" -> "bo0" strides = [1] low = [0] high = [0]
      lhs_dilation = [1] rhs_dilation = [1] : (tensor<2x3x8xf32>, tensor<4x3x3xf32>) -> tensor<2x4x7xf32>
  return
}
