// The mean square distance of four points from a line.
func.func @loss(%slope: tensor<f32> {atled.name = "slope"}, %offset: tensor<f32> {atled.name = "offset"},
                %x: tensor<4xf32> {atled.name = "x"}, %y: tensor<4xf32> {atled.name = "y"})
    -> (tensor<f32> {atled.name = "loss"}) {
  %slopes = atled.broadcast %slope dimensions = [] : tensor<f32> -> tensor<4xf32>
  %offsets = atled.broadcast %offset dimensions = [] : tensor<f32> -> tensor<4xf32>
  %rise = atled.mul %slopes, %x : tensor<4xf32>
  %line = atled.add %rise, %offsets : tensor<4xf32>
  %distance = atled.sub %line, %y : tensor<4xf32>
  %sum = atled.dot %distance, %distance : (tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
  %quarter = atled.constant dense<0.25> : tensor<f32>
  %loss = atled.mul %sum, %quarter : tensor<f32>
  return %loss : tensor<f32>
}
