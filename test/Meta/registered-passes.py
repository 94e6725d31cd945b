"""atled-opt knows every pass that a Passes.td defines and every named pipeline, and says what each does.

RUN: %python %s
"""

import re
import subprocess

import tree

PASS = re.compile(r'^def \w+ : Pass<"([\w-]+)"[^{]*\{\s*let summary = "(.*)";', re.M)
PIPELINE = re.compile(r'PassPipelineRegistration<\w*>\(\s*"([\w-]+)"')

help = subprocess.run(["atled-opt", "--help"], check=True, stdout=subprocess.PIPE, text=True).stdout
described = dict(re.findall(r"^      --([\w-]+) +-   (.*)$", help, re.M))

offences = []
for path in tree.files(".td", under=["include"]):
    if path.name == "Passes.td":
        text = path.read_text()
        passes = PASS.findall(text)
        if len(passes) != text.count(": Pass<"):
            offences.append(f"{tree.name(path)}: a pass without a summary")
        offences += [f"{tree.name(path)}: atled-opt does not know {name}, or not what it does"
                     for name, summary in passes if described.get(name) != summary]
for path in tree.files(".cpp", under=["lib"]):
    offences += [f"{tree.name(path)}: atled-opt does not know {name}, or not what it does"
                 for name in PIPELINE.findall(path.read_text()) if not described.get(name)]
tree.report(offences)
