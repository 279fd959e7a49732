# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the province net: Thai letters of a handwritten or typeset province name on a dotted blank.

See README.md for the stages and the data.  The program scores the 77 names by
their CTC likelihood, so the net needs the letters of these names only.
"""
import argparse
import glob
import json
import os
import sys
import time
import unicodedata

import cv2
import numpy as np
import torch
import torch.nn as nn

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "common"))
import ctc  # noqa: E402
import letters  # noqa: E402
import pens  # noqa: E402
import strokes  # noqa: E402
import synth  # noqa: E402
import words  # noqa: E402

NAMES = os.path.join(HERE, "..", "..", "reference", "provinces-th.json")
# Tone marks, the shortener and the silencer are often left out or far off their letter.
DROP = ["\u0e47", "\u0e48", "\u0e49", "\u0e4c"]
WIDTHS = [96, 112, 128, 144, 160, 176, 200]
LEFT = ["จังหวัด"] * 6 + ["ที่ 1 จังหวัด", "อำเภอ", "จังหวัด "]
RIGHT = ["เสร็จสิ้นเป็นที่เรียบร้อยแล้ว", "ได้รับซองใส่บัตรเลือกตั้งจาก", "เสร็จสิ้น", "ดังนั้น", "ขอรายงานผล", "ได้ดำเนินการ"]
LINES = ["รายงานผลการนับคะแนนบัตรเลือกตั้งนอกเขตเลือกตั้งและนอกราชอาณาจักร", "คณะกรรมการประจำหน่วยเลือกตั้งได้ดำเนินการนับคะแนน",
         "เลือกตั้งของหน่วยเลือกตั้งที่", "องค์กรที่คณะกรรมการการเลือกตั้งมอบหมาย จำนวน", "ได้กำหนดให้วันที่ เดือน กุมภาพันธ์ พ.ศ.",
         "เลือกตั้งดังกล่าว ดังนี้", "หมู่ที่ ตำบล/แขวง/เทศบาล อำเภอ/เขต", "บัตรเลือกตั้งแล้ว มีจำนวน บัตร จึงได้", "สมาชิกสภาผู้แทนราษฎรแบบแบ่งเขต"]


def names():
    with open(NAMES, encoding="utf-8") as f:
        return [unicodedata.normalize("NFC", p["th"]) for p in json.load(f)["provinces"]]


def classes():
    return ["blank"] + sorted({c for n in names() for c in n if c not in DROP})


def label_of(name, index):
    return tuple(index[c] for c in name if c in index)


def province_net(n):
    """About 200,000 parameters, context of about 110 px; strides come early to keep it fast."""
    c = ctc._conv
    net = ctc.Net(c(1, 12, 5, 2) + c(12, 24, 3, 2) + c(24, 40, 3) + [nn.MaxPool2d((2, 1))]
                  + c(40, 64, 3) + [nn.MaxPool2d((2, 1))]
                  + c(64, 80, 3) + c(80, 112, 3, pad=(0, 1))
                  + c(112, 80, (1, 5)) + c(80, 80, (1, 5), dil=2)
                  + [nn.Dropout(0.05), nn.Conv2d(80, n, 1)])
    net.seq[-1].bias.data[0] = 3.0      # blanks are most of the steps
    return net


def anchors(glyphs, name, index, x, width):
    """Steps where the letters of a name that fills [x, x + width) should be read, about."""
    cl = synth.clusters(name)
    adv = np.array([max(glyphs.glyph(0, c[0])[3], 4) for c in cl], float)
    mid = (np.cumsum(adv) - adv / 2) / adv.sum() * width + x
    out = []
    for (b, u, t, l), m in zip(cl, mid):
        for k, ch in enumerate(c for c in b + u + t + l if c in index):
            out.append(int(m / ctc.STEP + .7 * k))
    return tuple(out)


class Maker(words.Maker):
    """Generated blanks: (ink uint8, (label, anchors), fold flag, weight)."""

    SIZE = 3000

    def __init__(self, glyphs, printed, real=None, p_real=0.0, ramp=0.0):
        self.ramp, self.start = ramp, None
        self.glyphs, self.printed = glyphs, printed
        self.names = names()
        bases = sorted({b for n in self.names for b, _, _, _ in synth.clusters(n)})
        self.pens = pens.of_fonts(glyphs.paths(), bases, list(letters.MARKS))
        self.hands = []
        self.index = {c: i for i, c in enumerate(classes()) if i}
        synth.Pooled.__init__(self, real, p_real)

    def hand(self, rng):
        """The pen strokes of common/strokes.py have the letters of number words only: a font's pen has the others."""
        if len(self.hands) < 400:
            self.hands.append(strokes.Hand(rng, self.pens, 1.0))
        elif rng.random() < .1:
            self.hands[int(rng.integers(400))] = strokes.Hand(rng, self.pens, 1.0)
        return self.hands[int(rng.integers(len(self.hands)))]

    def level(self):
        """0 at the start of training, when the cells are clean, 1 after the ramp (seconds)."""
        if not self.ramp:
            return 1.0
        if self.start is None:
            self.start = time.time()
        return min(1.0, (time.time() - self.start) / self.ramp)

    def __call__(self, rng, w):
        if self.real is not None and rng.random() < self.p_real:
            return self.real(rng)
        level = self.level()
        if len(self.pool) >= 400 and rng.random() < self.REUSE:
            cv, label = self.pool[int(rng.integers(len(self.pool)))]
            cv = cv.astype(np.float32) / 255
        else:
            cv, label = self.compose(rng, w)
            item = (np.clip(cv * 255, 0, 255).astype(np.uint8), label)
            if len(self.pool) < self.SIZE * (.3 + .7 * level):
                self.pool.append(item)
            else:
                self.pool[int(rng.integers(len(self.pool)))] = item
        return synth.effects(rng, synth.geometry(rng, cv, .3 + .7 * level), .2 + .8 * level), label, False, 1.0

    def neighbours(self, rng, cv, yd, gain, slope, em, pitch, ink):
        w = cv.shape[1]
        for y, p in ((yd - pitch, .75), (yd + pitch, .75)):
            if rng.random() > p * self.level():
                continue
            if rng.random() < .75:
                a, base = self.printed.text(rng, str(rng.choice(LINES)), em)
                synth.paste(cv, a, rng.uniform(min(0, w - a.shape[1]) - 30, 30), y - base, gain)
            if rng.random() < .35:
                a = rng.uniform(-w, w)
                synth.dotted(rng, cv, y, max(0, a), min(w, a + rng.uniform(30, w)), gain, slope)
                synth.hand_scrap(rng, cv, self.glyphs, y, ink)

    def typeset(self, rng, text, em):
        a, base = self.printed.text(rng, text, em)
        f = rng.uniform(.9, 1.1)
        a = cv2.resize(a, None, fx=f * rng.uniform(.9, 1.1), fy=f, interpolation=cv2.INTER_LINEAR)
        xs = np.where((a > .25).any(0))[0]
        return a[:, xs.min():xs.max() + 1], base * f

    def compose(self, rng, w):
        name = self.names[int(rng.integers(len(self.names)))]
        em = int(rng.integers(16, 22))
        gain, ink = rng.uniform(.5, 1), rng.uniform(.55, 1)
        slope = np.tan(np.radians(rng.normal(0, .7)))
        yd = 40.3 + rng.normal(0, 1.8)
        set_in_type = rng.random() < .14
        if set_in_type:
            patch, base = self.typeset(rng, name, em)
            ink = gain
        else:
            st = self.style(rng)
            st["scale"] = float(np.clip(rng.normal(.47, .08), .33, .66))
            st["jitter"] *= .4 + .6 * self.level()
            if st["hand"] is not None:
                st["scale"] = float(np.clip(rng.normal(.5, .07), .38, .66))
            st["aspect"], st["pen"], st["amp"] = rng.uniform(.65, 1.05), rng.normal(0, .75), rng.uniform(.4, .9 + 1.2 * self.level())
            patch, base = self.font_patch(rng, name, st)
        x0 = rng.uniform(-8, 14) if rng.random() < .7 else rng.uniform(-8, 46)
        xn = x0 + (rng.uniform(1, 7) if rng.random() < .5 else rng.uniform(0, 30))
        x1 = xn + patch.shape[1] + (rng.uniform(1, 12) if rng.random() < .5 else rng.uniform(0, 60))
        w = int(min(max(w * rng.uniform(.7, 1), x1 + rng.uniform(0, 30)), 288))
        if rng.random() < .6:
            x1 = max(x1, w - rng.uniform(0, 30))
        cv = np.zeros((synth.H, w), np.float32)
        if rng.random() < .9:
            a, b = self.printed.text(rng, str(rng.choice(LEFT)), em)
            synth.paste(cv, a, x0 - a.shape[1] + 3, yd - b, gain)
        if x1 < w and rng.random() < .85:
            a, b = self.printed.text(rng, str(rng.choice(RIGHT)), em)
            synth.paste(cv, a, x1 - 3, yd - b, gain)
        if not (set_in_type and rng.random() < .7):
            synth.dotted(rng, cv, yd, x0 + 1, x1, gain, slope)
        self.neighbours(rng, cv, yd, gain, slope, em, rng.uniform(24.5, 29), ink)
        label = (), ()
        if rng.random() > .03:
            dy = 0 if set_in_type else rng.normal(-2, 2.2)
            synth.paste(cv, patch, xn, yd + dy - base, ink)
            label = label_of(name, self.index), anchors(self.glyphs, name, self.index, xn, patch.shape[1])
        synth.marks(rng, cv, self.glyphs, "words", ink, .5 * self.level())
        return cv, label


