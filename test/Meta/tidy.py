"""clang-tidy finds nothing in the C++ of the compiler and its tools.

REQUIRES: clang-tidy
RUN: %python %s %build_dir
"""

import pathlib
import sys

import tree

sys.dont_write_bytecode = True
sys.path.insert(0, str(tree.ROOT / "tools/scripts"))
import tidy as script

tree.report(script.run(pathlib.Path(sys.argv[1])))
