// The squared error of a network with two hidden layers, which share a function.

func.func private @dense(%x: tensor<5x4xf64>, %weights: tensor<4x4xf64>, %bias: tensor<4xf64>) -> tensor<5x4xf64> {
  %products = atled.matmul %x, %weights : (tensor<5x4xf64>, tensor<4x4xf64>) -> tensor<5x4xf64>
  %biases = atled.broadcast %bias dimensions = [1] : tensor<4xf64> -> tensor<5x4xf64>
  %sums = atled.add %products, %biases : tensor<5x4xf64>
  return %sums : tensor<5x4xf64>
}

func.func @loss(%x: tensor<5x4xf64>, %w0: tensor<4x4xf64>, %b0: tensor<4xf64>, %w1: tensor<4x4xf64>,
                %b1: tensor<4xf64>, %w2: tensor<4xf64>, %targets: tensor<5xf64>) -> tensor<f64> {
  %s0 = call @dense(%x, %w0, %b0) : (tensor<5x4xf64>, tensor<4x4xf64>, tensor<4xf64>) -> tensor<5x4xf64>
  %h0 = atled.tanh %s0 : tensor<5x4xf64>
  %s1 = call @dense(%h0, %w1, %b1) : (tensor<5x4xf64>, tensor<4x4xf64>, tensor<4xf64>) -> tensor<5x4xf64>
  // x logistic(x)
  %gate = atled.logistic %s1 : tensor<5x4xf64>
  %h1 = atled.mul %s1, %gate : tensor<5x4xf64>
  %y = atled.contract %h1, %w2 batch = [] x [] contracting = [1] x [0]
      : (tensor<5x4xf64>, tensor<4xf64>) -> tensor<5xf64>
  %errors = atled.sub %y, %targets : tensor<5xf64>
  %sum = atled.dot %errors, %errors : (tensor<5xf64>, tensor<5xf64>) -> tensor<f64>
  %count = atled.constant dense<5.0> : tensor<f64>
  %mean = atled.div %sum, %count : tensor<f64>
  return %mean : tensor<f64>
}
