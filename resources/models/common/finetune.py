# SPDX-License-Identifier: GPL-3.0-or-later
"""Fine-tuning with real crops: folds that leave writers out, and the final net."""
import json
import os

import numpy as np
import torch

import ctc
import digits
import real
import sources
import words


def reading(names, labels):
    """Value as a string: '17', '', '-', '?' (no number); '#' in front when something is struck out."""
    toks = [names[x] for x in labels]
    struck = "#" if "#" in toks else ""
    toks = [t for t in toks if t != "#"]
    body = [t for t in toks if t != "-"]
    if not body:
        return struck + ("-" if toks else "")
    if names is ctc.DIGITS:
        return struck + "".join(body)
    v = ctc.value_of(body)
    return struck + ("?" if v is None else str(v))


def readings(names, lp):
    """[(value, probability)] best first."""
    got = {}
    for lab, s in ctc.prefix_beam(lp, 30, 30):
        v = reading(names, lab)
        got[v] = got.get(v, 0.0) + float(np.exp(s))
    return sorted(got.items(), key=lambda kv: -kv[1])


def evaluate(net, names, crops, fold, out, keep):
    net.eval().to(memory_format=torch.contiguous_format)
    for c in crops:
        lp = ctc.softmax_np(ctc.run(net, c.ink))
        keep["%s|%s" % (c.file, c.field)] = lp.astype(np.float32)
        r = readings(names, lp)
        second = r[1] if len(r) > 1 else ("", 0.0)
        out.write(json.dumps(dict(file=c.file, field=c.field, truth=c.value, label="".join(names[x] for x in c.label),
                                  read=r[0][0], prob=round(r[0][1], 5), runner_up=second[0],
                                  runner_up_prob=round(second[1], 5), fold=fold), ensure_ascii=False) + "\n")


def run(zone, a, make_net, names, make_maker, widths):
    index = sources.load_index(a.crops)
    truth = real.truth_of(a.truth)
    crops = real.load(index, a.crops, truth, zone, real.load_extra(a.extra))
    glyphs, _ = sources.fonts(a)
    start = a.start or os.path.join(a.work, zone + "-base.pt")
    base = ctc.load_weights(make_net(), start)
    if start.endswith(".onnx"):
        ctc.unfold(base, next(iter(ctc.Stream(make_maker(), 96, widths, a.seed)))[0].float() / 255)
    base = base.state_dict()
    number = digits.number if zone == "digits" else words.number
    helper = make_net()
    helper.load_state_dict(base)
    helper.eval()

    def tune(train, log, seed, snapshot=None):
        net = make_net()
        net.load_state_dict(base)
        rm = real.RealMaker(train, zone, glyphs, number, helper)
        print("%d crops, %d pieces" % (len(train), rm.count), file=log, flush=True)
        maker = make_maker(blanks=real.blanks(train), real=rm, p_real=.55)
        ctc.train(net, maker, a.minutes, a.batch, widths, a.rate, seed, names.index("-"), log, a.threads, snapshot=snapshot,
                  anchors=.5 if zone == "words" else .2)
        return net

    if a.stage == "hold":
        g = json.load(open(a.groups, encoding="utf-8"))[a.hold]
        path = os.path.join(a.work, zone + "-hold%d.pt" % a.hold)
        with open(os.path.join(a.work, "cv_%s.jsonl" % zone), "a", encoding="utf-8") as out, \
                open(os.path.join(a.work, "%s-hold%d.log" % (zone, a.hold)), "w") as log:
            net = tune([c for c in crops if c.file not in g], log, a.seed + 20 + a.hold, path)
            torch.save(net.state_dict(), path)
            keep = {}
            evaluate(net, names, [c for c in crops if c.file in g], a.hold, out, keep)
            np.savez_compressed(os.path.join(a.work, "cv_%s_%d.npz" % (zone, a.hold)), **keep)
            if a.out:
                print("cv::dnn agrees to", ctc.export(net, a.out))
    elif a.stage == "folds":
        groups = json.load(open(a.groups, encoding="utf-8"))
        keep = {}
        with open(os.path.join(a.work, "cv_%s.jsonl" % zone), "w", encoding="utf-8") as out, \
                open(os.path.join(a.work, zone + "-folds.log"), "w") as log:
            for k, g in enumerate(groups):
                net = tune([c for c in crops if c.file not in g], log, a.seed + 10 + k)
                evaluate(net, names, [c for c in crops if c.file in g], k, out, keep)
                out.flush()
                np.savez_compressed(os.path.join(a.work, "cv_%s.npz" % zone), **keep)
    else:
        with open(os.path.join(a.work, zone + "-final.log"), "w") as log:
            final = os.path.join(a.work, zone + "-final.pt")
            net = tune(crops, log, a.seed + 1, final)
            torch.save(net.state_dict(), final)
            if a.out:
                print("cv::dnn agrees to", ctc.export(net, a.out))
