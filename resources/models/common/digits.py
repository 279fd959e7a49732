# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated digit zones: (ink uint8, label, fold flag, weight)."""
import cv2
import numpy as np

import ctc
import synth

DASH, STRUCK = ctc.DIGITS.index("-"), ctc.DIGITS.index("#")
WIDTHS = [56, 64, 72, 80, 88, 96, 96, 104, 112, 128, 152]


def number(rng):
    """Digit strings roughly as tallies have them: every length, every digit."""
    n = int(rng.choice([1, 2, 3, 4], p=[.40, .28, .25, .07]))
    s = [int(v) for v in rng.integers(0, 10, n)]
    if n > 1 and s[0] == 0 and rng.random() < .9:
        s[0] = int(rng.integers(1, 10))
    if n > 1 and rng.random() < .08:
        s[-1] = s[-2]
    if rng.random() < .12:
        s[int(rng.integers(n))] = 1
    return s


class Writer:
    """Writes digit strings into a canvas; digits come from the source or from real patches."""

    def __init__(self, source, patches=None):
        self.source, self.patches = source, patches or []

    def size(self, rng, digits, st, h, scans):
        out = []
        for d in digits:
            if scans is not None and scans.get(d) and rng.random() < .85:
                p = scans[d][int(rng.integers(len(scans[d])))]
                f = np.clip(rng.normal(1, .08), .8, 1.25)
                p = cv2.resize(p, None, fx=f * np.clip(rng.normal(1, .06), .85, 1.15), fy=f, interpolation=cv2.INTER_LINEAR)
                p = synth.wobble(rng, p, .35, 7)
                ys, xs = np.where(p > .3)
                if len(ys):
                    out.append(p[ys.min():ys.max() + 1, xs.min():xs.max() + 1])
                    continue
            out.append(synth.digit_patch(rng, self.source, d, h, st))
        return out

    def write(self, rng, cv, digits, yd, room, ink, st=None, h=None, x=None, scans=None):
        """Returns the box (x0, y0, x1, y1) of what was written."""
        w = cv.shape[1]
        st = st or synth.style_of(rng, rng.random() < .1)
        h = h or np.clip(rng.normal(17.5, 3.5), 11, 29)
        if len(digits) >= 3:
            h = min(h, 24)
        # Figures in a line of print are often written small and dense, down to 8 px a digit.
        dense = len(digits) >= 2 and rng.random() < .4
        if dense and rng.random() < .6:
            h = rng.uniform(10, 16)
        if scans is None and self.patches and not st["thai"] and rng.random() < .45:
            scans = self.patches[int(rng.integers(len(self.patches)))]
        ps = self.size(rng, digits, st, h, scans)
        gap = rng.normal(2.2, 1.6)
        if dense:
            f = rng.uniform(.6, .95)
            ps = [cv2.resize(p, (max(3, int(p.shape[1] * f)), p.shape[0]), interpolation=cv2.INTER_AREA) for p in ps]
            gap = rng.normal(.4, .9)
        gaps = [max(-2.5, gap + rng.normal(0, .8)) for _ in ps]
        if len(ps) > 1 and rng.random() < .14:      # two figures grow together: the 1 of 17 stands in the 7's bar
            gaps[int(rng.integers(len(ps) - 1))] = -rng.uniform(1.5, min(5.5, .55 * min(p.shape[1] for p in ps) + 1.5))
        total = sum(p.shape[1] for p in ps) + sum(gaps[:-1])
        a, b = room
        if total > b - a + 6 and total > 12:
            f = max(.55, (b - a) / total)
            ps = [cv2.resize(p, (max(3, int(p.shape[1] * f)), max(8, int(p.shape[0] * max(f, .75)))),
                             interpolation=cv2.INTER_AREA) for p in ps]
            gaps = [g * f for g in gaps]
            total = sum(p.shape[1] for p in ps) + sum(gaps[:-1])
        if x is None:
            x = rng.uniform(a, max(a + 1, b - total))
        x0, y0, y1 = x, 99.0, -9.0
        base = yd + rng.normal(-1.0, 2.2)
        climb = rng.normal(0, .05)
        before, self.at = None, []     # the gap before the figure
        for d, p, g in zip(digits, ps, gaps):
            yb = base + rng.normal(0, .8) + climb * (x - x0)
            if d == 9 and rng.random() < .3:
                yb += rng.uniform(0, 4)
            if p.shape[0] > h * 1.2 and rng.random() < .5:
                yb += rng.uniform(0, p.shape[0] - h)
            synth.paste(cv, p, x, yb - p.shape[0], ink)
            self.at.append((x + p.shape[1] / 2, d + 1))
            if before is not None and rng.random() < .08:     # a joining stroke
                ln = synth.smooth(np.array([[x - before - 1, yb - rng.uniform(0, 6)], [x - before / 2, yb - rng.uniform(0, 5)],
                                            [x + p.shape[1] * .4, yb - rng.uniform(0, p.shape[0])]]))
                np.maximum(cv, synth.draw_lines(cv.shape, [ln], rng.uniform(.9, 1.8), 3) * ink, out=cv)
            before = g
            y0, y1 = min(y0, yb - p.shape[0]), max(y1, yb)
            x += p.shape[1] + g
        return x0, y0, x, y1


