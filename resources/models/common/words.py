# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated word zones: (ink uint8, label, fold flag, weight)."""
import cv2
import numpy as np

import ctc
import digits
import letters
import pens
import strokes
import synth

INDEX = {n: i for i, n in enumerate(ctc.WORDS)}
DASH, STRUCK = INDEX["-"], INDEX["#"]
WIDTHS = [96, 112, 128, 144, 160, 176, 192, 216, 240]

# Spellings that people use; \u0e4d\u0e32 is a split sara am.
SPELL = {
    "เก้า": ["เก้า", "เก่า", "เก้า", "เกัา"], "แปด": ["แปด", "แป็ด", "แปด", "เเปด"], "เจ็ด": ["เจ็ด", "เจด", "เจ็ด", "เจ๊ด"],
    "เอ็ด": ["เอ็ด", "เอ็ด", "เอด"], "ศูนย์": ["ศูนย์", "ศูนย์", "ศูนย", "ศุนย์", "สูนย์", "ศูณย์"], "หนึ่ง": ["หนึ่ง", "หนึ่ง", "หนึง", "นึ่ง"],
    "ยี่": ["ยี่", "ยี่", "ยี"], "สี่": ["สี่", "สี่", "สี"], "ห้า": ["ห้า", "ห้า", "ห่า"], "ร้อย": ["ร้อย", "ร้อย", "รอย", "ร่อย"],
    "หมื่น": ["หมื่น", "หมืน"], "สิบ": ["สิบ", "สิบ", "สิป"], "ล้าน": ["ล้าน"],
}
SUFFIX = ["คะแนน", "คะแนน", "คะแนน", "บัตร", "ถ้วน", "คน", "คะแนนถ้วน", "บัตรถ้วน", "ใบ", "ซอง"]


def number(rng):
    n = any_number(rng)
    if n > 10 and rng.random() < .12:       # เอ็ด and เจ็ด are easily mistaken for one another
        n += (1 if rng.random() < .5 else 7) - n % 10
    return n


def any_number(rng):
    r = rng.random()
    if r < .10:
        return 0
    if r < .45:
        return int(rng.integers(1, 10))
    if r < .70:
        return int(rng.integers(10, 100))
    if r < .94:
        n = int(rng.integers(100, 1000))
        return n - n % 10 if rng.random() < .1 else n
    if r < .99:
        return int(rng.integers(1000, 10000))
    return int(10 ** rng.uniform(4, 6.9))


