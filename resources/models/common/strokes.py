# SPDX-License-Identifier: GPL-3.0-or-later
"""Thai letters as pen strokes: hands that fonts do not have (no heads, joined letters, one pen width).

A letter is a list of polylines in a box: x from 0 to its width (in x-heights), y from 0 (top of the body) to 1
(baseline).  "h" marks a head (a small loop), which hasty hands leave out.  A Hand keeps its own form of every letter.
"""
import numpy as np

import synth


def _p(*pts):
    return list(pts)


# (width, strokes); a stroke is a list of points, a point may be ("h", x, y, side) for a head at (x, y)
LETTERS = {
    "ห": (.95, [_p(("h", .1, .1, 1), (.2, .06), (.2, .5), (.2, 1), (.26, .72), (.5, .36), (.78, .14), ("h", .84, .02, 1), (.72, .1),
                   (.84, .4), (.86, .72), (.88, 1))]),
    "น": (.85, [_p(("h", .1, .1, 1), (.2, .06), (.2, .5), (.2, .98), (.4, .86), (.64, .84), ("h", .72, .95, 1), (.8, .7), (.8, .4), (.8, 0))]),
    "ม": (.9, [_p(("h", .12, .1, 1), (.24, .06), (.24, .5), (.22, .86), ("h", .12, .93, 1), (.3, .84), (.56, .94), (.82, 1), (.84, .5), (.84, 0))]),
    "ส": (.9, [_p(("h", .2, .88, 1), (.1, .66), (.2, .46), (.46, .42), (.66, .58), (.82, .72)),
               _p((.08, .26), (.24, .04), (.52, -.02), (.78, .12), (.84, .42), (.84, 1)), _p((.66, .2), (.84, .0), (1.0, -.22))]),
    "ล": (.85, [_p(("h", .2, .88, 1), (.1, .66), (.2, .46), (.46, .42), (.66, .58), (.82, .72)),
                _p((.08, .26), (.24, .04), (.52, -.02), (.78, .12), (.84, .42), (.84, 1))]),
    "อ": (.8, [_p(("h", .26, .42, 1), (.1, .44), (.06, .72), (.22, .98), (.5, 1.02), (.76, .9), (.82, .5), (.7, .1), (.42, -.02), (.12, .14))]),
    "ง": (.65, [_p(("h", .4, .12, -1), (.54, .0), (.64, .14), (.66, .5), (.6, 1), (.34, .8), (.04, .56))]),
    "ก": (.85, [_p((.16, 1), (.16, .7), (.18, .5), (.26, .4), (.08, .3), (.22, .06), (.5, -.03), (.76, .1), (.82, .45), (.82, 1))]),
    "า": (.6, [_p((.05, .26), (.2, .04), (.42, .0), (.54, .18), (.56, .5), (.56, 1))]),
    "เ": (.36, [_p((.16, 0), (.16, .5), (.17, .88), ("h", .26, .92, -1))]),
    "จ": (.8, [_p(("h", .24, .5, 1), (.4, .62), (.5, 1.0), (.7, .92), (.8, .5), (.7, .1), (.42, -.02), (.1, .18))]),
    "ด": (.88, [_p(("h", .46, .56, 1), (.34, .74), (.2, 1.0), (.08, .7), (.1, .3), (.34, .02), (.62, .0), (.8, .2), (.84, .5), (.84, 1))]),
    "ค": (.88, [_p(("h", .44, .5, -1), (.3, .66), (.2, 1.0), (.08, .7), (.1, .3), (.34, .02), (.62, .0), (.8, .2), (.84, .5), (.84, 1))]),
    "ศ": (.88, [_p(("h", .44, .5, -1), (.3, .66), (.2, 1.0), (.08, .7), (.1, .3), (.34, .02), (.62, .0), (.8, .2), (.84, .5), (.84, 1)),
                _p((.72, .16), (.86, .0), (1.0, -.2))]),
    "ต": (.9, [_p(("h", .44, .56, 1), (.32, .74), (.2, 1.0), (.08, .7), (.1, .3), (.26, .02), (.46, .16), (.64, .0), (.82, .2), (.84, .5), (.84, 1))]),
    "ป": (.85, [_p(("h", .1, .1, 1), (.2, .06), (.2, .5), (.2, .98), (.5, 1.0), (.78, .98), (.8, .4), (.8, -.5))]),
    "บ": (.85, [_p(("h", .1, .1, 1), (.2, .06), (.2, .5), (.2, .98), (.5, 1.0), (.78, .98), (.8, .5), (.8, 0))]),
    "ร": (.62, [_p(("h", .4, .92, 1), (.52, .74), (.48, .46), (.3, .34), (.08, .26), (.1, .08), (.3, .02), (.48, .1), (.7, -.04))]),
    "ย": (.8, [_p(("h", .26, .1, -1), (.12, .26), (.24, .46), (.4, .5), (.2, .58), (.12, .8), (.24, 1), (.54, 1), (.76, .9), (.78, .5), (.78, 0))]),
    "พ": (1.0, [_p(("h", .1, .1, 1), (.2, .06), (.26, .6), (.3, 1), (.42, .6), (.52, .36), (.62, .6), (.74, 1), (.86, .5), (.9, 0))]),
    "ะ": (.45, [_p((.06, .12), (.16, .3), (.4, .06)), _p((.06, .66), (.16, .84), (.4, .58))]),
    "ถ": (.85, [_p(("h", .26, .92, 1), (.14, .9), (.18, .56), (.26, .42), (.08, .3), (.22, .06), (.5, -.03), (.76, .1), (.82, .45), (.82, 1))]),
    "ว": (.7, [_p((.06, .26), (.22, .02), (.48, -.02), (.64, .2), (.66, .6), (.6, .94), ("h", .5, .9, 1))]),
    "ใ": (.5, [_p(("h", .3, .3, 1), (.2, .6), (.2, 1)), _p((.2, .4), (.22, -.1), (.05, -.3), (.2, -.5), (.36, -.38), (.3, -.2))]),
    "ซ": (.9, [_p(("h", .12, .2, 1), (.24, .06), (.2, .5), (.24, .98), (.5, 1), (.72, .96), (.74, .4), (.66, .12), (.8, .04), (.95, -.14))]),
}
LETTERS["แ"] = (.66, [LETTERS["เ"][1][0], [(q[0] + .34, q[1]) if q[0] != "h" else ("h", q[1] + .34, q[2], q[3]) for q in LETTERS["เ"][1][0]]])