class Maker(synth.Pooled):
    marked = 1.0    # how often ticks, folds and the like are added

    def __init__(self, source, glyphs, printed, blanks=None, patches=None, real=None, p_real=0.0):
        self.writer = Writer(source, patches)
        self.cell = synth.Cell(printed, glyphs)
        self.glyphs = glyphs
        self.blanks = blanks or []
        super().__init__(real, p_real)

    def dash(self, rng, cv, x, y, ink, length=None):
        n = length or rng.uniform(4, 24)
        p = np.array([[x, y + rng.normal(0, .7)], [x + n / 2, y + rng.normal(0, .9)], [x + n, y + rng.normal(0, 1.2)]])
        np.maximum(cv, synth.draw_lines(cv.shape, [synth.smooth(p)], rng.uniform(1, 2.6), 3) * ink, out=cv)
        return x + n

    @staticmethod
    def bridge(rng, cv, middles, y0, y1, ink):
        """A stroke between two figures, from inside one to inside the other: shorter than a strike-out.  A low one may be longer."""
        i = int(rng.integers(len(middles) - 1))
        a, b = middles[i], middles[i + 1]
        reach = (b - a) * .5
        low = rng.random() < .4
        p = np.array([[a + (rng.uniform(-1.1, 0) if low else rng.uniform(-.4, .8)) * reach, 0], [(a + b) / 2, 0],
                      [b + (rng.uniform(0, 1.3) if low else rng.uniform(-.4, .8)) * reach, 0]])
        p[:, 1] = y0 + (y1 - y0) * (rng.uniform(.72, 1.0) if low else rng.uniform(.3, 1.0)) + rng.normal(0, 1.0, 3)
        np.maximum(cv, synth.draw_lines(cv.shape, [synth.smooth(p)], rng.uniform(.9, 2.2), 3) * ink, out=cv)

    @staticmethod
    def slash(rng, cv, x, foot):
        """A tall stroke from below the number's foot up to the right; a short or upright one would be a 1."""
        tall, lean = rng.uniform(28, 48), rng.uniform(.25, .8)
        y = foot + rng.uniform(2, 12)
        p = np.array([[x, y], [x + tall * lean * .5 + rng.normal(0, 1), y - tall * .5], [x + tall * lean, y - tall]])
        np.maximum(cv, synth.draw_lines(cv.shape, [synth.smooth(p)], rng.uniform(.9, 2.3), 3) * rng.uniform(.35, 1), out=cv)

    @staticmethod
    def strike(rng, cv, box, ink):
        kind = 0 if rng.random() < .4 else int(rng.integers(4))
        lines = synth.scribble(rng, box[0], box[1], box[2] - box[0], box[3] - box[1], kind)
        np.maximum(cv, synth.draw_lines(cv.shape, lines, rng.uniform(1, 2.4), 3) * ink, out=cv)

    def background(self, rng, w):
        """Canvas, dotted line, room for writing, whether it is a real cell."""
        if self.blanks and rng.random() < .55:
            img, yd = self.blanks[int(rng.integers(len(self.blanks)))]
            cv = np.zeros((synth.H, w), np.float32)
            a = img.astype(np.float32) / 255
            dx = int(rng.integers(-4, 5))
            synth.paste(cv, a, dx, int(rng.integers(-3, 4)))
            return cv, yd, (3, min(w, a.shape[1] + dx) - 8)
        cv, yd, gain, slope = self.cell.draw(rng, w, "digits")
        return cv, yd, (rng.uniform(3, 12), w - rng.uniform(2, 20))

    def compose(self, rng, w):
        w = max(48, w - int(rng.integers(0, 8)))
        cv, yd, room = self.background(rng, w)
        ink = rng.uniform(.55, 1.0)
        label, at = [], []
        r = rng.random()
        if r < .10:         # blank
            pass
        elif r < .17:       # dash
            y = yd - rng.uniform(-1, 14)
            n = rng.uniform(3, 26)
            x = rng.uniform(room[0], max(room[0] + 1, room[1] - n))
            self.dash(rng, cv, x, y, ink, n)
            label = [DASH]
        elif r < .23:       # struck out, written anew or not
            st = synth.style_of(rng, False)
            h = np.clip(rng.normal(16, 3), 11, 22)
            old = number(rng)[:3]
            new = number(rng)[:3] if rng.random() < .85 else []
            left = bool(new) and rng.random() < .2      # written anew in front of it
            if left:
                old, new = new, old
            if len(old) + len(new) > 4 and w < 90:
                old = old[:1]
            half = (room[0] + room[1]) / 2 if new else room[1]
            tmp = np.zeros_like(cv)
            b1 = self.writer.write(rng, tmp, old, yd, (room[0], max(room[0] + 10, half - 4)), ink, st, h)
            label = [d + 1 for d in old] if left else [STRUCK]
            if not left:
                self.strike(rng, tmp, b1, ink)
            if new:
                b2 = self.writer.write(rng, tmp, new, yd, (b1[2] + 2, w), ink, st, h, x=b1[2] + rng.uniform(1, 6))
                if b2[2] > w + 1:
                    return self.compose(rng, w + 24 if w < 160 else w)
                if left:
                    self.strike(rng, tmp, b2, ink)
                label += [STRUCK] if left else [d + 1 for d in new]
            np.maximum(cv, tmp, out=cv)
        elif r < .238:       # one figure written over another
            st = synth.style_of(rng, False)
            h = np.clip(rng.normal(17, 3), 11, 24)
            x = rng.uniform(room[0], max(room[0] + 1, room[1] - 24))
            b1 = self.writer.write(rng, cv, [int(rng.integers(2, 10))], yd, room, ink, st, h, x=x)
            st = dict(st, pen=min(3.0, st["pen"] + .6), thick=st["thick"] + .7)
            self.writer.write(rng, cv, [int(rng.integers(2, 10))], yd, room, 1.0, st, h * rng.uniform(.95, 1.15), x=b1[0] + rng.uniform(-2, 2))
            label = [STRUCK]
        else:
            digits = number(rng)
            deco = rng.random() < .09
            a, b = room
            if deco and b - a > 26 + 8 * len(digits):
                a, b = a + 9, b - 9
            else:
                deco = False
            x0, y0, x1, y1 = self.writer.write(rng, cv, digits, yd, (a, b), ink)
            if x1 > w + 2:
                return self.compose(rng, min(w + 24, 176))
            label, at = [d + 1 for d in digits], self.writer.at
            if len(at) > 1 and rng.random() < .07:      # 54 in one stroke, or a 7's bar that runs through its neighbour
                self.bridge(rng, cv, [x for x, _ in at], y0, y1, ink)
            if rng.random() < .14:      # a reviewer's slash right behind the number, or before it
                self.slash(rng, cv, x1 + rng.uniform(-1, 7) if rng.random() < .85 else x0 - rng.uniform(8, 18), y1)
            if deco:
                y = (y0 + y1) / 2 + rng.normal(0, 1.5)
                n = rng.uniform(4, 9)
                g = rng.uniform(1.5, 5)
                k = rng.random()
                if k < .8 and x0 - g - n > -1:
                    self.dash(rng, cv, x0 - g - n, y, ink, n)
                    label = [DASH] + label
                if k > .1 and x1 + g + n < w + 1:
                    self.dash(rng, cv, x1 + g, y + rng.normal(0, 1), ink, n)
                    label = label + [DASH]
        synth.marks(rng, cv, self.glyphs, "digits", ink, self.marked)
        return cv, ctc.Anchored.make(label, at)
