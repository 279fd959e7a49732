# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the temperature of a net from its held-out readings: the one with the smallest mean loss of the true value.

    calibrate.py WORK digits|words      (WORK: folder of crossval.py)

Prints loss and right readings for several temperatures, and a reliability table at the best one.  The temperature stands in
classes.json ({"classes": [...], "temperature": 1.2}); CtcNet divides the scores by it.
"""
import glob
import json
import os
import sys

import numpy as np

import ctc
import finetune


def at(lp, t):
    s = lp.astype(np.float64) / t
    m = s.max(1, keepdims=True)
    return s - m - np.log(np.exp(s - m).sum(1, keepdims=True))


def same(value, read):
    nothing = ("", "-", "0")
    return value == read or (value in nothing and read in nothing)


def main(work, zone):
    names = ctc.DIGITS if zone == "digits" else ctc.WORDS
    truth, scores = {}, {}
    with open(os.path.join(work, "cv_%s.jsonl" % zone), encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            truth[d["file"] + "|" + d["field"]] = d["truth"]
    for p in sorted(glob.glob(os.path.join(work, "cv_%s_*.npz" % zone))):
        with np.load(p) as z:
            scores.update({k: z[k] for k in z.files})
    best = None
    for t in (.6, .75, .9, 1.0, 1.15, 1.3, 1.5):
        rows = []
        for k, lp in scores.items():
            r = [(v.lstrip("#"), p) for v, p in finetune.readings(names, at(lp, t))]
            p = sum(q for v, q in r if same(truth[k], v))
            rows.append((p, same(truth[k], r[0][0]), r[0][1], truth[k]))
        loss = float(np.mean([-np.log(max(p, 1e-3)) for p, *_ in rows]))
        print("temperature %.2f  loss %.4f  right %d of %d" % (t, loss, sum(r[1] for r in rows), len(rows)), flush=True)
        if best is None or loss < best[0]:
            best = (loss, t, rows)
    print("best", best[1])
    bounds = [0, .3, .5, .7, .9, .95, .99, .999, 1.01]
    for a, b in zip(bounds, bounds[1:]):
        inside = [r for r in best[2] if a <= r[2] < b]
        if inside:
            print("p %.3f to %.3f: %4d crops, %5.1f %% right, of %d non-zero %d wrong" % (
                a, min(b, 1), len(inside), 100 * np.mean([r[1] for r in inside]),
                sum(r[3] not in ("", "-", "0") for r in inside), sum(not r[1] for r in inside if r[3] not in ("", "-", "0"))))


if __name__ == "__main__":
    main(*sys.argv[1:])
