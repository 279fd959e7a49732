# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the province net: Thai letters of a handwritten or typeset province name on a dotted blank.

See README.md for the stages and the data.  The program scores the 77 names by
their CTC likelihood, so the net needs the letters of these names only.
"""
import argparse
import json
import os
import sys
import time

import cv2
import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "common"))
import ctc  # noqa: E402
from provinces import DROP, Maker, WIDTHS, anchor_loss, classes, fonts, label_of, names, province_net  # noqa: E402


# ---------------------------------------------------------------- training

def guide(lp, labels):
    at = [(i, int(x / ctc.STEP), c) for i, label in enumerate(labels) for x, c in label.at]
    return anchor_loss(lp, *(torch.tensor(v) for v in zip(*at)))


def train(net, maker, a, batch, log, snapshot):
    """As ctc.train; the anchors guide the first half, for CTC alone starts slowly."""
    torch.manual_seed(a.seed)
    net.train()
    net.to(memory_format=torch.channels_last)
    opt = torch.optim.AdamW(net.parameters(), lr=a.rate, weight_decay=1e-3)
    loader = iter(torch.utils.data.DataLoader(ctc.Stream(maker, batch, WIDTHS, a.seed), batch_size=None,
                                              num_workers=1, prefetch_factor=8))
    t0, snap, step, acc, guided, waited = time.time(), time.time(), 0, [], [], 0.0
    while time.time() - t0 < a.minutes * 60:
        f = (time.time() - t0) / (a.minutes * 60)
        for g in opt.param_groups:
            g["lr"] = a.rate * min(1.0, (step + 1) / 40) * (0.02 + 0.49 * (1 + np.cos(np.pi * f)))
        w0 = time.time()
        x, labels, fold, weight = next(loader)
        waited += time.time() - w0
        x = (x.float() / 255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = net(x)
        out = out.float()
        steps = torch.full((len(labels),), out.shape[3], dtype=torch.long)
        loss = ctc.ctc_loss(out, labels, steps)
        acc.append(float(loss))
        share = a.guide * max(0.0, 1 - f / .5)
        if not a.start:
            loss = loss * min(1.0, .1 + f / .15)
        if share > 0:
            extra = guide(ctc.log_probs(out), labels)
            guided.append(float(extra))
            loss = loss + share * extra
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        opt.step()
        step += 1
        if step % 50 == 0:
            print("step %d  %.1f min  loss %.3f  anchors %.3f  waited %.1f min" % (
                step, (time.time() - t0) / 60, np.mean(acc[-50:]), np.mean(guided[-50:] or [0]), waited / 60), file=log, flush=True)
        if time.time() - snap > 90:
            snap = time.time()
            torch.save(net.state_dict(), snapshot)
    ctc.settle(net, loader)
    torch.save(net.state_dict(), snapshot)


# ---------------------------------------------------------------- scoring

def forward_score(lp, label):
    """CTC log-likelihood of a label under T x C log-probabilities."""
    ext = [0]
    for c in label:
        ext += [c, 0]
    ext = np.array(ext)
    skip = np.zeros(len(ext), bool)
    skip[2:] = (ext[2:] != 0) & (ext[2:] != ext[:-2])
    a = np.full(len(ext), -np.inf)
    a[:2] = lp[0][ext[:2]]
    for row in lp[1:]:
        b = np.logaddexp(a, np.r_[-np.inf, a[:-1]])
        b = np.where(skip, np.logaddexp(b, np.r_[-np.inf, -np.inf, a[:-2]]), b)
        a = b + row[ext]
    return float(np.logaddexp(a[-1], a[-2]))


def rank(net, ink, index, temperature=1.0):
    """[(posterior among the 77 names, name)] best first, and the greedy reading.  The temperature divides the differences of the
    names' log-likelihoods."""
    lp = ctc.softmax_np(ctc.run(net, ink))
    ns = names()
    s = np.array([forward_score(lp, label_of(n, index)) for n in ns])
    p = np.exp((s - s.max()) / temperature)
    p /= p.sum()
    inv = {v: k for k, v in index.items()}
    return sorted(zip(p, ns), reverse=True), "".join(inv[c] for c in ctc.greedy(lp))


