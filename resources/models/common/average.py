# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports the mean of several checkpoints of one net that were tuned from the same base: steadier on new hands than any of
them (Wortsman et al., Model soups, ICML 2022).

    average.py digits|words OUT.onnx STRUCK CHECKPOINT.pt ...       (a checkpoint may be named several times)

STRUCK is added to the score of "#" wherever it may stand: training shows something struck out in one cell of fifteen (words: of
twenty), real forms in one of a hundred and forty; the logarithm of that ratio would be -2.3.
"""
import sys

import torch

import ctc


def mean_of(states):
    return {k: sum(s[k] for s in states) / len(states) if v.dtype.is_floating_point else v for k, v in states[0].items()}


if __name__ == "__main__":
    zone, out, struck, *paths = sys.argv[1:]
    if zone not in ("digits", "words") or not paths:
        sys.exit(__doc__)
    net = (ctc.digit_net if zone == "digits" else ctc.word_net)()
    net.load_state_dict(mean_of([torch.load(p, map_location="cpu") for p in paths]))
    with torch.no_grad():
        net.seq[-1].bias[(ctc.DIGITS if zone == "digits" else ctc.WORDS).index("#")] += float(struck)
    print("cv::dnn agrees to", ctc.export(net, out))