class Maker(synth.Pooled):
    marked = 1.0    # how often ticks, folds and the like are added

    def __init__(self, source, glyphs, printed, blanks=None, patches=None, real=None, p_real=0.0):
        self.digits = digits.Writer(source)
        self.cell = synth.Cell(printed, glyphs)
        self.glyphs = glyphs
        self.hands = []
        self.pens = []
        paths = glyphs.paths()
        for path, pen in zip(paths, pens.of_fonts(paths, list(letters.LETTERS), list(letters.MARKS), glyphs.pen_cache)):
            self.pens += [pen] * (4 if "Purisa" in path else 1)     # the face that is most like a neat hand
        self.blanks = blanks or []
        self.patches = patches or []
        super().__init__(real, p_real)

    def style(self, rng):
        return dict(font=int(rng.integers(len(self.glyphs.fonts))), spread=rng.uniform(.72, 1.1), jitter=rng.uniform(.4, 1.9),
                    scale=np.clip(rng.normal(.45, .065), .34, .64), aspect=rng.uniform(.75, 1.2), shear=-rng.normal(.08, .16),
                    pen=rng.normal(.2, .9), amp=rng.uniform(.6, 2.6), mix=.15 if rng.random() < .3 else 0,
                    hand=self.hand(rng) if rng.random() < .72 else None)

    def hand(self, rng):
        """A new hand, or one that has written before (its letters are made once)."""
        if len(self.hands) < 400 or rng.random() < .1:
            h = strokes.Hand(rng, self.pens)
            if len(self.hands) < 400:
                self.hands.append(h)
            else:
                self.hands[int(rng.integers(400))] = h
            return h
        return self.hands[int(rng.integers(400))]

    def font_patch(self, rng, text, st):
        """Text by pen strokes or in a handwriting-like font at crop scale: (patch, baseline row)."""
        if st["hand"] is not None and any(st["hand"].knows(c) for c in text):
            size = st["scale"] * 44 * .5    # a pen wider than a quarter of that closes every loop
            a, base = strokes.write(rng, st["hand"], text, size, float(np.clip(rng.normal(1.45, .1) + .45 * st["pen"], .8, size * .24)),
                                    -st["shear"] * 1.6, rng.normal(0, .02))
            a = synth.wobble(rng, np.pad(a, 3), min(1.0, st["amp"] * .4), 9)
            xs = np.where((a > .25).any(0))[0]
            return (a[:, xs.min():xs.max() + 1] if len(xs) else a), base + 3
        f = int(rng.integers(len(self.glyphs.fonts))) if rng.random() < st["mix"] else st["font"]
        a = synth.write_word(rng, self.glyphs, f, text, st["spread"], st["jitter"])
        if st["pen"] > .7:
            a = cv2.dilate(a, synth._K3, iterations=2 if st["pen"] > 1.6 else 1)
        elif st["pen"] < -.9:
            a = cv2.erode(a, synth._K3)
        fy = st["scale"]
        fx = fy * st["aspect"]
        a = cv2.GaussianBlur(a, (0, 0), .8)
        h, w = a.shape
        W, Hh = max(8, int(w * fx)), int(h * fy)
        sh = st["shear"]
        M = np.float32([[1 / fx, sh / fy, -sh * 80], [0, 1 / fy, 0]])
        a = np.clip(synth.wobble(rng, a, st["amp"], 9, M, (W, Hh)) * 1.5, 0, 1)
        xs = np.where((a > .25).any(0))[0]
        if len(xs) == 0:
            return a, int(80 * fy)
        return a[:, xs.min():xs.max() + 1], int(80 * fy)

    def pieces(self, rng, tokens, st, scan):
        """[(patch, baseline row)]; consecutive font tokens are mostly written as one piece."""
        out, text, name = [], "", None
        for t in list(tokens) + [None]:
            pool = scan.get(t) if scan is not None and t else None
            real = bool(pool) and rng.random() < .9
            if text and (t is None or real or rng.random() < .85):
                p, base = self.font_patch(rng, text, dict(st, scale=.38) if scan is not None else st)
                out.append((p, base, name))
                text = ""
            if real:
                p, base = pool[int(rng.integers(len(pool)))]
                f = np.clip(rng.normal(1, .08), .8, 1.2)
                p = cv2.resize(p, None, fx=f * np.clip(rng.normal(1, .06), .85, 1.15), fy=f, interpolation=cv2.INTER_LINEAR)
                out.append((synth.wobble(rng, p, rng.uniform(.2, .7), 8), base * f, t))
            elif t is not None:
                s = SPELL.get(t)
                name = t if not text else None      # two words in one piece have no known middle
                text += t if not s or rng.random() < .75 else str(rng.choice(s))
        return out

    def lay(self, rng, cv, tokens, yd, x, ink, st, scan, xmax):
        """Writes tokens from x; returns (end x, top, bottom)."""
        ps = self.pieces(rng, tokens, st, scan)
        gap = rng.normal(.5, 1.6)
        total = sum(p[0].shape[1] + gap for p in ps)
        if x + total > xmax:
            f = max(.6, (xmax - x) / total)
            fy = max(f, .8)
            ps = [(cv2.resize(p, (max(3, int(p.shape[1] * f)), max(3, int(p.shape[0] * fy))), interpolation=cv2.INTER_AREA),
                   b * fy, n) for p, b, n in ps]
        base = yd + rng.normal(-1, 2.2)
        climb = rng.normal(0, .025)
        x0 = x
        self.at = []
        for p, b, n in ps:
            if n in INDEX:
                self.at.append((x + p.shape[1] / 2, INDEX[n]))
            elif n is None:
                self.at.append((x + p.shape[1] / 2, None))
            synth.paste(cv, p, x, base + climb * (x - x0) - b + rng.normal(0, .7), ink)
            x += p.shape[1] + max(-2.5, gap + rng.normal(0, 1.0))
        return x, base - 16, base + 2

    def background(self, rng, w):
        if self.blanks and rng.random() < .5:
            img, yd = self.blanks[int(rng.integers(len(self.blanks)))]
            cv = np.zeros((synth.H, w), np.float32)
            dx = int(rng.integers(-5, 6))
            synth.paste(cv, img.astype(np.float32) / 255, dx, int(rng.integers(-3, 4)))
            return cv, yd
        cv, yd, gain, slope = self.cell.draw(rng, w, "words")
        return cv, yd

    def compose(self, rng, w):
        w = w - int(rng.integers(0, 8))
        cv, yd = self.background(rng, w)
        ink = rng.uniform(.55, 1.0)
        label, self.at = [], []
        r = rng.random()
        x = rng.uniform(9, 30) if rng.random() < .7 or w < 150 else rng.uniform(9, 60)
        st = self.style(rng)
        scan = self.patches[int(rng.integers(len(self.patches)))] if self.patches and rng.random() < .5 else None
        if r < .07:
            if rng.random() < .05:      # initials alone, no number
                self.initials(rng, cv, rng.uniform(20, w - 30), yd, ink)
        elif r < .13:
            n = rng.uniform(5, 60)
            x = rng.uniform(12, max(13, w - n - 12))
            p = np.array([[x, yd - rng.uniform(-1, 12)]] * 3) + [[0, 0], [n / 2, rng.normal(0, 1)], [n, rng.normal(0, 1.5)]]
            np.maximum(cv, synth.draw_lines(cv.shape, [synth.smooth(p)], rng.uniform(1, 2.6), 3) * ink, out=cv)
            label = [DASH]
        else:
            n = number(rng)
            if w < 150 and n >= 100:
                n %= 100 if w > 116 else 10
            if w >= 150 and rng.random() < .12:     # all digit words equally often
                n = int(rng.integers(10)) * 10 + int(rng.integers(10)) + (100 * int(rng.integers(10)) if rng.random() < .5 else 0)
            by_digit = n < 10000 and rng.random() < .04
            toks = ctc.words_of(n, rng.random() < .2, by_digit)
            if n in range(10, 20) and rng.random() < .04:
                toks = ["หนึ่ง"] + toks
            suffix = str(rng.choice(SUFFIX)) if rng.random() < .34 else ""
            if rng.random() < .055:     # struck out first
                old = ctc.words_of(number(rng) % 100)
                tmp = np.zeros_like(cv)
                k = len(old) if rng.random() < .6 else 1
                xe, t, b = self.lay(rng, tmp, old[:k], yd, x, ink, st, scan, w * .55)
                ln = synth.scribble(rng, x, t, xe - x, b - t, 0 if rng.random() < .4 else int(rng.integers(4)))
                np.maximum(tmp, synth.draw_lines(tmp.shape, ln, rng.uniform(1, 2.4), 3) * ink, out=tmp)
                np.maximum(cv, tmp, out=cv)
                label = [STRUCK]
                x = xe + rng.uniform(1, 6)
                if rng.random() < .12:
                    toks, suffix = [], ""
            quote = rng.random() < .06
            if quote:
                a, b = self.quote(rng)
                synth.paste(cv, a, x, yd - b, ink)
                x += a.shape[1] + 2
            if toks:
                seq = toks + ([suffix] if suffix else [])
                xe, _, _ = self.lay(rng, cv, seq, yd, x, ink, st, scan, w - 4)
                label += [INDEX[t] for t in toks]
                if quote:
                    synth.paste(cv, a, xe + 2, yd - b, ink)
                if rng.random() < .04:
                    self.initials(rng, cv, xe + rng.uniform(3, 10), yd, ink)
                if rng.random() < .03:      # a line drawn to the end so that nothing is added
                    synth.hline(cv, yd - rng.uniform(2, 9), xe + 6, w - rng.uniform(3, 15), ink, 0, 1.4)
                if xe > w + 4:
                    return self.compose(rng, min(256, w + 32))
        synth.marks(rng, cv, self.glyphs, "words", ink, self.marked)
        at = [] if any(k is None for _, k in self.at) or STRUCK in label else self.at
        return cv, ctc.Anchored.make(label, at)

    def quote(self, rng):
        """A quotation mark, a dash or an equals sign beside the words: (patch, rows above the dotted line)."""
        n, w = (1 if rng.random() < .3 else 2), rng.uniform(1, 2.2)
        if rng.random() < .6:
            ln = [np.array([[3 + 3 * i, 2], [3 + 3 * i + rng.normal(0, 1), rng.uniform(5, 8)]]) for i in range(n)]
            return synth.draw_lines((11, 6 + 3 * n), ln, w, 3), rng.uniform(14, 20)
        ln = [np.array([[2, 3 + 4 * i + rng.normal(0, .7)], [rng.uniform(6, 11), 3 + 4 * i]]) for i in range(n)]
        return synth.draw_lines((11, 14), ln, w, 3), rng.uniform(8, 14)

    def initials(self, rng, cv, x, yd, ink):
        n = int(rng.integers(5, 12))
        p = np.stack([x + np.cumsum(rng.normal(1.5, 3, n)), yd - 6 + rng.normal(0, 5, n)], 1)
        np.maximum(cv, synth.draw_lines(cv.shape, [synth.smooth(p)], rng.uniform(.9, 1.8), 3) * ink, out=cv)
