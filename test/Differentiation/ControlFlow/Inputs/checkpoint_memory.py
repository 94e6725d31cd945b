"""The workspace of a gradient through a loop of n iterations: in proportion to n where everything is kept, to the
square root of n with segments of that length, to the logarithm of n with so many snapshots."""

import math
import pathlib
import re
import subprocess
import sys
import tempfile

VALUE = 64 * 8  # Bytes of what the loop carries. Of its two operations each keeps as much.

PROGRAM = """
func.func @f(%x: tensor<64xf64>, %w: tensor<64xf64>) -> tensor<f64> {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant {n} : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<64xf64>) {{
    %a = atled.mul %h, %w : tensor<64xf64>
    %t = atled.tanh %a : tensor<64xf64>
    %s = atled.sin %t : tensor<64xf64>
    scf.yield %s : tensor<64xf64>
  }} {{{attribute}}}
  %s = atled.reduce_sum %r dimensions = [0] : tensor<64xf64> -> tensor<f64>
  return %s : tensor<f64>
}}
"""


def workspace(n, attribute=""):
    with tempfile.TemporaryDirectory() as folder:
        model, header = pathlib.Path(folder) / "f.mlir", pathlib.Path(folder) / "f.h"
        model.write_text(PROGRAM.format(n=n, attribute=attribute))
        subprocess.run(["atled-compile", model, "--grad=f", "-o", f"{folder}/f.o", f"--header={header}"], check=True)
        return int(re.search(r"F_GRAD_WORKSPACE_BYTES (\d+)", header.read_text())[1])


def main():
    for n in 256, 1024, 4096:
        root, logarithm = math.isqrt(n), n.bit_length() - 1
        kept = workspace(n)
        periodic = workspace(n, f"ad.checkpoint = #ad.periodic<{root}>")
        binomial = workspace(n, f"ad.checkpoint = #ad.binomial<{logarithm}>")
        print(f"n = {n}: {kept} bytes, segments {periodic}, snapshots {binomial}")
        rest = 8 * VALUE  # What no iteration keeps: cotangents, and what one iteration computes.
        limits = (kept, 2 * n * VALUE), (periodic, 3 * root * VALUE), (binomial, logarithm * VALUE)
        for measured, expected in limits:
            if not expected <= measured <= expected + rest:
                sys.exit(f"{measured} bytes of workspace, expected {expected} to {expected + rest}")


main()
