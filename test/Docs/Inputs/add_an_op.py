"""Writes the operation that docs/HowTo/AddAnOp.md defines, its rule and its row, to a file: `add_an_op.py PAGE FILE`."""

import pathlib
import sys

import markdown

PREFIX = """\
include "atled/Conversion/AtledToLinalg/ScalarLowering.td"
include "atled/Dialect/Atled/IR/ElementwiseOps.td"
include "mlir/Dialect/Math/IR/MathOps.td"

// Its derivative, which the page takes for granted.
def Atled_CoshOp : Atled_UnaryOp<"cosh", Atled_FloatTensor>;

"""

snippets = [body for language, body in markdown.blocks(sys.argv[1]) if language == "tablegen"]
pathlib.Path(sys.argv[2]).write_text(PREFIX + "\n".join(snippets))
