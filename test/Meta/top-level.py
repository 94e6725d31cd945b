"""The top level holds six things, customary files and dot files, nothing else.

RUN: %python %s
"""

import tree

ALLOWED = {"include", "lib", "tools", "test", "docs", "CMakeLists.txt", "README.md",
           "LICENSE", "CMakePresets.json", "build"}

tree.report([f"{path.name}: does not belong to the top level" for path in sorted(tree.ROOT.iterdir())
             if path.name not in ALLOWED and not path.name.startswith(".")])
