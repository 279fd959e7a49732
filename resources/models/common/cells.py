# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes generated cells for tests/tools/simulate_ballots: every number in reach several times, in figures and in words,
tidy or with all effects.  Digits are those of MNIST's test part, hands and seeds are new: no cell was trained on.

    cells.py --mnist FOLDER --thai FOLDER --fonts FOLDER --work FOLDER --out FILE

Difficulty 0 is a tidy form on a good scanner, 1 what the training sees.  One cell: zone (0 digits, 1 words), value (-1 nothing, -2 a dash), difficulty (0, 1) and width as 32-bit integers, then
48 x width bytes of ink.
"""
import argparse
import struct

import numpy as np

import ctc
import digits
import sources
import synth
import words

NOTHING, DASH = -1, -2


class TestSource(synth.DigitSource):
    """The other writers of MNIST."""
    PART = "t10k"


def count(value, small, large):
    return small if value < 100 else large


def wanted(zone, label, value):
    names = ctc.DIGITS if zone == 0 else ctc.WORDS
    toks = [names[c] for c in label]
    if value == NOTHING:
        return not toks
    if value == DASH:
        return toks == ["-"]
    if "#" in toks:
        return False
    toks = [t for t in toks if t != "-"]
    if zone == 0:
        return "".join(toks) == str(value)
    return ctc.value_of(toks) == value


def cell(maker, module, zone, value, difficulty, rng):
    module.number = (lambda r: [int(c) for c in str(max(0, value))]) if zone == 0 else (lambda r: max(0, value))
    maker.marked = .3 if difficulty == 0 else 1.0
    widths = [64, 80, 88, 96, 104, 112] if zone == 0 else [216, 240] if value >= 100 else [144, 160, 176, 192]
    for _ in range(500):
        cv, label = maker.compose(rng, int(rng.choice(widths)))
        if wanted(zone, label, value):
            label = ctc.Anchored.make(label, [])
            cv = synth.geometry(rng, cv, .6 if difficulty == 0 else 1.0, label)
            return synth.effects(rng, cv, .25 if difficulty == 0 else .7)
    raise RuntimeError("no cell for %d" % value)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--mnist", required=True)
    p.add_argument("--thai")
    p.add_argument("--fonts", required=True)
    p.add_argument("--print-fonts", nargs="*", default=["/usr/share/fonts"])
    p.add_argument("--work", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--largest", type=int, default=1400)
    p.add_argument("--small", type=int, default=16, help="cells of each number below 100 and difficulty")
    p.add_argument("--large", type=int, default=1, help="cells of each larger number and difficulty")
    p.add_argument("--seed", type=int, default=77)
    a = p.parse_args()
    glyphs, printed = sources.fonts(a)
    source = sources.digits(a, True, TestSource)
    makers = [(digits.Maker(source, glyphs, printed), digits), (words.Maker(source, glyphs, printed), words)]
    rng = np.random.default_rng(a.seed)
    n = 0
    with open(a.out, "wb") as f:
        for value in [NOTHING, DASH] + list(range(a.largest + 1)):
            for zone, (maker, module) in enumerate(makers):
                for difficulty in (0, 1):
                    for _ in range(200 if value < 0 else count(value, a.small, a.large)):
                        ink = cell(maker, module, zone, value, difficulty, rng)
                        f.write(struct.pack("<4i", zone, value, difficulty, ink.shape[1]) + ink.tobytes())
                        n += 1
    print(n, "cells")


if __name__ == "__main__":
    main()
