// Returns what it is given.
func.func @echo(%x: tensor<f64>) -> tensor<f64> {
  return %x : tensor<f64>
}
