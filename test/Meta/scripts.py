"""Scripts run under any POSIX shell: dash parses them, and they stop at the first error.

RUN: %python %s
"""

import subprocess

import tree

offences = []
for path in tree.files(".sh", under=["tools", "test", "docs"]):
    text = path.read_text()
    if not text.startswith("#!/bin/sh\n# "):
        offences.append(f"{tree.name(path)}: does not begin with #!/bin/sh and a word on what it does")
    if "\nset -eu\n" not in text:
        offences.append(f"{tree.name(path)}: does not stop at errors (set -eu)")
    if subprocess.run(["sh", "-n", str(path)]).returncode:
        offences.append(f"{tree.name(path)}: does not parse")
    if "[[" in text or "pipefail" in text:
        offences.append(f"{tree.name(path)}: uses what only bash understands")
tree.report(offences)