# Marks in a box of 0..1 x 0..1 (top to bottom), drawn over or under the right half of a letter.
MARKS = {
    "ิ": [_p((.05, .8), (.3, .25), (.62, .2), (.92, .75), (.5, .82), (.05, .8))],
    "ี": [_p((.05, .8), (.3, .25), (.62, .2), (.92, .75), (.5, .82), (.05, .8)), _p((.94, .0), (.93, .8))],
    "ึ": [_p((.05, .8), (.3, .25), (.62, .2), (.9, .7), (.5, .82), (.05, .8)), _p((.92, .3), (1.06, .14), (.96, .04), (.86, .2), (.93, .4))],
    "ื": [_p((.05, .8), (.3, .25), (.62, .2), (.92, .75), (.5, .82), (.05, .8)), _p((.74, .0), (.74, .7)), _p((.96, .0), (.95, .75))],
    "ั": [_p((.2, .3), (.34, .2), (.3, .5), (.18, .4), (.3, .72), (.6, .7), (.95, .1))],
    "็": [_p((.1, .85), (.12, .5), (.4, .35), (.5, .65), (.36, .7), (.52, .8), (.8, .6), (.6, .2), (.95, .0))],
    "่": [_p((.5, .1), (.5, .9))],
    "้": [_p((.2, .3), (.36, .2), (.36, .46), (.2, .42), (.3, .8), (.62, .72), (.95, .1))],
    "๊": [_p((.05, .8), (.12, .3), (.36, .3), (.4, .7), (.56, .3), (.7, .75), (.95, .0))],
    "์": [_p((.3, .7), (.16, .5), (.36, .36), (.5, .56), (.36, .74), (.3, .6), (.55, .4), (.9, .0))],
    "ุ": [_p((.3, .2), (.5, .1), (.5, .5), (.5, .9))],
    "ู": [_p((.15, .2), (.32, .1), (.32, .7), (.5, .82), (.72, .7), (.72, .1))],
}