def load_real(folder, index):
    """Real blanks: index.jsonl with {"png", "name", "doc"} a line; 48 px high, dark on white."""
    out = []
    with open(os.path.join(folder, "index.jsonl"), encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            img = cv2.imread(os.path.join(folder, r["png"]), cv2.IMREAD_GRAYSCALE)
            out.append((255 - img, label_of(r["name"], index), r["doc"], r["name"], r["png"]))
    return out


def check(net, real, index):
    net.eval()
    first = 0
    for ink, _, doc, name, png in real:
        best, text = rank(net, ink, index)
        first += best[0][1] == name
        place = [n for _, n in best].index(name) + 1
        print("%-14s %-10s place %2d  p %.3f  first %s %.3f  read %s" % (
            png, name, place, dict((n, p) for p, n in best)[name], best[0][1], best[0][0], text))
    print("first among 77: %d of %d" % (first, len(real)))


def check_generated(net, maker, n, seed):
    net.eval()
    rng = np.random.default_rng(seed)
    good = total = 0
    sure = {t: [0, 0] for t in (1.0, 2.0, 2.5)}     # above 0.95, and of these wrong
    for _ in range(n):
        ink, label = maker(rng, int(rng.choice(WIDTHS)))[:2]
        if not label:
            continue
        total += 1
        for t, counts in sure.items():
            p, name = rank(net, ink, maker.index, t)[0][0]
            right = label_of(name, maker.index) == tuple(label)
            good += right and t == 1.0
            counts[0] += p >= .95
            counts[1] += p >= .95 and not right
    print("generated: first among 77 in %d of %d" % (good, total))
    for t, (all_, wrong) in sure.items():
        print("above 0.95 at T = %.1f: %d, %d wrong" % (t, all_, wrong))


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--fonts", required=True, help="node_modules/@fontsource with Thai handwriting-like fonts")
    p.add_argument("--print-fonts", nargs="*", default=["/usr/share/fonts"], help="folders with fonts-thai-tlwg")
    p.add_argument("--real", help="folder with real blanks and index.jsonl (never committed)")
    p.add_argument("--work", required=True, help="folder for checkpoints, logs and converted fonts")
    p.add_argument("--stage", choices=["base", "check", "export", "show"], required=True)
    p.add_argument("--start", help="checkpoint or exported net to start from")
    p.add_argument("--minutes", type=float, default=12)
    p.add_argument("--rate", type=float, default=2.5e-3)
    p.add_argument("--guide", type=float, default=1.0, help="weight of the anchors at the start")
    p.add_argument("--count", type=int, default=300, help="generated cells to check")
    p.add_argument("--ramp", type=float, default=0, help="minutes in which the cells go from clean to full distortion")
    p.add_argument("--seed", type=int, default=2026)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--out", help="ONNX file to write")
    a = p.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(a.threads)
    os.makedirs(a.work, exist_ok=True)
    onnx = (a.start or "").endswith(".onnx")
    maker = Maker(*fonts(a), ramp=a.ramp * 60) if a.stage != "export" or onnx else None
    cls = classes()
    base = os.path.join(a.work, "provinces-base.pt")
    if a.stage == "show":
        rng = np.random.default_rng(a.seed)
        rows, t = [], time.time()
        for _ in range(12):
            row = np.zeros((52, 1000), np.uint8)
            x = 0
            for _ in range(6):
                ink = maker(rng, int(rng.choice(WIDTHS)))[0]
                if x + ink.shape[1] < 1000:
                    row[:48, x:x + ink.shape[1]] = ink
                x += ink.shape[1] + 4
            rows.append(row)
        print("%.2f ms each; %d classes" % ((time.time() - t) / 72 * 1e3, len(cls)))
        cv2.imwrite(os.path.join(a.work, "show.png"), 255 - np.vstack(rows))
        return
    net = province_net()
    if a.start or a.stage != "base":
        ctc.load_weights(net, a.start or base)
    if onnx:
        ctc.unfold(net, next(iter(ctc.Stream(maker, 96, WIDTHS, a.seed)))[0].float() / 255)
    if a.stage == "base":
        with open(os.path.join(a.work, "provinces-base.log"), "w") as log:
            train(net, maker, a, 24, log, base)
    if a.stage == "check":
        if a.real:
            check(net, load_real(a.real, maker.index), maker.index)
        check_generated(net, maker, a.count, a.seed)
    if a.out:
        print("cv::dnn agrees to", ctc.export(net, a.out))
        with open(os.path.join(os.path.dirname(os.path.abspath(a.out)), "classes.json"), "w", encoding="utf-8") as f:
            json.dump({"classes": cls, "drop": DROP}, f, ensure_ascii=False)
            f.write("\n")


if __name__ == "__main__":
    main()
