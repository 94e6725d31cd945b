"""Every source file opens with its own name and the licence.

RUN: %python %s
"""

import tree

LICENCE = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"

offences = []
for path in tree.files(".h", ".hpp", ".c", ".cpp", ".td", under=["include", "lib", "tools", "test", "docs"]):
    # Two lines that exist only to be precompiled.
    if tree.name(path).startswith("lib/CMake/"):
        continue
    # These are tests, and say in their first lines what they test.
    if tree.name(path.parent) == "test/TableGen":
        continue
    lines = path.read_text().splitlines()[:8]
    if not lines or path.name not in lines[0]:
        offences.append(f"{tree.name(path)}:1: does not open with the file's name")
    if not any(LICENCE in line for line in lines):
        offences.append(f"{tree.name(path)}:1: lacks the line '{LICENCE}'")
tree.report(offences)
