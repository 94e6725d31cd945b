// RUN: atled-opt %s --atled-bufferize -split-input-file -verify-diagnostics

// expected-error @below {{'func.func' op does not have a destination for each result: run 'atled-destination-passing' first}}
func.func @no_destination(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{'func.func' op does not have a destination for each result: run 'atled-destination-passing' first}}
func.func @too_few(%x: tensor<4xf32>, %d: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    attributes {atled.num_inputs = 1 : i64} {
  return %x, %x : tensor<4xf32>, tensor<4xf32>
}

// -----

// expected-error @below {{'func.func' op does not have a destination for each result: run 'atled-destination-passing' first}}
func.func private @declaration(%x: tensor<4xf32>) -> tensor<4xf32>

// -----

// expected-error @below {{'func.func' op result 0 was not computed in its destination}}
func.func @elsewhere(%x: tensor<4xf32> {bufferization.writable = false}, %d: tensor<4xf32>) -> tensor<4xf32>
    attributes {atled.num_inputs = 1 : i64} {
  %e = tensor.empty() : tensor<4xf32>
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
