// Parts that are taken out, changed, and put back elsewhere.

func.func @loss(%x: tensor<6x7xf64>, %update: tensor<2x3xf64>, %margin: tensor<f64>, %i: tensor<i32>,
                %j: tensor<i32>) -> tensor<f64> {
  %part = atled.dynamic_slice %x[%i, %j] sizes = [2, 3] out_of_range = clamp
      : (tensor<6x7xf64>, tensor<i32>, tensor<i32>) -> tensor<2x3xf64>
  %changed = atled.mul %part, %update : tensor<2x3xf64>
  %y = atled.dynamic_update_slice %changed into %x[%j, %i] out_of_range = clamp
      : (tensor<6x7xf64>, tensor<2x3xf64>, tensor<i32>, tensor<i32>) -> tensor<6x7xf64>
  %spread = atled.pad %part, %margin low = [1, -1] high = [0, 2] interior = [1, 2]
      : (tensor<2x3xf64>, tensor<f64>) -> tensor<4x8xf64>
  %strided = atled.slice %y[1:5:2, 0:7:2] : tensor<6x7xf64> -> tensor<2x4xf64>
  %turned = atled.transpose %strided permutation = [1, 0] : tensor<2x4xf64> -> tensor<4x2xf64>
  %joined = atled.concatenate %spread, %turned, %turned dimension = 1
      : (tensor<4x8xf64>, tensor<4x2xf64>, tensor<4x2xf64>) -> tensor<4x12xf64>
  %flat = atled.reshape %joined : tensor<4x12xf64> -> tensor<48xf64>
  %sin = atled.sin %flat : tensor<48xf64>
  %whole = atled.reshape %y : tensor<6x7xf64> -> tensor<42xf64>
  %norm = atled.dot %whole, %whole : (tensor<42xf64>, tensor<42xf64>) -> tensor<f64>
  %waves = atled.dot %sin, %flat : (tensor<48xf64>, tensor<48xf64>) -> tensor<f64>
  %loss = atled.mul %norm, %waves : tensor<f64>
  return %loss : tensor<f64>
}
