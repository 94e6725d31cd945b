// RUN: atled-opt %s --atled-lower-to-loops -verify-diagnostics

func.func @on_tensors(%x: tensor<4xf32>, %d: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'linalg.exp' op works on tensors, not on buffers: run 'atled-bufferize' first}}
  %y = linalg.exp ins(%x : tensor<4xf32>) outs(%d : tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
