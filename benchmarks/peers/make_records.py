"""Writes records for the reading benchmarks: ROWS lines of COLUMNS columns to FILE (standard library alone).

Columns: hospital, then numbers of one decimal and whole ones in turn, every fifth a category; the label is last.
"""
import random
import sys

rows, columns, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
draw = random.Random(1)
features = columns - 2
# Lines are put together from drawn pieces, so that ten million of them do not take an hour.
pieces = []
for _ in range(20000):
    cells = []
    for f in range(features):
        if f % 5 == 4:
            cells.append(draw.choice(["never", "former", "current", "?"]))
        elif f % 2:
            cells.append(str(draw.randrange(0, 250)))
        else:
            cells.append(f"{draw.uniform(-20, 200):.1f}")
    pieces.append(",".join(cells) + "," + draw.choice(["well", "ill"]))
with open(path, "w", encoding="ascii", newline="\n") as out:
    names = ["hospital"] + [f"x{f}" for f in range(features)] + ["outcome"]
    out.write(",".join(names) + "\n")
    for start in range(0, rows, 10000):
        count = min(10000, rows - start)
        out.write("".join(f"site {draw.randrange(100):02d},{draw.choice(pieces)}\n" for _ in range(count)))
