# SPDX-License-Identifier: GPL-3.0-or-later
"""The middle lines of a font's letters and marks as pen strokes, for strokes.Hand.

Letters are in the box of letters.LETTERS (x-heights; y 0 at the top of the body, 1 at the baseline), marks in a
box of 1 x 1.  A point every .14 x-heights: what lies between is rounded off, as by a pen.
"""
import hashlib
import os
import pickle

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

EM = 110
EVERY = .14


def _drawn(font, ch):
    im = Image.new("L", (4 * EM, 4 * EM), 0)
    ImageDraw.Draw(im).text((2 * EM, 2 * EM), ch, font=font, fill=255, anchor="ls")
    return np.asarray(im)


def _skeleton(ink):
    """One pixel wide middle line (Zhang and Suen, Comm. ACM 27, 1984)."""
    a = (ink > 110).astype(np.uint8)
    while True:
        before = int(a.sum())
        for odd in (0, 1):
            p = np.pad(a, 1)
            n = [p[:-2, 1:-1], p[:-2, 2:], p[1:-1, 2:], p[2:, 2:], p[2:, 1:-1], p[2:, :-2], p[1:-1, :-2], p[:-2, :-2]]
            count = sum(x.astype(int) for x in n)
            turns = sum(((n[i] == 0) & (n[(i + 1) % 8] == 1)).astype(int) for i in range(8))
            c, d = ((n[0] * n[2] * n[4], n[2] * n[4] * n[6]) if not odd else (n[0] * n[2] * n[6], n[0] * n[4] * n[6]))
            a = np.where((a == 1) & (count >= 2) & (count <= 6) & (turns == 1) & (c == 0) & (d == 0), 0, a).astype(np.uint8)
        if int(a.sum()) == before:
            return a


def _walk(a):
    """Polylines along the pixels, each pixel once, from ends where there are any."""
    left = {(int(x), int(y)) for y, x in zip(*np.where(a))}
    every = set(left)
    near = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]

    def around(q, pool):
        return [(q[0] + dx, q[1] + dy) for dx, dy in near if (q[0] + dx, q[1] + dy) in pool]

    lines = []
    while left:
        ends = [q for q in left if len(around(q, left)) <= 1]
        q = min(ends or left)
        met = [p for p in around(q, every) if p not in left]
        line = met[:1] + [q]
        left.discard(q)
        while True:
            nexts = around(q, left)
            if not nexts:
                met = [p for p in around(q, every) if p not in left and p not in line[-3:]]
                line += met[:1]
                break
            back = line[-4] if len(line) > 3 else line[0]
            q = max(nexts, key=lambda p: (p[0] - q[0]) * (q[0] - back[0]) + (p[1] - q[1]) * (q[1] - back[1]))
            left.discard(q)
            line.append(q)
        if len(line) > 3:
            lines.append(np.array(line, float))
    return lines


def _thin_out(line, step):
    """Points about `step` apart along the line, softened."""
    k = 5
    soft = np.stack([np.convolve(np.pad(line[:, i], k // 2, mode="edge"), np.ones(k) / k, "valid") for i in (0, 1)], 1)
    soft[0], soft[-1] = line[0], line[-1]
    far = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(soft, axis=0).T))])
    n = max(2, int(round(far[-1] / step)) + 1)
    at = np.linspace(0, far[-1], n)
    return np.stack([np.interp(at, far, soft[:, i]) for i in (0, 1)], 1)


class Pen:
    """Letters and marks of one font: .letters[ch] = (width, strokes), .marks[ch] = strokes."""

    def __init__(self, path, letters, marks):
        font = ImageFont.truetype(path, EM, layout_engine=ImageFont.Layout.BASIC)
        body = np.where(_drawn(font, "น").any(1))[0]
        top, high = float(body.min()), float(2 * EM - body.min())
        self.letters, self.marks = {}, {}
        for ch in letters:
            lines = [_thin_out(p, EVERY * high) for p in _walk(_skeleton(_drawn(font, ch)))]
            if lines and high > 10:
                x0 = min(p[:, 0].min() for p in lines)
                wide = max(p[:, 0].max() for p in lines) - x0
                self.letters[ch] = (wide / high + .04, [(p - [x0, top]) / high for p in lines])
        for ch in marks:
            lines = [_thin_out(p, EVERY * high) for p in _walk(_skeleton(_drawn(font, ch)))]
            if lines:
                lo = np.min([p.min(0) for p in lines], 0)
                size = np.maximum(np.max([p.max(0) for p in lines], 0) - lo, .08 * high)
                self.marks[ch] = [(p - lo) / size for p in lines]


def _kept(cache, paths, make, what=""):
    """make(path) of each; they take minutes together and are kept in the file cache (pickle), where there is one.  What this
    program or `what` says differently makes them anew."""
    with open(os.path.abspath(__file__), "rb") as f:
        version = hashlib.sha256(f.read() + what.encode()).hexdigest()
    kept = {}
    if cache and os.path.exists(cache):
        with open(cache, "rb") as f:
            kept = pickle.load(f)
    if kept.get("version") != version:
        kept = {"version": version}
    lacking = {os.path.basename(p): p for p in paths if os.path.basename(p) not in kept}
    kept.update({name: make(path) for name, path in lacking.items()})
    if cache and lacking:
        with open(cache + ".new", "wb") as f:
            pickle.dump(kept, f)
        os.replace(cache + ".new", cache)
    return [kept[os.path.basename(p)] for p in paths]


def of_fonts(paths, letters, marks, cache=None):
    """A Pen of each font."""
    return _kept(cache, paths, lambda path: Pen(path, letters, marks), "".join(letters) + "|" + "".join(marks))


def _figures_of(path):
    font = ImageFont.truetype(path, EM, layout_engine=ImageFont.Layout.BASIC)
    hand = []
    for d in range(10):
        lines = _walk(_skeleton(_drawn(font, str(d))))
        lo, hi = np.min([p.min(0) for p in lines], 0), np.max([p.max(0) for p in lines], 0)
        size = np.maximum(hi - lo, 1)
        hand.append(([(_thin_out(p, EVERY * size[1]) - lo) / [max(size[0], .15 * size[1]), size[1]] for p in lines],
                     max(.15, size[0] / size[1])))
    return hand


def figures(paths, cache=None):
    """The figures of fonts as strokes: for each font a list, 0 to 9, of (lines in a box of 1 x 1, width for a height of 1)."""
    return _kept(cache, paths, _figures_of)
