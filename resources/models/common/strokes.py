# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands that write Thai with a pen: letters that fonts do not have (no heads, joined letters, one pen width).

A Hand keeps its own form of every letter (letters.py, or those of a font: pens.py).
"""
import numpy as np

import synth
from letters import FORMS, LETTERS, MARK_FORMS, MARKS


class Hand:
    """One writer: his form of every letter, slant, heads, joins and pen."""

    def __init__(self, rng, pens=(), share=.45):
        """pens: fonts (pens.Pen) of which this share of the hands has its letters."""
        u = rng.uniform
        self.pen = pens[int(rng.integers(len(pens)))] if pens and rng.random() < share else None
        self.like = u(.5, 1.0)       # how many letters such a hand has of its font
        self.heads = 0.0 if rng.random() < .4 else u(.4, 1.0)       # how often a head is drawn
        self.head = u(.05, .13)
        self.own = u(.02, .075) if rng.random() < .75 else u(.075, .115)    # how far his letters are from the model
        self.uneven = u(.02, .13)    # heights of letters
        self.shake = u(.008, .035)   # how far one letter is from the next
        self.round = rng.random() < .75
        self.join = 0.0 if rng.random() < .6 else u(.15, .7)
        self.gap = rng.normal(.1, .12)
        self.quick = 0.0 if rng.random() < .3 else u(.3, 1.0)       # how many letters have another form
        self.hasty = 0.0 if rng.random() < .6 else u(.03, .16)      # points of a stroke that are cut short
        self.wide = u(.52, 1.15)
        self.high = u(.34, .62)      # height of a mark
        self.lift = u(-.06, .2)      # its distance from the body
        self.late = rng.normal(0, .12)   # marks set too far right or left
        self.drop = 0.0 if rng.random() < .7 else u(.02, .12)       # marks that are left out
        self.tall = u(.8, 1.2)       # of the strokes above the body
        self.under = u(-.12, .12)    # the vowel below: its distance from the body
        self.forms, self.marks = {}, {}

    def knows(self, ch):
        return ch in LETTERS or (self.pen is not None and ch in self.pen.letters)

    def form(self, rng, ch):
        f = self.forms.get(ch)
        if f is None:
            if self.pen is not None and ch in self.pen.letters and (ch not in LETTERS or rng.random() < self.like):
                w, strokes = self.pen.letters[ch]
                amount = self.own * .4      # its points are dense
                fixed = True
            else:
                w, strokes = LETTERS[ch]
                if ch in FORMS and rng.random() < self.quick:
                    w, strokes = FORMS[ch][int(rng.integers(len(FORMS[ch])))]
                amount, fixed = self.own, False
            f = (w * rng.uniform(.85, 1.15), [self.vary(rng, s, amount) for s in strokes], fixed)
            self.forms[ch] = f
        return f

    def mark(self, rng, ch):
        m = self.marks.get(ch)
        if m is None:
            if self.pen is not None and ch in self.pen.marks and rng.random() < self.like:
                m = self.pen.marks[ch]
            else:
                m = MARKS[ch]
                if ch in MARK_FORMS and rng.random() < self.quick:
                    m = MARK_FORMS[ch][int(rng.integers(len(MARK_FORMS[ch])))]
            self.marks[ch] = m
        return m

    @staticmethod
    def vary(rng, stroke, amount):
        if isinstance(stroke, np.ndarray):
            return stroke + rng.normal(0, amount, stroke.shape)
        out = []
        for q in stroke:
            d = rng.normal(0, amount, 2)
            out.append(("h", q[1] + d[0], q[2] + d[1], q[3]) if q[0] == "h" else (q[0] + d[0], q[1] + d[1]))
        return out

    def points(self, rng, stroke, fixed=False):
        """The stroke as it is written once; fixed: its points are dense, none is left out."""
        if fixed:
            out = self.vary(rng, stroke, self.shake * .4)
            high = out[:, 1] < -.05
            out[high, 1] *= self.tall
            return out
        out = []
        last = len(stroke) - 1
        for i, q in enumerate(self.vary(rng, stroke, self.shake)):
            if self.hasty and 0 < i < last and last > 2 and rng.random() < self.hasty:
                continue
            if q[0] != "h":
                out.append((q[0], q[1] if q[1] > -.05 else q[1] * self.tall))
            elif rng.random() < self.heads:
                r, a = self.head * rng.uniform(.7, 1.3), rng.uniform(0, 6.3)
                n = 5
                out += [(q[1] + r * np.cos(a + q[3] * 6.3 * i / n), q[2] + r * np.sin(a + q[3] * 6.3 * i / n)) for i in range(n)]
            elif rng.random() < .6:
                out.append((q[1], q[2]))
        return np.array(out, float)


def write(rng, hand, text, size, pen, slant, climb=0.0):
    """Text in a hand; size is the x-height in px.  Returns (patch, row of the baseline)."""
    lines, dense, x, last = [], [], 0.0, None
    y0 = 0.0
    for base, upper, tone, lower in synth.clusters(text):
        if not hand.knows(base):
            x += .4
            continue
        y0 = .6 * y0 + rng.normal(0, .03)
        w, strokes, fixed = hand.form(rng, base)
        w *= hand.wide * rng.normal(1, .06)
        tall = np.clip(rng.normal(1, hand.uneven), .7, 1.35)
        f = w / hand.form(rng, base)[0]
        high = 0.0
        first = len(lines)
        for s in strokes:
            p = hand.points(rng, s, fixed)
            if len(p) < 2:
                continue
            high = min(high, p[:, 1].min() if base in "ป" else 0)
            p = np.stack([p[:, 0] * f + x, 1 + (p[:, 1] - 1) * tall + y0], 1)
            lines.append(p)
            dense.append(fixed)
        if len(lines) > first and last is not None and rng.random() < hand.join:
            a, b = last, lines[first][0]
            if b[0] - a[0] < .8:
                lines.append(np.array([a, (a + b) / 2 + rng.normal(0, .06, 2), b]))
                dense.append(False)
        last = lines[-1][-1] if len(lines) > first else None
        top = 1 - tall - hand.lift
        right = x + w
        for m in upper + tone:
            if m not in MARKS or rng.random() < hand.drop:
                continue
            mh = hand.high * rng.normal(1, .1) * (.7 if m in tone else 1)
            mw = (.3 if m == "่" else .62) * hand.wide * rng.normal(1, .12)
            mx = right - mw + hand.late + rng.normal(0, .06)
            for s in hand.mark(rng, m):
                written = isinstance(s, np.ndarray)
                p = hand.vary(rng, s, hand.own * .5 + .01 if written else hand.own + .03)
                dense.append(written and len(s) > 5)
                lines.append(np.array(p) * [mw, mh] + [mx, y0 + top - mh])
            top -= mh * rng.uniform(.8, 1.05)
        for m in lower:
            if m in MARKS:
                for s in hand.mark(rng, m):
                    dense.append(False)
                    lines.append(np.array(hand.vary(rng, s, hand.own + .02)) * [.5, .34] + [right - .5, y0 + 1.08 + hand.under])
        x += w + max(-.1, hand.gap + rng.normal(0, .05))
    if not lines:
        return np.zeros((4, 4), np.float32), 3
    out = []
    for p, close in zip(lines, dense):
        q = synth.smooth(p) if not close and (hand.round or len(p) > 8) else p
        q = q + np.stack([-(q[:, 1] - 1) * slant, q[:, 0] * climb], 1)
        out.append(q * size)
    allp = np.vstack(out)
    m = pen + 2
    lo = allp.min(0) - m
    hi = allp.max(0) + m
    w, h = (hi - lo).astype(int) + 1
    img = synth.draw_lines((h, w), [q - lo for q in out], pen, 4)
    return img, int(round(size - lo[1]))
