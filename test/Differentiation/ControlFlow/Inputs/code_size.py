"""Counts the lines of recursive functions that are made of more and more, as loops and differentiated."""

import subprocess
import sys

LOSS = """
func.func @loss(%x: tensor<2xf64>, %n: index) -> tensor<2xf64> {
  %r:2 = ad.vjp @f(%x, %n) seed(%x) wrt = [0]
      : (tensor<2xf64>, index, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  return %r#1 : tensor<2xf64>
}
"""


def branches(number):
    """One behind the other, with a call in each, so that paths double or triple with each."""
    steps = "".join(f"""
  %k{step} = arith.cmpi sgt, %n, %c{step % 2} : index
  %x{step + 1} = scf.if %k{step} -> (tensor<2xf64>) {{
    %even = arith.cmpi eq, %n, %c1 : index
    %inner = scf.if %even -> (tensor<2xf64>) {{
      %y = func.call @f(%x{step}, %m) : (tensor<2xf64>, index) -> tensor<2xf64>
      scf.yield %y : tensor<2xf64>
    }} else {{
      scf.yield %x{step} : tensor<2xf64>
    }}
    scf.yield %inner : tensor<2xf64>
  }} else {{
    %y = atled.cos %x{step} : tensor<2xf64>
    scf.yield %y : tensor<2xf64>
  }}""" for step in range(number))
    return f"""
func.func private @f(%x0: tensor<2xf64>, %n: index) -> tensor<2xf64> attributes {{ad.max_depth = 20 : i64}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = arith.subi %n, %c1 : index{steps}
  return %x{number} : tensor<2xf64>
}}"""


def tree(depth):
    return f"""
func.func private @f(%x: tensor<2xf64>, %n: index) -> tensor<2xf64> attributes {{ad.max_depth = {depth} : i64}} {{
  %c1 = arith.constant 1 : index
  %ends = arith.cmpi sle, %n, %c1 : index
  %r = scf.if %ends -> (tensor<2xf64>) {{
    scf.yield %x : tensor<2xf64>
  }} else {{
    %m = arith.subi %n, %c1 : index
    %s = atled.sin %x : tensor<2xf64>
    %y = func.call @f(%s, %m) : (tensor<2xf64>, index) -> tensor<2xf64>
    %t = atled.tanh %y : tensor<2xf64>
    %z = func.call @f(%t, %m) : (tensor<2xf64>, index) -> tensor<2xf64>
    %p = atled.mul %y, %z : tensor<2xf64>
    scf.yield %p : tensor<2xf64>
  }}
  return %r : tensor<2xf64>
}}"""


def count(program, passes):
    made = subprocess.run(["atled-opt", "-", "--ad-unroll-recursion", "--ad-recursion-to-loops", *passes],
                          input=program + LOSS, capture_output=True, text=True, check=True, timeout=300)
    return made.stdout.count("\n")


def main():
    few, more, many = (count(branches(number), []) for number in (4, 8, 16))
    print(f"4, 8 and 16 branches: {few}, {more} and {many} lines")
    if not 0 < more - few < many - more <= 2.1 * (more - few):
        sys.exit("grows faster than the function")
    # As copies, each depth would double what is kept.
    shallow, deep = (count(tree(depth), ["--ad-differentiate"]) for depth in (6, 16))
    print(f"trees of depth 6 and 16: {shallow} and {deep} lines")
    if not 0 < deep <= shallow + 10:
        sys.exit("grows with the depth")


main()
