"""docs/Reference is what tools/scripts/reference.py writes today.

RUN: %python %s
"""

import sys

import tree

sys.dont_write_bytecode = True
sys.path.insert(0, str(tree.ROOT / "tools/scripts"))
import reference

COMMAND = "run 'python3 tools/scripts/reference.py'"

pages = reference.generate()
folder = tree.ROOT / "docs/Reference"
present = {path.name: path.read_text() for path in folder.glob("*")}

offences = [f"{tree.name(folder / name)} is not current: {COMMAND}"
            for name, text in pages.items() if present.get(name) != text]
offences += [f"{tree.name(folder / name)} belongs to nothing: {COMMAND}" for name in present if name not in pages]
tree.report(offences)