class Hand:
    """One writer: his form of every letter, slant, heads, joins and pen."""

    def __init__(self, rng):
        u = rng.uniform
        self.heads = 0.0 if rng.random() < .4 else u(.4, 1.0)       # how often a head is drawn
        self.head = u(.05, .13)
        self.own = u(.02, .075)      # how far his letters are from the model
        self.shake = u(.008, .035)   # how far one letter is from the next
        self.round = rng.random() < .75
        self.join = 0.0 if rng.random() < .6 else u(.15, .7)
        self.gap = rng.normal(.16, .1)
        self.wide = u(.68, 1.2)
        self.mark = u(.34, .62)      # height of a mark
        self.lift = u(-.06, .2)      # its distance from the body
        self.late = rng.normal(0, .12)   # marks set too far right or left
        self.drop = 0.0 if rng.random() < .7 else u(.02, .12)       # marks that are left out
        self.tall = u(.8, 1.2)       # of the strokes above the body
        self.forms = {}

    def form(self, rng, ch):
        f = self.forms.get(ch)
        if f is None:
            w, strokes = LETTERS[ch]
            f = (w * rng.uniform(.85, 1.15), [self.vary(rng, s, self.own) for s in strokes])
            self.forms[ch] = f
        return f

    @staticmethod
    def vary(rng, stroke, amount):
        out = []
        for q in stroke:
            d = rng.normal(0, amount, 2)
            out.append(("h", q[1] + d[0], q[2] + d[1], q[3]) if q[0] == "h" else (q[0] + d[0], q[1] + d[1]))
        return out

    def points(self, rng, stroke):
        out = []
        for q in self.vary(rng, stroke, self.shake):
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
    lines, x, last = [], 0.0, None
    y0 = 0.0
    for base, upper, tone, lower in synth.clusters(text):
        if base not in LETTERS:
            x += .4
            continue
        y0 = .6 * y0 + rng.normal(0, .03)
        w, strokes = hand.form(rng, base)
        w *= hand.wide * rng.normal(1, .05)
        f = w / LETTERS[base][0]
        high = 0.0
        first = len(lines)
        for s in strokes:
            p = hand.points(rng, s)
            if len(p) < 2:
                continue
            high = min(high, p[:, 1].min() if base in "ป" else 0)
            lines.append(p * [f, 1] + [x, y0])
        if len(lines) > first and last is not None and rng.random() < hand.join:
            a, b = last, lines[first][0]
            if b[0] - a[0] < .8:
                lines.append(np.array([a, (a + b) / 2 + rng.normal(0, .06, 2), b]))
        last = lines[-1][-1] if len(lines) > first else None
        top = -hand.lift
        right = x + w
        for m in upper + tone:
            if m not in MARKS or rng.random() < hand.drop:
                continue
            mh = hand.mark * rng.normal(1, .1) * (.7 if m in tone else 1)
            mw = (.3 if m == "่" else .62) * hand.wide * rng.normal(1, .12)
            mx = right - mw + hand.late + rng.normal(0, .06)
            for s in MARKS[m]:
                p = hand.vary(rng, s, hand.own + .03)
                lines.append(np.array(p) * [mw, mh] + [mx, y0 + top - mh])
            top -= mh * rng.uniform(.8, 1.05)
        for m in lower:
            if m in MARKS:
                lines += [np.array(hand.vary(rng, s, hand.own + .02)) * [.5, .34] + [right - .5, y0 + 1.08] for s in MARKS[m]]
        x += w + max(-.06, hand.gap + rng.normal(0, .05))
    if not lines:
        return np.zeros((4, 4), np.float32), 3
    out = []
    for p in lines:
        q = synth.smooth(p) if hand.round or len(p) > 8 else p
        q = q + np.stack([-(q[:, 1] - 1) * slant, q[:, 0] * climb], 1)
        out.append(q * size)
    allp = np.vstack(out)
    m = pen + 2
    lo = allp.min(0) - m
    hi = allp.max(0) + m
    w, h = (hi - lo).astype(int) + 1
    img = synth.draw_lines((h, w), [q - lo for q in out], pen, 4)
    return img, int(round(size - lo[1]))
