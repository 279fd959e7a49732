# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated blanks with a province name, handwritten or typeset, and the net that reads its letters: (ink uint8, label, fold flag,
weight).  The label's anchors (ctc.Anchored) are where its letters stand, about."""
import copy
import glob
import json
import os
import time
import unicodedata

import cv2
import numpy as np
import torch
import torch.nn as nn

import ctc
import letters
import pens
import strokes
import synth
import words

NAMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "reference", "provinces-th.json")
# Tone marks, the shortener and the silencer are often left out or far off their letter.
DROP = ["\u0e47", "\u0e48", "\u0e49", "\u0e4c"]
WIDTHS = [96, 112, 128, 144, 160, 176, 200]
WIDEST = 288
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


def province_net():
    """About 600,000 parameters, context of about 110 px; strides come early to keep it fast."""
    c = ctc._conv
    net = ctc.Net(c(1, 16, 5, 2) + c(16, 40, 3, 2) + c(40, 64, 3) + [nn.MaxPool2d((2, 1))]
                  + c(64, 96, 3) + [nn.MaxPool2d((2, 1))]
                  + c(96, 128, 3) + c(128, 176, 3, pad=(0, 1))
                  + c(176, 128, (1, 5)) + c(128, 128, (1, 5), dil=2)
                  + [nn.Dropout(0.05), nn.Conv2d(128, len(classes()), 1)])
    net.seq[-1].bias.data[0] = 3.0      # blanks are most of the steps
    return net


def anchored(glyphs, name, index, x, width):
    """The label of a name that fills [x, x + width)."""
    cl = synth.clusters(name)
    adv = np.array([max(glyphs.glyph(0, c[0])[3], 4) for c in cl], float)
    mid = (np.cumsum(adv) - adv / 2) / adv.sum() * width + x
    return ctc.Anchored.make(label_of(name, index), [(m + .7 * ctc.STEP * k, index[ch]) for (b, u, t, l), m in zip(cl, mid)
                                                     for k, ch in enumerate(c for c in b + u + t + l if c in index)])


def anchor_loss(lp, rows, steps, tokens):
    """Mean -log of the probability, blank left aside, that each letter has around its anchor.  lp: T x N x C; rows, steps and
    tokens: one entry for each anchor."""
    lp = torch.log_softmax(lp[:, :, 1:], dim=2)
    t = steps.clamp(1, lp.shape[0] - 2)
    return -(torch.logsumexp(torch.stack([lp[t + d, rows, tokens - 1] for d in (-1, 0, 1)]), 0) - np.log(3)).mean()


class Maker(words.Maker):
    """Generated blanks; the cells go from clean to fully distorted in the first ramp seconds."""

    SIZE = 3000

    def __init__(self, glyphs, printed, ramp=0.0):
        self.ramp, self.start = ramp, None
        self.glyphs, self.printed = glyphs, printed
        self.names = names()
        bases = sorted({b for n in self.names for b, _, _, _ in synth.clusters(n)})
        self.pens = pens.of_fonts(glyphs.paths(), bases, list(letters.MARKS), glyphs.pen_cache)
        self.hands = []
        self.index = {c: i for i, c in enumerate(classes()) if i}
        synth.Pooled.__init__(self)

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
        label = copy.copy(label)
        return synth.effects(rng, synth.geometry(rng, cv, .3 + .7 * level, label), .2 + .8 * level), label, False, 1.0

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
        if xn + patch.shape[1] > WIDEST:
            return self.compose(rng, w)
        w = int(min(max(w * rng.uniform(.7, 1), x1 + rng.uniform(0, 30)), WIDEST))
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
        label = ctc.Anchored.make((), [])
        if rng.random() > .03:
            dy = 0 if set_in_type else rng.normal(-2, 2.2)
            synth.paste(cv, patch, xn, yd + dy - base, ink)
            label = anchored(self.glyphs, name, self.index, xn, patch.shape[1])
        synth.marks(rng, cv, self.glyphs, "words", ink, .5 * self.level())
        return cv, label


def fonts(a):
    """Handwriting-like and printed fonts; a: fonts, print_fonts and work of the command line."""
    hand = synth.hand_fonts(a.fonts, os.path.join(a.work, "fonts"))
    for d in a.print_fonts:
        for pat in ("Purisa*.otf", "Purisa*.ttf", "Kinnari-Oblique.*", "Sawasdee.*", "Umpush-Light.*"):
            hand += sorted(glob.glob(os.path.join(d, "**", pat), recursive=True))
    if not hand:
        raise SystemExit("no fonts found")
    return synth.GlyphSource(hand, os.path.join(a.work, "names.pickle")), synth.PrintSource(synth.print_fonts(a.print_fonts))
