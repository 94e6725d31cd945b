"""Writes the pass of docs/HowTo/AddAPass.md, with what it takes for granted, to a folder: `add_a_pass.py PAGE FOLDER`.
Its declaration to Passes.td, its C++ to FuseRows.cpp."""

import pathlib
import sys

import markdown

DECLARATION = """\
include "mlir/Pass/PassBase.td"

def FuseRowsPass : Pass<"atled-fuse-rows", "ModuleOp"> {
  let summary = "fuse rows";
}
"""

PREFIX = """\
#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace atled {
static void populateFuseRowsPatterns(RewritePatternSet &) {}
} // namespace atled
using namespace atled;

"""

folder = pathlib.Path(sys.argv[2])
(folder / "Passes.td").write_text(DECLARATION)
(folder / "FuseRows.cpp").write_text(PREFIX + markdown.block(sys.argv[1], "cpp"))
