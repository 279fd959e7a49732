# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the digit net.  See README.md for the stages and the data."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "common"))
import ctc  # noqa: E402
import digits  # noqa: E402
import zone_training  # noqa: E402

if __name__ == "__main__":
    zone_training.run("digits", ctc.digit_net, ctc.DIGITS, digits.Maker, digits.WIDTHS, batch=32, rate=2.2e-3, anchors=0.3)
