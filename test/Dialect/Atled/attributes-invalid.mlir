// RUN: atled-opt %s -split-input-file -verify-diagnostics

// What passes tell each other is checked where it would send them astray.

// expected-error @below {{expects 'atled.in_place' to be the i64 of one of its 1 arguments, got 1 : i64}}
func.func @behind(%x: tensor<4xf32>) -> (tensor<4xf32> {atled.in_place = 1 : i64}) {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{expects 'atled.in_place' to be the i64 of one of its 2 arguments, got 0 : i8}}
func.func @narrow(%x: memref<4xf32>, %y: memref<4xf32> {atled.in_place = 0 : i8}) {
  return
}

// -----

// expected-error @below {{expects 'atled.workspace_bytes' to be a number of bytes, of type i64, got "64"}}
func.func @text(%workspace: memref<?xi8>) attributes {atled.workspace_bytes = "64"} {
  return
}

// -----

// expected-error @below {{expects 'atled.workspace_bytes' to be a number of bytes, of type i64, got -1 : i64}}
func.func @negative(%workspace: memref<?xi8>) attributes {atled.workspace_bytes = -1 : i64} {
  return
}

// -----

// expected-error @below {{expects 'atled.num_inputs' to be the i64 of how many of its 1 arguments are inputs, got 9223372036854775807 : i64}}
func.func @more(%x: memref<4xf32>) attributes {atled.num_inputs = 9223372036854775807 : i64} {
  return
}

// -----

// expected-error @below {{expects 'atled.num_inputs' to be the i64 of how many of its 1 arguments are inputs, got -1 : i64}}
func.func @fewer(%x: memref<4xf32>) attributes {atled.num_inputs = -1 : i64} {
  return
}
