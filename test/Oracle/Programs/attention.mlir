// Two batches of five tokens, each of which attends to itself and those before it.

func.func private @project(%x: tensor<2x5x6xf64>, %weights: tensor<6x4xf64>) -> tensor<2x5x4xf64> {
  %y = atled.contract %x, %weights batch = [] x [] contracting = [2] x [0]
      : (tensor<2x5x6xf64>, tensor<6x4xf64>) -> tensor<2x5x4xf64>
  return %y : tensor<2x5x4xf64>
}

func.func @loss(%x: tensor<2x5x6xf64>, %query_weights: tensor<6x4xf64>, %key_weights: tensor<6x4xf64>,
                %value_weights: tensor<6x4xf64>) -> tensor<f64> {
  %queries = call @project(%x, %query_weights) : (tensor<2x5x6xf64>, tensor<6x4xf64>) -> tensor<2x5x4xf64>
  %keys = call @project(%x, %key_weights) : (tensor<2x5x6xf64>, tensor<6x4xf64>) -> tensor<2x5x4xf64>
  %values = call @project(%x, %value_weights) : (tensor<2x5x6xf64>, tensor<6x4xf64>) -> tensor<2x5x4xf64>

  %products = atled.contract %queries, %keys batch = [0] x [0] contracting = [2] x [2]
      : (tensor<2x5x4xf64>, tensor<2x5x4xf64>) -> tensor<2x5x5xf64>
  %half = atled.constant dense<0.5> : tensor<2x5x5xf64>
  %scores = atled.mul %products, %half : tensor<2x5x5xf64>

  %from = atled.iota dimension = 1 : tensor<2x5x5xi32>
  %to = atled.iota dimension = 2 : tensor<2x5x5xi32>
  %is_seen = atled.compare le, %to, %from : tensor<2x5x5xi32>
  %nothing = atled.constant dense<0xFFF0000000000000> : tensor<2x5x5xf64>
  %masked = atled.select %is_seen, %scores, %nothing : tensor<2x5x5xi1>, tensor<2x5x5xf64>

  %attached = atled.reduce_max %masked dimensions = [2] : tensor<2x5x5xf64> -> tensor<2x5xf64>
  %max = ad.detach %attached : tensor<2x5xf64>
  %maxes = atled.broadcast %max dimensions = [0, 1] : tensor<2x5xf64> -> tensor<2x5x5xf64>
  %shifted = atled.sub %masked, %maxes : tensor<2x5x5xf64>
  %exponentials = atled.exp %shifted : tensor<2x5x5xf64>
  %sum = atled.reduce_sum %exponentials dimensions = [2] : tensor<2x5x5xf64> -> tensor<2x5xf64>
  %sums = atled.broadcast %sum dimensions = [0, 1] : tensor<2x5xf64> -> tensor<2x5x5xf64>
  %attention = atled.div %exponentials, %sums : tensor<2x5x5xf64>

  %y = atled.contract %attention, %values batch = [0] x [0] contracting = [2] x [1]
      : (tensor<2x5x5xf64>, tensor<2x5x4xf64>) -> tensor<2x5x4xf64>
  %activations = atled.tanh %y : tensor<2x5x4xf64>
  %loss = atled.reduce_sum %activations dimensions = [0, 1, 2] : tensor<2x5x4xf64> -> tensor<f64>
  return %loss : tensor<f64>
}
