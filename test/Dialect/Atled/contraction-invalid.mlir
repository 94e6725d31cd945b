// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+1 {{rhs has type tensor<4x16xf32> and comes from here}}
func.func @contracted_sizes_differ(%x: tensor<2x8xf32>, %y: tensor<4x16xf32>) {
  // expected-error@+1 {{'atled.matmul' op contracts dimensions of different size: lhs dim 1 is 8, rhs dim 0 is 4}}
  %0 = atled.matmul %x, %y : (tensor<2x8xf32>, tensor<4x16xf32>) -> tensor<2x16xf32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<?xf32> and comes from here}}
func.func @dynamic_beside_static(%x: tensor<8xf32>, %y: tensor<?xf32>) {
  // expected-error@+1 {{'atled.dot' op contracts dimensions of different size: lhs dim 0 is 8, rhs dim 0 is ?}}
  %0 = atled.dot %x, %y : (tensor<8xf32>, tensor<?xf32>) -> tensor<f32>
  return
}

// -----

// expected-note@+1 {{lhs has type tensor<2x4x8xf32> and comes from here}}
func.func @matmul_of_rank_3(%x: tensor<2x4x8xf32>, %y: tensor<8x3xf32>) {
  // expected-error@+1 {{'atled.matmul' op takes two matrices, of rank 2: lhs has rank 3; 'atled.contract', and matmul and einsum in C++, take any}}
  %0 = atled.matmul %x, %y : (tensor<2x4x8xf32>, tensor<8x3xf32>) -> tensor<2x4x3xf32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<8x1xf32> and comes from here}}
func.func @dot_of_rank_2(%x: tensor<8xf32>, %y: tensor<8x1xf32>) {
  // expected-error@+1 {{'atled.dot' op takes two vectors, of rank 1: rhs has rank 2; 'atled.contract', and matmul and einsum in C++, take any}}
  %0 = atled.dot %x, %y : (tensor<8xf32>, tensor<8x1xf32>) -> tensor<f32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<8xf64> and comes from here}}
func.func @element_types_differ(%x: tensor<8xf32>, %y: tensor<8xf64>) {
  // expected-error@+1 {{'atled.dot' op takes operands of the same element type: lhs has f32, rhs has f64}}
  %0 = atled.dot %x, %y : (tensor<8xf32>, tensor<8xf64>) -> tensor<f32>
  return
}

// -----

func.func @result_of_another_shape(%x: tensor<2x8xf32>, %y: tensor<8x3xf32>) {
  // expected-error@+1 {{'atled.matmul' op returns tensor<2x3xf32>, not tensor<3x2xf32>}}
  %0 = atled.matmul %x, %y : (tensor<2x8xf32>, tensor<8x3xf32>) -> tensor<3x2xf32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<3x8x5xf32> and comes from here}}
func.func @batch_sizes_differ(%x: tensor<2x4x8xf32>, %y: tensor<3x8x5xf32>) {
  // expected-error@+1 {{'atled.contract' op batches dimensions of different size: lhs dim 0 is 2, rhs dim 0 is 3}}
  %0 = atled.contract %x, %y batch = [0] x [0] contracting = [2] x [1]
    : (tensor<2x4x8xf32>, tensor<3x8x5xf32>) -> tensor<2x4x5xf32>
  return
}

// -----

func.func @batch_without_a_partner(%x: tensor<2x4xf32>, %y: tensor<4x5xf32>) {
  // expected-error@+1 {{'atled.contract' op pairs batch dimensions: lhs has 1, rhs has 0}}
  %0 = atled.contract %x, %y batch = [0] x [] contracting = [1] x [0]
    : (tensor<2x4xf32>, tensor<4x5xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @contracting_without_a_partner(%x: tensor<2x4xf32>, %y: tensor<4x5xf32>) {
  // expected-error@+1 {{'atled.contract' op pairs contracting dimensions: lhs has 1, rhs has 2}}
  %0 = atled.contract %x, %y batch = [] x [] contracting = [1] x [0, 1]
    : (tensor<2x4xf32>, tensor<4x5xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @dimension_both_batch_and_contracting(%x: tensor<2x4xf32>, %y: tensor<4x5xf32>) {
  // expected-error@+1 {{'atled.contract' op lhs dim 1 occurs twice among batch and contracting dimensions}}
  %0 = atled.contract %x, %y batch = [1] x [0] contracting = [1] x [1]
    : (tensor<2x4xf32>, tensor<4x5xf32>) -> tensor<4x2xf32>
  return
}

// -----

// expected-note@+1 {{rhs has type tensor<4x5xf32> and comes from here}}
func.func @dimension_out_of_range(%x: tensor<2x4xf32>, %y: tensor<4x5xf32>) {
  // expected-error@+1 {{'atled.contract' op dimension 2 is out of range: rhs has rank 2}}
  %0 = atled.contract %x, %y batch = [] x [] contracting = [1] x [2]
    : (tensor<2x4xf32>, tensor<4x5xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @result_beyond_the_address_space(%x: tensor<2147483648xi8>, %y: tensor<4294967296xi8>) {
  // expected-error@+1 {{'atled.contract' op result #0 has type tensor<2147483648x4294967296xi8>, which has 2^63 bytes or more}}
  %0 = atled.contract %x, %y batch = [] x [] contracting = [] x []
    : (tensor<2147483648xi8>, tensor<4294967296xi8>) -> tensor<2147483648x4294967296xi8>
  return
}
