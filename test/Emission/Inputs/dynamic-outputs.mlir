// The inputs have no dynamic dimension, the result has one.
func.func @steps(%scale: tensor<f64> {atled.name = "scale"}) -> (tensor<?x2xf64> {atled.name = "steps"}) {
  %rows = arith.constant 3 : index
  %number = atled.iota dimension = 0 sizes(%rows) : tensor<?x2xf64>
  %factor = atled.broadcast %scale dimensions = [] sizes(%rows) : tensor<f64> -> tensor<?x2xf64>
  %scaled = atled.mul %number, %factor : tensor<?x2xf64>
  return %scaled : tensor<?x2xf64>
}

// Nor has the argument here, and what is kept between the halves has one.
func.func private @wave(%x: tensor<f64> {atled.name = "x"}) -> (tensor<f64> {atled.name = "y"}) {
  %rows = arith.constant 3 : index
  %number = atled.iota dimension = 0 sizes(%rows) : tensor<?x2xf64>
  %factor = atled.broadcast %x dimensions = [] sizes(%rows) : tensor<f64> -> tensor<?x2xf64>
  %scaled = atled.mul %number, %factor : tensor<?x2xf64>
  %first = arith.constant 0 : index
  %one = arith.constant 1 : index
  %sines = scf.for %i = %first to %rows step %one iter_args(%angle = %scaled) -> (tensor<?x2xf64>) {
    %sine = atled.sin %angle : tensor<?x2xf64>
    scf.yield %sine : tensor<?x2xf64>
  }
  %y = atled.reduce_sum %sines dimensions = [0, 1] : tensor<?x2xf64> -> tensor<f64>
  return %y : tensor<f64>
}
ad.split @wave wrt = [0] forward @wave_fwd reverse @wave_bwd
