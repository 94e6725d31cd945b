// Every function that C provides counts its calls: with what is not wanted, those for it alone must not come.
func.func private @shared(tensor<32xf64>) -> tensor<32xf64>
func.func private @pair(tensor<32xf64>) -> tensor<32xf64>
func.func private @left(tensor<32xf64>) -> tensor<32xf64>
func.func private @right(tensor<32xf64>) -> tensor<32xf64>

// Serves %c with one result, and %d with the other.
func.func private @halves(%h: tensor<32xf64>) -> (tensor<32xf64>, tensor<32xf64>) {
  %s = atled.sin %h : tensor<32xf64>
  %l = func.call @left(%s) : (tensor<32xf64>) -> tensor<32xf64>
  %r = func.call @right(%s) : (tensor<32xf64>) -> tensor<32xf64>
  return %l, %r : tensor<32xf64>, tensor<32xf64>
}

func.func @many(%x: tensor<32xf64> {atled.name = "x"})
    -> (tensor<32xf64> {atled.name = "a"}, tensor<32xf64> {atled.name = "b"}, tensor<32xf64> {atled.name = "c"},
        tensor<32xf64> {atled.name = "d"}, tensor<32xf64> {atled.name = "h"}) {
  %h = func.call @shared(%x) : (tensor<32xf64>) -> tensor<32xf64>
  %p = func.call @pair(%h) : (tensor<32xf64>) -> tensor<32xf64>
  %a = atled.mul %p, %x : tensor<32xf64>
  %b = atled.add %p, %h : tensor<32xf64>
  %lr:2 = func.call @halves(%h) : (tensor<32xf64>) -> (tensor<32xf64>, tensor<32xf64>)
  %d = atled.mul %lr#1, %lr#1 : tensor<32xf64>
  return %a, %b, %lr#0, %d, %h
      : tensor<32xf64>, tensor<32xf64>, tensor<32xf64>, tensor<32xf64>, tensor<32xf64>
}

// A function that is called from here as well gives its caller everything.
func.func @twice(%x: tensor<32xf64> {atled.name = "x"}) -> (tensor<32xf64> {atled.name = "y"}) {
  %m:5 = func.call @many(%x) : (tensor<32xf64>)
      -> (tensor<32xf64>, tensor<32xf64>, tensor<32xf64>, tensor<32xf64>, tensor<32xf64>)
  %ab = atled.add %m#0, %m#1 : tensor<32xf64>
  %cd = atled.add %m#2, %m#3 : tensor<32xf64>
  %y = atled.add %ab, %cd : tensor<32xf64>
  return %y : tensor<32xf64>
}

// A loop is skipped whole, with what it begins with. What stands between has the same bounds.
func.func @loop(%x: tensor<32xf64> {atled.name = "x"})
    -> (tensor<32xf64> {atled.name = "a"}, tensor<32xf64> {atled.name = "b"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %first = func.call @left(%x) : (tensor<32xf64>) -> tensor<32xf64>
  %b = scf.for %i = %c0 to %c3 step %c2 iter_args(%h = %x) -> tensor<32xf64> {
    %next = func.call @right(%h) : (tensor<32xf64>) -> tensor<32xf64>
    scf.yield %next : tensor<32xf64>
  }
  %a = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %first) -> tensor<32xf64> {
    %next = func.call @pair(%h) : (tensor<32xf64>) -> tensor<32xf64>
    scf.yield %next : tensor<32xf64>
  }
  return %a, %b : tensor<32xf64>, tensor<32xf64>
}
