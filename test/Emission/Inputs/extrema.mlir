func.func @extrema(%x: tensor<7xf32> {atled.name = "x"}, %y: tensor<7xf32> {atled.name = "y"})
    -> (tensor<7xf32> {atled.name = "maximum"}, tensor<7xf32> {atled.name = "minimum"},
        tensor<f32> {atled.name = "largest"}, tensor<f32> {atled.name = "smallest"}) {
  %maximum = atled.maximum %x, %y : tensor<7xf32>
  %minimum = atled.minimum %x, %y : tensor<7xf32>
  %largest = atled.reduce_max %x dimensions = [0] : tensor<7xf32> -> tensor<f32>
  %smallest = atled.reduce_min %x dimensions = [0] : tensor<7xf32> -> tensor<f32>
  return %maximum, %minimum, %largest, %smallest : tensor<7xf32>, tensor<7xf32>, tensor<f32>, tensor<f32>
}

func.func @softplus(%x: tensor<3xf64> {atled.name = "x"}) -> (tensor<3xf64> {atled.name = "out0"}) {
  %y = atled.softplus %x : tensor<3xf64>
  return %y : tensor<3xf64>
}
