"""The typesetter's own process: `python -m reports.typesetting` and nothing else loads it.

A brief as JSON on standard input, a tagged PDF on standard output. Exit 0 when it is set, 3 when
the fonts lack a character, 1 with any other fault.
"""

import json
import sys
from pathlib import Path

TEMPLATE = Path(__file__).with_name("brief.typ")
# In points: the largest with which it fits one page; the last one may take a second page.
SIZES = (10, 9, 8, 7)
UNWRITABLE = 3


def typeset(plan: str) -> int:
    """Writes the PDF; returns the exit code."""
    import typst  # doubles the memory of whoever loads it

    for size in SIZES:
        inputs = {"brief": plan, "size": str(size)}
        paper = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs=inputs)
        if json.loads(paper.query("<pages>", field="value", one=True)) == 1:
            break
    try:
        content = paper.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        print(error, file=sys.stderr)
        return UNWRITABLE if "could not be displayed" in str(error) else 1
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(typeset(sys.stdin.buffer.read().decode()))
