// A long loop in a short one, and one that has a checkpoint of its own.
func.func @f(%x: tensor<16xf64>, %w: tensor<16xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c200 = arith.constant 200 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> (tensor<16xf64>) {
    %q = scf.for %j = %c0 to %c200 step %c1 iter_args(%g = %h) -> (tensor<16xf64>) {
      %a = atled.mul %g, %w : tensor<16xf64>
      %b = atled.sin %a : tensor<16xf64>
      %c = atled.add %b, %g : tensor<16xf64>
      scf.yield %c : tensor<16xf64>
    }
    %t = atled.tanh %q : tensor<16xf64>
    scf.yield %t : tensor<16xf64>
  }
  %o = scf.for %i = %c0 to %c200 step %c1 iter_args(%h = %r) -> (tensor<16xf64>) {
    %e = atled.sin %h : tensor<16xf64>
    scf.yield %e : tensor<16xf64>
  } {ad.checkpoint = #ad.binomial<5>}
  %s = atled.reduce_sum %o dimensions = [0] : tensor<16xf64> -> tensor<f64>
  return %s : tensor<f64>
}
