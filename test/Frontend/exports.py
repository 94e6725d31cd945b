"""The library shows what its headers declare and nothing else, and that is what it has always shown: a symbol that
leaves Inputs/exports.txt, or changes its meaning, needs another version of the library.

RUN: llvm-nm --dynamic --defined-only --format=just-symbols %build_dir/lib/libatled.so > %t
RUN: %python %s %t
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Meta"))
sys.dont_write_bytecode = True
import tree

listed = set((pathlib.Path(__file__).parent / "Inputs/exports.txt").read_text().split())
shown = set(pathlib.Path(sys.argv[1]).read_text().split())
headers = [tree.ROOT / "include/atled" / header for header in ["atled-c.h", "Frontend/Interface.h"]]
declared = {name for header in headers
            for name in re.findall(r"^[^ */#].*?\b(atled_\w+)\(", header.read_text(), re.M)}
assert "atled_function_call" in declared, declared
tree.report([f"{name} is declared, and not shown" for name in sorted(declared - shown)] +
            [f"{name} is shown, and not declared" for name in sorted(shown - declared)] +
            [f"{name} is new: add it to Inputs/exports.txt" for name in sorted(shown - listed)] +
            [f"{name} is gone from the library" for name in sorted(listed - shown)])
