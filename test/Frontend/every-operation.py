"""C++ has a function for every operation of the dialect.

RUN: %python %s %build_dir/include/atled/Frontend/Operations.hpp
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Meta"))
sys.dont_write_bytecode = True
import tree

text = pathlib.Path(sys.argv[1]).read_text()
there = set(re.findall(r'detail::Emitter emitter\("atled\.(\w+)", location\)', text))
assert len(there) > 40, there
tree.report(sorted(name for name in tree.operations() ^ there))
