func.func @f(%x: tensor<64xf64>) -> tensor<64xf64> {
  %t = atled.tanh %x : tensor<64xf64>
  return %t : tensor<64xf64>
}

// A derivative that nothing asks for where only @f is compiled.
func.func @g(%x: tensor<64xf64>, %seed: tensor<64xf64>) -> tensor<64xf64> {
  %r:2 = ad.vjp @f(%x) seed(%seed) wrt = [0] : (tensor<64xf64>, tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>)
  return %r#1 : tensor<64xf64>
}
