func.func @run(%x: tensor<f32> {atled.name = "span"}) -> (tensor<f32> {atled.name = "buffer"}) {
  %y = atled.add %x, %x : tensor<f32>
  return %y : tensor<f32>
}
