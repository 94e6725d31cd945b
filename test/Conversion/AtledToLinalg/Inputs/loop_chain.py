"""Prints a program of 100 loops, each of which begins with the tensor of unknown size that the one before leaves."""

T = "tensor<?x4xf64>"
print(f"""func.func @chain(%v0: {T}, %n: index) -> {T} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index""")
for k in range(100):
    print(f"""  %v{k + 1} = scf.for %i = %c0 to %n step %c1 iter_args(%x = %v{k}) -> {T} {{
    %y = atled.sin %x : {T}
    scf.yield %y : {T}
  }}""")
print(f"""  return %v100 : {T}
}}""")
