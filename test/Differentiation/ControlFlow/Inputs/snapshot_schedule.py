"""How often iterations run again with the compiled schedule of snapshots, against the least number there is."""

import functools
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy

LENGTHS, ROOMS = 100, 8

LOOP = """
func.func @f(%x: tensor<f64>, %n: index) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %t = atled.sin %h : tensor<f64>
    scf.yield %t : tensor<f64>
  } {ad.checkpoint = #ad.binomial<8>}
  return %r : tensor<f64>
}
func.func @g(%x: tensor<f64>, %n: index) -> tensor<f64> {
  %g = ad.grad @f(%x, %n) wrt = [0] : (tensor<f64>, index) -> tensor<f64>
  return %g : tensor<f64>
}
"""

# For each length from 2 on and each number of free places from 1 on.
TABLE = """
func.func @table() -> tensor<{lengths}x{rooms}xi64> {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %lengths = arith.constant {lengths} : index
  %rooms = arith.constant {rooms} : index
  %empty = tensor.empty() : tensor<{lengths}x{rooms}xi64>
  %r = scf.for %i = %c0 to %lengths step %c1 iter_args(%outer = %empty) -> (tensor<{lengths}x{rooms}xi64>) {{
    %s = scf.for %j = %c0 to %rooms step %c1 iter_args(%inner = %outer) -> (tensor<{lengths}x{rooms}xi64>) {{
      %length = arith.addi %i, %c2 : index
      %room = arith.addi %j, %c1 : index
      %d = func.call @ad.snapshot_distance(%length, %room) : (index, index) -> index
      %v = arith.index_cast %d : index to i64
      %t = tensor.insert %v into %inner[%i, %j] : tensor<{lengths}x{rooms}xi64>
      scf.yield %t : tensor<{lengths}x{rooms}xi64>
    }}
    scf.yield %s : tensor<{lengths}x{rooms}xi64>
  }}
  return %r : tensor<{lengths}x{rooms}xi64>
}}
"""


def compiled_distances():
    derived = subprocess.run(["atled-opt", "--ad-differentiate"], input=LOOP, text=True, capture_output=True, check=True)
    schedule = re.search(r"  func.func private @ad.snapshot_distance.*?\n  }\n", derived.stdout, re.DOTALL)[0]
    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder) / "table.mlir"
        model.write_text(schedule + TABLE.format(lengths=LENGTHS, rooms=ROOMS))
        subprocess.run(["atled-run", model, "--entry=table", f"--output={folder}/table.npy"], check=True)
        return numpy.load(f"{folder}/table.npy")


DISTANCES = compiled_distances()


def runs(length, room, distances):
    """The iterations that run again before each of `length` has been gone back through, from a snapshot at the first,
    with room for `room` more, which are placed after one of `distances(length, room)`."""
    if room == 0 or length < 2:
        return length * (length - 1) // 2
    return min(distance + runs_of[distances](length - distance, room - 1) + runs_of[distances](distance, room)
               for distance in distances(length, room))


def any_distance(length, room):
    return range(1, length)


def compiled_distance(length, room):
    return [int(DISTANCES[length - 2, room - 1])]


runs_of = {distances: functools.cache(functools.partial(runs, distances=distances))
           for distances in (any_distance, compiled_distance)}

for length in range(2, LENGTHS + 2):
    for room in range(1, ROOMS + 1):
        if not 1 <= compiled_distance(length, room)[0] < length:
            sys.exit(f"{length} iterations, room for {room}: a snapshot after {compiled_distance(length, room)[0]}")
        least, compiled = (runs_of[distances](length, room) for distances in (any_distance, compiled_distance))
        if compiled != least:
            sys.exit(f"{length} iterations, room for {room}: {compiled} runs, {least} would do")
