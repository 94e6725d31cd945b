func.func @f(%x: tensor<f64>, %limit: tensor<f64>) -> tensor<f64> {
  %r = scf.while (%a = %x) : (tensor<f64>) -> tensor<f64> {
    %less = atled.compare lt, %a, %limit : tensor<f64>
    %goes = tensor.extract %less[] : tensor<i1>
    scf.condition(%goes) %a : tensor<f64>
  } do {
  ^bb0(%a: tensor<f64>):
    %s = atled.sin %a : tensor<f64>
    %b = atled.add %a, %s : tensor<f64>
    scf.yield %b : tensor<f64>
  }
  return %r : tensor<f64>
}
