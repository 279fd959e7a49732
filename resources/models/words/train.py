# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the word net.  See README.md for the stages and the data."""
import json
import os
import sys
import time

import cv2
import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "common"))
import ctc  # noqa: E402
import sources  # noqa: E402
import synth  # noqa: E402
import words  # noqa: E402


def main():
    a = sources.arguments("word")
    cv2.setNumThreads(1)
    os.makedirs(a.work, exist_ok=True)
    src = synth.DigitSource(a.mnist, a.thai)
    glyphs, printed = sources.fonts(a)
    base = os.path.join(a.work, "words-base.pt")
    maker = words.Maker(src, glyphs, printed)
    if a.stage == "show":
        rng = np.random.default_rng(a.seed)
        rows, t = [], time.time()
        for _ in range(14):
            its = [maker(rng, int(rng.choice(words.WIDTHS))) for _ in range(6)]
            print(["".join(ctc.WORDS[c] for c in it[1]) for it in its])
            row = np.zeros((52, 1300), np.uint8)
            x = 0
            for it in its:
                if x + it[0].shape[1] < 1300:
                    row[:48, x:x + it[0].shape[1]] = it[0]
                x += it[0].shape[1] + 4
            rows.append(row)
        print("%.2f ms each" % ((time.time() - t) / 84 * 1e3))
        cv2.imwrite(os.path.join(a.work, "show-words.png"), 255 - np.vstack(rows))
    elif a.stage == "base":
        net = ctc.word_net()
        if a.start:
            net.load_state_dict(torch.load(a.start))
        with open(os.path.join(a.work, "words-base.log"), "a") as log:
            ctc.train(net, maker, a.minutes, 24, words.WIDTHS, 2e-3, a.seed, words.DASH, log, a.threads,
                      snapshot=base, anchors=.5)
        torch.save(net.state_dict(), base)
        if a.out:
            print("cv::dnn agrees to", ctc.export(net, a.out))
    elif a.stage == "export":
        net = ctc.word_net()
        net.load_state_dict(torch.load(base))
        print("cv::dnn agrees to", ctc.export(net, a.out))
    else:
        import finetune
        finetune.run("words", a, ctc.word_net, ctc.WORDS,
                     lambda **kw: words.Maker(src, glyphs, printed, **kw), words.WIDTHS)


if __name__ == "__main__":
    main()
