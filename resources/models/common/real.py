# SPDX-License-Identifier: GPL-3.0-or-later
"""Real crops: labels from the truth, blank cells, and new strings spliced from columns of one scan.

The crops are read from a folder named on the command line and are never
committed.  index.jsonl: {"file", "page", "field", "zone", "png"} a line;
field is row-N, total, or a figure's key.
"""
import glob
import json
import os
import unicodedata

import cv2
import numpy as np

import ctc
import synth

H = synth.H


class Crop:
    __slots__ = ("file", "field", "zone", "ink", "label", "value", "fold", "yd", "pieces", "text")


def truth_of(folder):
    """{(file, field): entry}"""
    out = {}
    for p in glob.glob(os.path.join(folder, "*.json")):
        with open(p, encoding="utf-8") as f:
            d = json.load(f)
        name = unicodedata.normalize("NFC", os.path.basename(d["file"]))
        for form in d["forms"]:
            for k, v in form["figures"].items():
                if isinstance(v, dict):
                    out[name, k] = v
            for k in ("envelopes", "in_envelopes"):
                v = form.get(k, (form.get("intro") or {}).get(k) if isinstance(form.get("intro"), dict) else None)
                if isinstance(v, dict):
                    out[name, k] = v
                elif isinstance(v, int):
                    out[name, k] = {"digits": v, "words": None}
            for r in form["rows"]:
                out[name, "row-%d" % r["no"]] = r
            if isinstance(form.get("total"), dict):
                out[name, "total"] = form["total"]
    return out


def split_words(text):
    """[(token or rest)] of a number in words with its suffix."""
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace(" ", "")
    names = sorted(ctc.WORDS[1:-2], key=len, reverse=True)
    out, i = [], 0
    while i < len(text):
        for n in names:
            if text.startswith(n, i):
                out.append(n)
                i += len(n)
                break
        else:
            if out and out[-1] not in ctc.WORDS:
                out[-1] += text[i]
            else:
                out.append(text[i])
            i += 1
    return out


def dotted_row(ink):
    """Row of the dotted line, or None."""
    a = ink.astype(np.float32) / 255
    w = a.shape[1] // 8 * 8
    block = np.median(a[:, :w].reshape(H, -1, 8).max(2), axis=1)
    frac = (a > .35).mean(1)
    ok = [r for r in range(14, 46) if block[r] > .3 and frac[r] < .66]
    if not ok:
        return None
    score = [block[r] - frac[r] * .5 for r in ok]
    return ok[int(np.argmax(score))]


def load(index, folder, truth, zone, extra):
    names = ctc.DIGITS if zone == "digits" else ctc.WORDS
    dash = names.index("-")
    crops = []
    for r in index:
        if r["zone"] != zone:
            continue
        base = unicodedata.normalize("NFC", os.path.basename(r["file"]))
        field = r["field"].replace(" ", "-")
        t = truth.get((base, field))
        if t is None:
            continue
        img = cv2.imread(os.path.join(folder, r["png"]), cv2.IMREAD_GRAYSCALE)
        if img is None or img.shape[1] < 24:
            continue
        if img.shape[0] != H:
            f = H / img.shape[0]
            img = cv2.resize(img, (max(24, int(round(img.shape[1] * f))), H), interpolation=cv2.INTER_AREA)
        c = Crop()
        c.file, c.field, c.zone, c.ink = base, field, zone, 255 - img
        c.fold, c.pieces, c.text = False, None, None
        c.yd = dotted_row(c.ink)
        if zone == "digits":
            if t.get("digits") is not None:
                c.value = str(t["digits"])
                c.label = tuple(int(d) + 1 for d in c.value)
                c.fold = True
            elif t.get("mark") == "-":
                c.value, c.label = "-", (dash,)
            else:
                c.value, c.label = "", ()
        else:
            w = t.get("words")
            if w:
                toks = ctc.tokens_of(w)
                c.text = split_words(w)
                c.value = str(ctc.value_of(toks))
                c.label = tuple(names.index(x) for x in toks)
                c.fold = True
            elif t.get("mark") == "-":
                c.value, c.label, c.fold = "-", (), True     # the dash may stand in one zone only
            else:
                c.value, c.label = "", ()
        o = extra.get((base, field, zone))
        if o is not None:
            c.label = tuple(names.index(x) for x in o)
            c.fold = False
        crops.append(c)
    return crops


