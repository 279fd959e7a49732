# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the word net.  See README.md for the stages and the data."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "common"))
import ctc  # noqa: E402
import words  # noqa: E402
import zone_training  # noqa: E402

if __name__ == "__main__":
    zone_training.run("words", ctc.word_net, ctc.WORDS, words.Maker, words.WIDTHS, batch=24, rate=2e-3, anchors=0.5)
