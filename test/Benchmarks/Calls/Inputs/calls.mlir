// What calls are timed with: so little work that the call itself is most of it.

func.func @one(%x: tensor<f32>) -> tensor<f32> {
  %y = atled.add %x, %x : tensor<f32>
  return %y : tensor<f32>
}

func.func @twelve(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<f32>, %d: tensor<f32>,
                  %e: tensor<f64>, %f: tensor<f64>, %g: tensor<f64>, %h: tensor<f64>)
    -> (tensor<f32>, tensor<f32>, tensor<f64>, tensor<f64>) {
  %0 = atled.add %a, %b : tensor<f32>
  %1 = atled.add %c, %d : tensor<f32>
  %2 = atled.add %e, %f : tensor<f64>
  %3 = atled.add %g, %h : tensor<f64>
  return %0, %1, %2, %3 : tensor<f32>, tensor<f32>, tensor<f64>, tensor<f64>
}