def load_extra(path):
    """{"file", "field", "zone", "label": [class names]} a line."""
    out = {}
    if path:
        with open(path, encoding="utf-8") as f:
            for line in f:
                if line.strip():
                    d = json.loads(line)
                    out[unicodedata.normalize("NFC", d["file"]), d["field"], d["zone"]] = d["label"]
    return out


def _profile(c):
    """Ink of each column without borders and dots, near the dotted line."""
    a = c.ink.astype(np.float32) / 255
    keep = np.ones(H, bool)
    frac = (a > .35).mean(1)
    for r in np.where(frac > .6)[0]:
        keep[max(0, r - 2):r + 3] = False
    keep[max(0, c.yd - 1):c.yd + 2] = False
    keep[:max(0, c.yd - 22)] = False
    keep[min(H, c.yd + 6):] = False
    return (a * keep[:, None]).max(0), (a * keep[:, None]).sum(0)


def cut_digits(c, net):
    """Column ranges of the digits, by the net's own alignment."""
    lp = ctc.softmax_np(ctc.run(net, c.ink))
    spans, score = ctc.viterbi(lp, c.label)
    if score / len(c.label) < -1.5:
        return None
    w = c.ink.shape[1]
    col = _profile(c)[1] if c.yd is not None else c.ink.sum(0) / 255.0
    mid = [(s + e + 1) * net.step / 2 for s, e in spans]

    def low(a, b, near):
        a, b = int(max(0, a)), int(min(w - 1, b))
        if b <= a:
            return int(min(max(near, 0), w - 1))
        xs = np.arange(a, b + 1)
        return int(xs[np.argmin(col[a:b + 1] + .03 * np.abs(xs - near))])

    cuts = [low(mid[0] - 14, mid[0] - 4, mid[0] - 8)]
    for a, b in zip(mid, mid[1:]):
        if b - a < 3:
            return None
        cuts.append(low(a + 1, b - 1, (a + b) / 2))
    cuts.append(low(mid[-1] + 4, mid[-1] + 14, mid[-1] + 8))
    if any(b - a < 3 for a, b in zip(cuts, cuts[1:])):
        return None
    return cuts


def cut_words(c, widths):
    """Column ranges of the words: the extent of the writing divided by typical widths."""
    if c.yd is None:
        return None
    top, tot = _profile(c)
    on = np.where(top > .45)[0]
    if len(on) == 0:
        return None
    runs, s = [], on[0]
    for a, b in zip(on, np.append(on[1:], 10 ** 6)):
        if b - a > 3:
            runs.append([s, a])
            s = b
    w = c.ink.shape[1]
    while runs and runs[0][1] < 16 and runs[0][1] - runs[0][0] < 9:
        runs.pop(0)
    while runs and runs[-1][0] > w - 30 and runs[-1][1] - runs[-1][0] < 9:
        runs.pop()
    if not runs:
        return None
    x0, x1 = max(0, runs[0][0] - 2), min(w, runs[-1][1] + 3)
    ws = np.array([widths(t) for t in c.text], float)
    ratio = (x1 - x0) / ws.sum()
    cuts = [int(x0)]
    for f in np.cumsum(ws)[:-1] / ws.sum():
        p = x0 + f * (x1 - x0)
        a, b = int(max(cuts[-1] + 4, p - 6)), int(min(w - 1, p + 6))
        if b <= a:
            return None
        xs = np.arange(a, b + 1)
        cuts.append(int(xs[np.argmin(tot[a:b + 1] + .12 * np.abs(xs - p))]))
    cuts.append(int(x1))
    return cuts, ratio


