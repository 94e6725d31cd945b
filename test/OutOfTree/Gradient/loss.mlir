func.func @loss(%x: tensor<f64> {atled.name = "x"}) -> (tensor<f64> {atled.name = "loss"}) {
  %y = atled.mul %x, %x : tensor<f64>
  return %y : tensor<f64>
}
