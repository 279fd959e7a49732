# SPDX-License-Identifier: GPL-3.0-or-later
"""The stages of training that the digit net and the word net share.  See their README.md."""
import os
import time

import cv2
import numpy as np
import torch

import ctc
import finetune
import sources


def show(maker, names, widths, seed, path):
    """Draws a sheet of generated crops, prints their labels and the time that one takes."""
    rng = np.random.default_rng(seed)
    sheet, begun, count = [], time.time(), 0
    for _ in range(14):
        row, x, labels = np.zeros((52, 1300), np.uint8), 0, []
        while True:
            ink, label = maker(rng, int(rng.choice(widths)))[:2]
            count += 1
            if x + ink.shape[1] >= 1300:
                break
            row[:48, x:x + ink.shape[1]] = ink
            x += ink.shape[1] + 4
            labels.append("".join(names[c] for c in label))
        print(labels)
        sheet.append(row)
    print("%.2f ms each" % ((time.time() - begun) / count * 1e3))
    cv2.imwrite(path, 255 - np.vstack(sheet))


def run(zone, make_net, names, make_maker, widths, batch, rate, anchors):
    """zone "digits" or "words"; make_maker(source, glyphs, printed, **real data) gives the generator;
    batch, rate and anchors (weight of the loss at known middles) are those of stage base."""
    a = sources.arguments(zone)
    cv2.setNumThreads(1)
    os.makedirs(a.work, exist_ok=True)
    source = sources.digits(a, zone == "digits")
    glyphs, printed = sources.fonts(a)
    base = os.path.join(a.work, zone + "-base.pt")
    if a.stage == "show":
        show(make_maker(source, glyphs, printed), names, widths, a.seed, os.path.join(a.work, "show-%s.png" % zone))
    elif a.stage == "base":
        net = make_net()
        if a.start:
            ctc.load_weights(net, a.start)
            if a.start.endswith(".onnx"):
                ctc.unfold(net, next(iter(ctc.Stream(make_maker(source, glyphs, printed), 96, widths, a.seed)))[0].float() / 255)
        with open(os.path.join(a.work, zone + "-base.log"), "a") as log:
            ctc.train(net, make_maker(source, glyphs, printed), a.minutes, batch, widths, rate, a.seed, names.index("-"),
                      log, a.threads, snapshot=base, anchors=anchors)
        torch.save(net.state_dict(), base)
        if a.out:
            print("cv::dnn agrees to", ctc.export(net, a.out))
    elif a.stage == "export":
        net = make_net()
        ctc.load_weights(net, a.start or base)
        print("cv::dnn agrees to", ctc.export(net, a.out))
    else:
        finetune.run(zone, a, make_net, names, lambda **kw: make_maker(source, glyphs, printed, **kw), widths)
