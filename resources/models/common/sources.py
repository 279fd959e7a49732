# SPDX-License-Identifier: GPL-3.0-or-later
"""Command line arguments and data sources of both training programs."""
import argparse
import os

import pens
import synth


def parser(what):
    p = argparse.ArgumentParser(description="Trains the %s net of the on-device reader." % what)
    p.add_argument("--mnist", help="folder with the four MNIST IDX files")
    p.add_argument("--thai", help="folder with the Thai numerals (IDX, gzip)")
    p.add_argument("--fonts", required=True, help="node_modules/@fontsource with Thai handwriting-like fonts")
    p.add_argument("--print-fonts", nargs="*", default=["/usr/share/fonts"], help="folders with fonts-thai-tlwg")
    p.add_argument("--crops", help="folder with real crops and index.jsonl (never committed)")
    p.add_argument("--truth", help="folder with the truth of the real crops")
    p.add_argument("--extra", help="JSON lines with labels that overrule the truth (struck-out cells, ...)")
    p.add_argument("--work", required=True, help="folder for checkpoints, logs and converted fonts")
    p.add_argument("--groups", help="JSON file: list of lists of truth file names, one list a fold")
    p.add_argument("--seed", type=int, default=2026)
    p.add_argument("--threads", type=int, default=2)
    return p


def arguments(what):
    p = parser(what)
    p.add_argument("--stage", required=True, choices=["base", "folds", "hold", "final", "export", "show"])
    p.add_argument("--minutes", type=float, default=10)
    p.add_argument("--start", help="checkpoint to start from, instead of nothing (base) or of the base net")
    p.add_argument("--rate", type=float, default=1.3e-3, help="learning rate of the fine-tuning stages")
    p.add_argument("--batch", type=int, default=32, help="batch of the fine-tuning stages")
    p.add_argument("--hold", type=int, default=0, help="stage hold: the group that is left out")
    p.add_argument("--out", help="ONNX file to write")
    a = p.parse_args()
    if not a.mnist:
        p.error("--mnist is needed")
    return a


def fonts(a):
    hand = synth.hand_fonts(a.fonts, os.path.join(a.work, "fonts"))
    hand += synth.plain_fonts(a.print_fonts)
    pr = synth.print_fonts(a.print_fonts)
    if not hand or not pr:
        raise SystemExit("no fonts found")
    return synth.GlyphSource(hand, os.path.join(a.work, "letters.pickle")), synth.PrintSource(pr)


def digits(a, with_fonts, kind=synth.DigitSource):
    """MNIST and Thai numerals; with fonts also their figures."""
    files = synth.digit_fonts(a.fonts, os.path.join(a.work, "fonts")) if with_fonts else []
    return kind(a.mnist, a.thai, files, pens.figures(files, os.path.join(a.work, "figures.pickle")) if with_fonts else ())


def load_index(folder):
    import json
    with open(os.path.join(folder, "index.jsonl"), encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]
