"""Every C and C++ source is as clang-format writes it.

REQUIRES: clang-format
RUN: %python %s
"""

import pathlib
import re
import subprocess

import tree

COMMAND = "run 'sh tools/scripts/format.sh'"

sources = [str(path) for path in tree.files(".h", ".hpp", ".c", ".cpp")]
answer = subprocess.run(["clang-format-22", "--dry-run", *sources], check=True, stderr=subprocess.PIPE, text=True).stderr
unformatted = dict.fromkeys(re.findall(r"^(/.*?):\d+:\d+: warning:", answer, re.M))
tree.report([f"{tree.name(pathlib.Path(path))} is not formatted: {COMMAND}" for path in unformatted])