# ---------------------------------------------------------------- training

def anchor_loss(lp, labels):
    """Mean -log of the probability, blank left aside, that each letter has around its anchor."""
    n, t, c = [], [], []
    for i, (label, at) in enumerate(labels):
        for ch, a in zip(label, at):
            n.append(i)
            t.append(min(max(a, 1), lp.shape[0] - 2))
            c.append(ch)
    n, t, c = (torch.tensor(v) for v in (n, t, c))
    lp = torch.log_softmax(lp[:, :, 1:], dim=2)
    return -(torch.logsumexp(torch.stack([lp[t + d, n, c - 1] for d in (-1, 0, 1)]), 0) - np.log(3)).mean()


def train(net, maker, a, batch, log, snapshot):
    """As ctc.train; the anchors guide the first third, for CTC alone starts slowly."""
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
        loss = ctc.ctc_loss(out, [lab for lab, _ in labels], steps)
        acc.append(float(loss))
        share = a.guide * max(0.0, 1 - f / .5)
        if not a.start:
            loss = loss * min(1.0, .1 + f / .15)
        if share > 0:
            extra = anchor_loss(ctc.log_probs(out), labels)
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


def rank(net, ink, index):
    """[(posterior among the 77 names, name)] best first, and the greedy reading."""
    lp = ctc.softmax_np(ctc.run(net, ink))
    ns = names()
    s = np.array([forward_score(lp, label_of(n, index)) for n in ns])
    p = np.exp(s - s.max())
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
    for _ in range(n):
        ink, (label, _), _, _ = maker(rng, int(rng.choice(WIDTHS)))
        if label:
            total += 1
            good += label_of(rank(net, ink, maker.index)[0][0][1], maker.index) == label
    print("generated: first among 77 in %d of %d" % (good, total))


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
    hand = synth.hand_fonts(a.fonts, os.path.join(a.work, "fonts"))
    for d in a.print_fonts:
        for pat in ("Purisa*.otf", "Purisa*.ttf", "Kinnari-Oblique.*", "Sawasdee.*", "Umpush-Light.*"):
            hand += sorted(glob.glob(os.path.join(d, "**", pat), recursive=True))
    glyphs, printed = synth.GlyphSource(hand), synth.PrintSource(synth.print_fonts(a.print_fonts))
    maker = Maker(glyphs, printed, ramp=a.ramp * 60)
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
        print("%.2f ms each; %d classes, %d hand fonts" % ((time.time() - t) / 72 * 1e3, len(cls), len(hand)))
        cv2.imwrite(os.path.join(a.work, "show.png"), 255 - np.vstack(rows))
        return
    net = province_net(len(cls))
    if a.start and a.start.endswith(".onnx"):
        ctc.load_weights(net, a.start)
        ctc.unfold(net, next(iter(ctc.Stream(maker, 96, WIDTHS, a.seed)))[0].float() / 255)
    elif a.start:
        old, new = torch.load(a.start), net.state_dict()
        net.load_state_dict({k: old[k] if old[k].shape == v.shape else v for k, v in new.items()})
    elif a.stage != "base":
        net.load_state_dict(torch.load(base))
    if a.stage == "base":
        with open(os.path.join(a.work, "provinces-base.log"), "w") as log:
            train(net, maker, a, 24, log, base)
    if a.stage == "check":
        if a.real:
            check(net, load_real(a.real, maker.index), maker.index)
        check_generated(net, maker, a.count, a.seed + 1)
    if a.out:
        print("cv::dnn agrees to", ctc.export(net, a.out))
        with open(os.path.join(os.path.dirname(os.path.abspath(a.out)), "classes.json"), "w", encoding="utf-8") as f:
            json.dump({"classes": cls, "drop": DROP}, f, ensure_ascii=False)
            f.write("\n")


if __name__ == "__main__":
    main()