class RealMaker:
    """Augmented real crops and strings spliced from their columns."""

    def __init__(self, crops, zone, glyphs, number, net=None):
        self.zone, self.glyphs, self.number = zone, glyphs, number
        self.names = ctc.DIGITS if zone == "digits" else ctc.WORDS
        self.crops = crops
        n = {}
        for c in crops:
            n[c.file] = n.get(c.file, 0) + 1
        wt = []
        for c in crops:
            k = .25 if not c.label else .4 if c.value in ("0", "-") else 1.6
            if "#" in [self.names[x] for x in c.label]:
                k = 3
            wt.append(k / n[c.file] ** .4)
        self.cum = np.cumsum(wt) / np.sum(wt)
        self.pools, self.donors, self.ends = {}, {}, {}
        self.cut(net)
        self.files = [f for f in self.pools if self.donors.get(f)]

    def cut(self, net):
        ok = []
        for c in self.crops:
            if not c.label or not c.fold:
                continue
            if self.zone == "digits":
                cuts = cut_digits(c, net)
                if cuts:
                    ok.append((c, cuts, 1.0, [str(x - 1) for x in c.label]))
            elif c.text:
                g = self.glyphs

                def width(t):
                    return sum(g.glyph(k, cl[0])[3] for k in range(0, len(g.fonts), 5) for cl in synth.clusters(t)) or 1
                r = cut_words(c, width)
                if r:
                    ok.append((c, r[0], r[1], c.text))
        med = {}
        for c, cuts, ratio, toks in ok:
            med.setdefault(c.file, []).append(ratio)
        for c, cuts, ratio, toks in ok:
            m = np.median(med[c.file])
            if not .7 * m < ratio < 1.4 * m:
                continue
            yd = c.yd if c.yd is not None else 30
            c.pieces = [((a + b) / 2, self.names.index(t)) for t, a, b in zip(toks, cuts, cuts[1:]) if t in self.names]
            for t, a, b in zip(toks, cuts, cuts[1:]):
                self.pools.setdefault(c.file, {}).setdefault(t, []).append((c.ink[:, a:b], yd))
            self.donors.setdefault(c.file, []).append((c, cuts[0], cuts[-1], yd))
        self.count = sum(len(v) for p in self.pools.values() for v in p.values())

    def splice(self, rng):
        f = self.files[int(rng.integers(len(self.files)))]
        pool = self.pools[f]
        c, a, b, yd = self.donors[f][int(rng.integers(len(self.donors[f])))]
        foreign = rng.random() < .45
        for _ in range(12):
            n = self.number(rng)
            if self.zone == "digits":
                toks = [str(d) for d in n]
            else:
                toks = ctc.words_of(n, rng.random() < .25, n < 10000 and rng.random() < .03)
            lack = [t for t in toks if t not in pool]
            if not lack or foreign:
                break
        suffix = [t for t in pool if t not in self.names] if self.zone == "words" else []
        if suffix and rng.random() < .5:
            toks = toks + [suffix[int(rng.integers(len(suffix)))]]
        cols, label, at, x = [c.ink[:, :a]], [], [], a
        for t in toks:
            src = pool.get(t)
            if not src:
                others = [p[t] for p in self.pools.values() if t in p]
                if not others:
                    continue
                src = others[int(rng.integers(len(others)))]
            p, y = src[int(rng.integers(len(src)))]
            dy = int(np.clip(yd - y, -6, 6)) + int(rng.integers(-1, 2))
            if dy:
                p = np.roll(p, dy, axis=0)
            if rng.random() < .5:
                p = cv2.resize(p, (max(3, int(p.shape[1] * rng.uniform(.82, 1.2))), H), interpolation=cv2.INTER_LINEAR)
            cols.append(p)
            if t in self.names:
                label.append(self.names.index(t))
                at.append((x + p.shape[1] / 2, label[-1]))
            x += p.shape[1]
        used = sum(x.shape[1] for x in cols)
        limit = 130 if self.zone == "digits" else 264
        right = c.ink[:, b:]
        room = max(10, c.ink.shape[1] - used) if rng.random() < .8 else right.shape[1]
        if self.zone == "words" and rng.random() < .7:
            room = min(room, int(rng.integers(10, 60)))
        if right.shape[1] > room:
            right = right[:, -room:]
        if used + right.shape[1] > limit:
            right = right[:, -max(1, limit - used):]
        out = np.hstack(cols + [right])
        if out.shape[1] > limit + 20:
            return self.splice(rng)
        return out, ctc.Anchored.make(label, at)

    def end(self, c):
        """Column where the writing of a crop ends, or None; words may be cut behind it."""
        e = self.ends.get(id(c))
        if e is None:
            e = c.ink.shape[1]
            if c.yd is not None and "#" not in [self.names[x] for x in c.label]:
                on = np.where(_profile(c)[0][:-24] > .45)[0]
                e = int(on[-1]) + 6 if len(on) else (40 if not c.label and c.value == "" else e)
            self.ends[id(c)] = e
        return e

    @staticmethod
    def labelled(c):
        return ctc.Anchored.make(c.label, c.pieces if c.pieces and len(c.pieces) == len(c.label) else [])

    def pick(self, rng, w):
        """A crop or a splice that fits into w columns."""
        for _ in range(8):
            if self.files and rng.random() < .45:
                ink, label = self.splice(rng)
                if ink.shape[1] <= w + 8:
                    return ink, label, True
                continue
            c = self.crops[int(np.searchsorted(self.cum, rng.random()))]
            if c.ink.shape[1] <= w + 8:
                return c.ink, self.labelled(c), c.fold
            if self.zone == "words" and self.end(c) <= w:
                return c.ink[:, :int(rng.integers(self.end(c), w + 1))], self.labelled(c), c.fold
        ink, label = self.crops[0].ink, self.crops[0].label
        return ink, label, self.crops[0].fold

    def canvas(self, rng, w):
        """A crop or a splice in another size, slant and place and with other marks: (float canvas, label, fold flag)."""
        ink, label, fold = self.pick(rng, w) if self.zone == "words" else self.pick(rng, 400)
        label = ctc.Anchored.make(label, getattr(label, "at", []))
        a = ink.astype(np.float32) / 255
        if a.shape[1] < 40:
            a = np.hstack([a, np.zeros((H, 40 - a.shape[1]), np.float32)])
        r = rng.random()
        if r < .12:
            a = cv2.dilate(a, np.ones((2, 2), np.uint8))
        elif r < .22:
            a = cv2.erode(a, np.ones((1, 2), np.uint8)) * .6 + a * .4
        if rng.random() < .35:      # other hands write narrower or wider
            f = rng.uniform(.62, 1.1) if self.zone == "digits" else rng.uniform(.75, 1.1)
            width = max(32, int(a.shape[1] * f))
            label.at = [(x * width / a.shape[1], k) for x, k in label.at]
            a = cv2.resize(a, (width, H), interpolation=cv2.INTER_AREA if f < 1 else cv2.INTER_LINEAR)
        if rng.random() < .4:       # and with another slant, taller or flatter
            sh, fy, yd = np.clip(rng.normal(0, .16), -.35, .35), np.clip(rng.normal(1, .1), .8, 1.22), 30
            M = np.float32([[1, -sh, sh * yd], [0, fy, yd - fy * yd]])
            a = cv2.warpAffine(a, M, (a.shape[1], H), flags=cv2.INTER_LINEAR)
            label.at = [(x + sh * 7, k) for x, k in label.at]
        dx = int(rng.integers(-4, 7))
        if dx > 0:
            a = np.hstack([np.zeros((H, dx), np.float32), a])
        elif dx < 0 and not (self.zone == "words" and label):
            a = a[:, -dx:]
        else:
            dx = 0
        label.at = [(x + dx, k) for x, k in label.at]
        a = synth.wobble(rng, a, rng.uniform(.1, .8), 12)
        synth.marks(rng, a, self.glyphs, self.zone, rng.uniform(.6, 1), .35)
        return a, label, fold

    def __call__(self, rng, w):
        a, label, fold = self.canvas(rng, w)
        a = synth.geometry(rng, a, .9, label)
        return synth.effects(rng, a, .55), label, fold, 1.0


def blanks(crops):
    return [(c.ink, c.yd) for c in crops if not c.label and c.value == "" and c.yd is not None]
