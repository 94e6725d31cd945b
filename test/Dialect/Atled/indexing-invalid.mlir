// RUN: atled-opt %s --verify-diagnostics --split-input-file

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @indexed_out_of_range(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op indexed has dimension 2, and x has rank 2}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [2] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x2xi32> and comes from here}}
func.func @indexed_twice(%x: tensor<4x8xf32>, %i: tensor<5x2xi32>) {
  // expected-error@+1 {{'atled.gather' op indexed has dimension 0 twice}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0, 0] vector = 1 : (tensor<4x8xf32>, tensor<5x2xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @collapsed_out_of_range(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op dimension 2 is out of range: x has rank 2}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [2] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @vector_out_of_range(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op vector is 3, and indices has rank 2}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0] vector = 3 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x3xi32> and comes from here}}
func.func @vector_of_another_length(%x: tensor<4x8xf32>, %i: tensor<5x3xi32>) {
  // expected-error@+1 {{'atled.gather' op index vectors have 3 elements, and indexed names 1 dimensions}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x3xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x?xi32> and comes from here}}
func.func @vector_of_unknown_length(%x: tensor<4x8xf32>, %i: tensor<5x?xi32>) {
  // expected-error@+1 {{'atled.gather' op index vectors have ? elements, and indexed names 1 dimensions}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x?xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @batch_of_no_pairs(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op batch pairs 1 dimensions with 0}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [] batch = [0] x [] indexed = [1] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @batch_along_the_vector(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op batch has dimension 1 of indices, along which the index vectors run}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [] batch = [0] x [1] indexed = [1] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @batch_of_other_extents(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op batch pairs dimension 0 of x, of extent 4, with dimension 0 of indices, of extent 5}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [] batch = [0] x [0] indexed = [1] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<4x1xi32> and comes from here}}
func.func @batch_and_collapsed(%x: tensor<4x8xf32>, %i: tensor<4x1xi32>) {
  // expected-error@+1 {{'atled.gather' op dimension 0 of x is in both batch and collapsed}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] batch = [0] x [0] indexed = [1] vector = 1 : (tensor<4x8xf32>, tensor<4x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<4x1xi32> and comes from here}}
func.func @batch_and_indexed(%x: tensor<4x8xf32>, %i: tensor<4x1xi32>) {
  // expected-error@+1 {{'atled.gather' op dimension 0 of x is in both batch and indexed}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [] batch = [0] x [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<4x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+2 {{x has type tensor<4x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @offset_of_another_rank(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op offset names 2 dimensions, and a window has 1}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1, 2] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

func.func @offset_out_of_range(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op dimension 2 is out of range: the tensor of windows has rank 2}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [2] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @sizes_of_another_rank(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op sizes has 1 entries, but x has rank 2}}
  %0 = atled.gather %x[%i] sizes = [1] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @size_of_what_is_dropped(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op in dimension 0, size 2 is not 1, and the window drops it}}
  %0 = atled.gather %x[%i] sizes = [2, 8] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @size_below_zero(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op in dimension 1, size -1 is less than 0}}
  %0 = atled.gather %x[%i] sizes = [1, -1] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @size_beyond_the_extent(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op in dimension 1, size 9 is greater than the extent 8}}
  %0 = atled.gather %x[%i] sizes = [1, 9] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @dynamic_size_of_a_static_extent(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op in dimension 1, size ? is for a dynamic extent that is not indexed, or has an operand that says it}}
  %0 = atled.gather %x[%i] sizes = [1, ?] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<?x8xf32> and comes from here}}
func.func @dynamic_size_of_what_is_dropped(%x: tensor<?x8xf32>, %i: tensor<5x1xi32>, %n: index) {
  // expected-error@+1 {{'atled.gather' op in dimension 0, size ? is not 1, and the window drops it}}
  %0 = atled.gather %x[%i] sizes = [?, 8](%n) offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<?x8xf32>, tensor<5x1xi32>, index) -> tensor<5x8xf32>
  return
}

// -----

// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @sizes_that_nobody_asks_for(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>, %n: index) {
  // expected-error@+1 {{'atled.gather' op takes an operand for each size that is ?: 1 are, and 2 operands are given}}
  %0 = atled.gather %x[%i] sizes = [1, ?](%n, %n) offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>, index, index) -> tensor<5x?xf32>
  return
}

// -----

func.func @another_result(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>) {
  // expected-error@+1 {{'atled.gather' op returns tensor<5x8xf32>, not tensor<4x8xf32>}}
  %0 = atled.gather %x[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>) -> tensor<4x8xf32>
  return
}

// -----

// expected-note@+2 {{updates has type tensor<5xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @updates_of_another_rank(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>, %u: tensor<5xf32>) {
  // expected-error@+1 {{'atled.scatter' op updates has rank 1, and the numbers give it 2}}
  %0 = atled.scatter add, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>, tensor<5xf32>) -> tensor<4x8xf32>
  return
}

// -----

// expected-note@+2 {{updates has type tensor<6x8xf32> and comes from here}}
// expected-note@+1 {{indices has type tensor<5x1xi32> and comes from here}}
func.func @updates_of_another_number(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>, %u: tensor<6x8xf32>) {
  // expected-error@+1 {{'atled.scatter' op dimension 0 of updates has extent 6, and dimension 0 of indices 5}}
  %0 = atled.scatter add, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>, tensor<6x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

// expected-note@+2 {{updates has type tensor<5x9xf32> and comes from here}}
// expected-note@+1 {{x has type tensor<4x8xf32> and comes from here}}
func.func @updates_beyond_the_extent(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>, %u: tensor<5x9xf32>) {
  // expected-error@+1 {{'atled.scatter' op dimension 1 of updates has extent 9, more than the 8 of dimension 1 of x}}
  %0 = atled.scatter add, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>, tensor<5x9xf32>) -> tensor<4x8xf32>
  return
}

// -----

// expected-note@+1 {{updates has type tensor<5x8xf64> and comes from here}}
func.func @updates_of_another_element(%x: tensor<4x8xf32>, %i: tensor<5x1xi32>, %u: tensor<5x8xf64>) {
  // expected-error@+1 {{'atled.scatter' op takes operands of the same element type}}
  %0 = atled.scatter add, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xf32>, tensor<5x1xi32>, tensor<5x8xf64>) -> tensor<4x8xf32>
  return
}

// -----

func.func @sum_of_truth(%x: tensor<4x8xi1>, %i: tensor<5x1xi32>, %u: tensor<5x8xi1>) {
  // expected-error@+1 {{'atled.scatter' op computes with numbers, and has i1; 'set' takes any}}
  %0 = atled.scatter add, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 : (tensor<4x8xi1>, tensor<5x1xi32>, tensor<5x8xi1>) -> tensor<4x8xi1>
  return
}
