# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated score-cell images: handwriting, printed cells, marks and scan effects.

Scale: 100 px at 1400 px table width become 48 px (about 96 dpi).  All images
are "ink" arrays, float32, 0 = paper, 1 = black, 48 rows.
"""
import copy
import glob
import gzip
import os

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

H = 48


# ---------------------------------------------------------------- sources

def read_idx(path):
    op = gzip.open if path.endswith(".gz") else open
    with op(path, "rb") as f:
        raw = f.read()
    dims = raw[3]
    shape = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], "big") for i in range(dims)]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dims).reshape(shape)


def _deslant(img, amount=1.0):
    f = img.astype(np.float32)
    m = f.sum()
    if m <= 0:
        return img
    ys, xs = np.mgrid[0:28, 0:28]
    cy, cx = (f * ys).sum() / m, (f * xs).sum() / m
    vyy = (f * (ys - cy) ** 2).sum() / m
    k = (f * (ys - cy) * (xs - cx)).sum() / m / max(vyy, 1.0) * amount
    M = np.float32([[1, k, -k * cy], [0, 1, 0]])
    return cv2.warpAffine(img, M, (28, 28), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


class DigitSource:
    """MNIST and Thai numerals, cropped to their ink, digits of handwriting-like fonts, and digits drawn by strokes."""

    PART = "train"

    def __init__(self, mnist, thai, fonts=(), figures=()):
        """fonts: handwriting-like fonts; figures: the middle lines of their figures (pens.figures), in the same order."""
        self.hands = [[self.typed(f, str(d)) for d in range(10)] for f in fonts]
        self.figures = figures
        im = read_idx(os.path.join(mnist, self.PART + "-images-idx3-ubyte"))
        lb = read_idx(os.path.join(mnist, self.PART + "-labels-idx1-ubyte"))
        self.arabic = [[] for _ in range(10)]
        rng = np.random.default_rng(7)
        for i in rng.permutation(len(im)):
            d = int(lb[i])
            a = im[i]
            if d == 1:
                a = _deslant(a, rng.uniform(0.7, 1.05))
            elif rng.random() < 0.5:
                a = _deslant(a, rng.uniform(0.3, 1.0))
            self.arabic[d].append(self.cut(a))
        self.thai = [[] for _ in range(10)]
        if thai:
            im = read_idx(os.path.join(thai, "images-idx3-ubyte.gz"))
            lb = read_idx(os.path.join(thai, "labels-idx1-ubyte.gz"))
            for a, d in zip(im, lb):
                self.thai[int(d)].append(self.cut(a))

    @staticmethod
    def typed(path, ch):
        im = Image.new("L", (90, 110), 0)
        ImageDraw.Draw(im).text((20, 75), ch, font=ImageFont.truetype(path, 52, layout_engine=ImageFont.Layout.BASIC), fill=255, anchor="ls")
        a = DigitSource.cut(np.asarray(im))
        return cv2.resize(a, None, fx=.6, fy=.6, interpolation=cv2.INTER_AREA) if min(a.shape) > 6 else a

    @staticmethod
    def cut(a):
        ys, xs = np.where(a > 40)
        if len(ys) == 0:
            return a
        return np.ascontiguousarray(a[ys.min():ys.max() + 1, xs.min():xs.max() + 1])

    def pick(self, rng, d, thai, hand=None):
        if hand is not None and not thai:
            return self.hands[hand][d]
        pool = self.thai[d] if thai and self.thai[d] else self.arabic[d]
        return pool[int(rng.integers(len(pool)))]


# Strokes in a box of 1 x 1 (y down) for shapes that MNIST has few of.
def _arc(cx, cy, rx, ry, a0, a1, n=14):
    t = np.linspace(np.radians(a0), np.radians(a1), n)
    return np.stack([cx + rx * np.cos(t), cy + ry * np.sin(t)], 1)


def _hooked_seven(rng):
    """A 7 whose head begins with a stroke down at the left, whose leg bends or ends in a foot, and whose bar runs low or into
    the next figure."""
    P = lambda *p: np.array(p, float)
    u = rng.uniform
    x, y = u(-.05, .18), u(.12, .36)
    foot = u(.2, .55)
    head = P((x, u(-.1, .1)), (x + u(-.1, .08), y), (x + u(.08, .25), u(.03, .2)))
    leg = P((.95, u(-.03, .12)), (u(.5, .8), u(.4, .6)), (foot, 1))
    if rng.random() < .5:       # the tick alone, the bar begins at its foot or its top
        head = np.vstack([head[0], head[0] + [u(-.06, .12), y - u(0, .1)]])
        if y < .28 and rng.random() < .5:
            head = head[::-1]
    if rng.random() < .2:
        leg = np.vstack([leg, P((foot + u(.1, .4), 1 + u(-.1, .03)))])
    lines = [np.vstack([head, leg])]
    if rng.random() < .75:
        at = u(.38, .72) if rng.random() < .7 else u(.7, .98)
        lines.append(P((u(0, .45), at + u(-.06, .1)), (u(.75, 1.25), at + u(-.12, .06))))
    return lines


def _flag_seven(rng):
    """A crossed 7 whose head is a flag: a stroke from the stem's middle up to the bar's left end closes a triangle, or nearly so."""
    P = lambda *p: np.array(p, float)
    u = rng.uniform
    stem, left, top = u(.6, .85), u(-.05, .12), u(0, .1)
    foot = stem - u(.05, .35)
    meet = u(.35, .62)
    flag = P((stem - u(-.05, .2), meet), (left + u(.0, .12), u(.08, .25)), (left, top), (stem + u(.05, .2), top + u(-.06, .06)))
    lines = [np.vstack([flag, P((stem, meet), (foot, 1))])]
    if rng.random() < .3:      # the flag begins with a small loop at the left instead
        lines = [np.vstack([P((left + .1, u(.15, .3)), (left, top + .05), (left + .2, top - .03), (stem + .15, top + u(-.05, .1)), (stem, .5), (foot, 1))])]
    at = u(.45, .72)
    return lines + [P((u(.1, .45), at + u(-.05, .1)), (u(.8, 1.2), at + u(-.1, .05)))]


def _strokes(rng, d):
    P = lambda *p: np.array(p, float)
    u = rng.uniform
    r = rng.random()
    if d == 1:
        s = [P((.5 + u(-.06, .06), 0), (.5, .5), (.5 + u(-.06, .06), 1))]
        if r < .35:
            s = [np.vstack([P((.5 - u(.1, .3), u(.1, .35))), s[0]])]
        elif r < .6:      # with a foot
            f = u(.12, .45)
            s = [np.vstack([P((.5 - u(.1, .35), u(.1, .35))), s[0]]), P((.5 - f, 1), (.5 + f, 1 - u(0, .08)))]
        elif r < .63:
            s = [np.vstack([s[0], P((.5 + u(.1, .35), 1 - u(.05, .2)))])]
        elif r < .69:       # a short thick flag, straight or with a small foot: no 7
            s = [np.vstack([P((.5 - u(.15, .4), u(.12, .3))), P((.46, .0)), P((.5 + u(-.08, .08), 1))])]
            if rng.random() < .5:
                s.append(P((.5 - u(.1, .3), 1), (.5 + u(.1, .3), 1)))
        elif r < .78:       # a long flag, as if it were a lambda, and a foot or none
            s = [np.vstack([P((.5 - u(.3, .6), u(.25, .55))), P((.48, .02)), P((.5 + u(-.1, .1), 1))])]
            if rng.random() < .3:
                s.append(P((.1, 1), (.9, 1 - u(0, .1))))
        return s, u(.15, .55)
    if d == 4:
        if r < .22:     # a triangle that stands low, the stem hardly below it or through its middle
            y, x = u(.66, .95), u(.45, .8)
            return [P((x, 0), (u(0, .1), y), (1, y + u(-.08, .06))), P((x + u(-.08, .08), u(-.05, .1)), (x + u(-.05, .15), 1))], u(.55, .9)
        if r < .55:     # closed triangle
            return [P((.7, 0), (.05, .62), (1, .62 + u(-.06, .06))), P((.7, 0), (.7 + u(-.1, .1), 1))], u(.5, .8)
        if r < .75:     # like u with a tail, or q
            return [P((.1, .05), (.05, .4), (.2, .58), (.6, .5), (.85, .1)), P((.85, .05), (.8, 1))], u(.5, .75)
        return [P((.9, 1), (.5, 0), (.1, .75), (.95, .68))], u(.5, .8)   # like A
    if d == 7:
        s = [P((.02, u(0, .12)), (.95, u(0, .05)), (.6, .45), (.35, 1))]
        if r < .4:      # a tick or a hook at the head's left, straight or bent, mostly crossed
            return (_flag_seven(rng) if rng.random() < .35 else _hooked_seven(rng)), u(.5, .9)
        if r < .7:
            s.append(P((.15, .5 + u(-.06, .06)), (.9, .47)))
        elif r < .85:
            s[0] = np.vstack([P((.04, .2)), s[0]])
        return s, u(.5, .8)
    if d == 0:
        if r < .4:
            a = u(-120, -40)
            return [np.vstack([_arc(.5, .5, .48, .5, a, a + 350 + u(-20, 25)),
                               P((.5 + u(-.2, .2), u(.15, .5)), (.5 + u(-.3, .3), u(.4, .9)))])], u(.5, .85)
        if r < .55:         # something left inside, or begun with a hook
            a = u(-150, -30)
            x, y = u(.3, .7), u(.25, .5)
            return [_arc(.5, .5, .47, .5, a, a + u(330, 380), 16), P((x, y), (x + u(-.12, .12), y + u(.1, .4)))], u(.55, .9)
        a = u(-160, -20)
        e = u(320, 400) * (1 if rng.random() < .3 else -1)
        return [_arc(.5, .5, u(.42, .5), .5, a, a + e, 18)], u(.5, .95)
    if d == 9:
        leg = P((.95, .3), (.9 - u(0, .15), 1))
        if r < .3:
            leg = np.vstack([P((.95, .3)), _arc(.45, .72, .48, .28, -10, 120, 8)])
        elif r < .45:       # an open head, like g or q
            return [np.vstack([_arc(.5, .28, .42, .27, -60, -330, 12), P((.92, .12), (.9, .5), (.8 - u(0, .3), 1))])], u(.45, .7)
        return [np.vstack([_arc(.5, .27, .45, .27, -20, -370, 14), leg])], u(.45, .7)
    if d == 6:
        if r < .25:     # like b, its bow a corner
            return [P((u(.05, .3), 0), (.08, .5), (u(.0, .1), 1), (.5, 1 + u(-.06, .06)), (u(.8, 1), u(.6, .8)), (.55, .5), (.1, u(.6, .8)))], u(.45, .75)
        return [np.vstack([P((.75 - u(0, .5), 0), (.2, .4)), _arc(.5, .7, .42, .3, 180, -170, 14)])], u(.45, .75)
    if d == 2:
        if r < .2:      # a small loop or a knot at the head, a short or a long foot
            x = u(.1, .35)
            return [np.vstack([_arc(x, .3, .14, .12, 0, u(200, 340), 6), _arc(.48, .24, .42, .24, 200, 380, 9),
                               P((.55, .6), (.1, .95), (.4, .95), (1, .95 + u(-.1, .05)))])], u(.45, .8)
        if r < .55:      # with a loop at the foot
            return [np.vstack([_arc(.45, .25, .42, .25, 200, 370, 9), P((.6, .6), (.15, .88), (.08, .98), (.25, .95),
                    (.22, .8), (.5, .9), (1, .95))])], u(.5, .85)
        return [np.vstack([_arc(.45, .25, .42, .25, 190, 370, 9), P((.6, .6), (.05, 1), (1, 1 - u(0, .1)))])], u(.5, .8)
    if d == 5:
        if r < .15:     # its lower bow nearly closes, as a b's
            e = u(190, 262)
            return [np.vstack([P((u(.15, .3), .06), (u(.1, .25), .4)), _arc(.48, .72, .42, .28, -100, e - 100, 12)]),
                    P((.2, .05), (u(.75, 1.1), u(-.06, .1)))], u(.45, .75)
        if r < .5:      # like S
            return [np.vstack([P((.95, .05), (.4, .02)), _arc(.45, .27, .38, .24, -100, -250, 6),
                               _arc(.45, .73, .42, .27, -70, 130, 9)])], u(.5, .8)
        return [np.vstack([P((.2, .08), (.15, .42)), _arc(.42, .7, .5, .3, -110, 130, 9)]),
                P((.2, .05), (.95, u(0, .1)))], u(.5, .8)
    if d == 3 and r < .15:      # a small bow above a large one, a hook at its beginning
        return [np.vstack([P((u(0, .15), u(.1, .25)), (.3, .02)), _arc(.42, .2, u(.25, .4), .18, -90, 90, 6),
                           _arc(.42, .68, u(.4, .55), .32, -90, u(140, 200), 10)])], u(.45, .8)
    if d == 3:
        top = _arc(.42, .25, .42, .25, 200, 440, 9) if r < .6 else P((.05, .03), (.9, .03), (.4, .4))
        if r > .85:         # a small upper bow close to a 9 or a 5
            top = _arc(.4, .2, u(.25, .4), .2, 190, 430, 9)
        if rng.random() < .25:      # the lower bow curls in or nearly closes
            return [np.vstack([top, _arc(.42, .72, .48, .28, -90, u(160, 250), 11)])], u(.45, .8)
        return [np.vstack([top, _arc(.42, .72, .5, .28, -90, 140, 9)])], u(.45, .75)
    # 8
    return [np.vstack([_arc(.5, .26, .36, .26, 60, -230, 10)[::-1] if r < .5 else _arc(.5, .26, .36, .26, 90, 450, 12),
                       _arc(.5, .75, .45, .25, -90, 280, 12)])], u(.45, .7)


def smooth(pts, n=6):
    """Catmull-Rom through the points."""
    if len(pts) < 3:
        return pts
    p = np.vstack([2 * pts[0] - pts[1], pts, 2 * pts[-1] - pts[-2]])
    t = np.linspace(0, 1, n, endpoint=False)[:, None]
    a, b, c, d = (p[i:len(p) - 3 + i, None] for i in range(4))
    out = .5 * ((2 * b) + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)
    return np.vstack([out.reshape(-1, 2), p[-2]])


def draw_lines(shape, lines, width, ss=4):
    """Antialiased polylines (points in px) on a float canvas."""
    h, w = shape
    out = np.zeros((h, w), np.float32)
    allp = np.vstack(lines)
    m = width + 2
    x0, y0 = int(max(0, allp[:, 0].min() - m)), int(max(0, allp[:, 1].min() - m))
    x1, y1 = int(min(w, allp[:, 0].max() + m + 1)), int(min(h, allp[:, 1].max() + m + 1))
    if x1 <= x0 or y1 <= y0:
        return out
    big = np.zeros(((y1 - y0) * ss, (x1 - x0) * ss), np.uint8)
    for pts in lines:
        q = np.round((pts - [x0, y0] + 0.5) * ss * 16).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(big, [q], False, 255, max(1, int(round(width * ss))), cv2.LINE_8, 4)
    out[y0:y1, x0:x1] = cv2.resize(big, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return out


def drawn_digit(rng, d, h, pen, hand=None):
    """A figure drawn by strokes: those of hand (an entry of pens.figures) or of the table above."""
    if hand is not None:
        lines, aspect = hand[d]
        aspect *= rng.uniform(.75, 1.15)
        shake = rng.uniform(.005, .03)      # its points are dense
    else:
        lines, aspect = _strokes(rng, d)
        shake = .025
    w = max(3.0, h * aspect)
    pad = int(pen) + 3
    out = []
    for ln in lines:
        ln = ln + rng.normal(0, shake, ln.shape)
        out.append(smooth(ln) * [w, h] + pad)
    img = draw_lines((int(h) + 2 * pad, int(w) + 2 * pad), out, pen)
    return img, pad


def wobble(rng, img, amp, cell=14, M=None, size=None):
    """Elastic distortion, after the affine map M (destination to source)."""
    h, w = img.shape
    W2, H2 = size or (w, h)
    gh, gw = max(3, H2 // cell + 2), max(3, W2 // cell + 2)
    dx = cv2.resize(rng.normal(0, amp, (gh, gw)).astype(np.float32), (W2, H2), interpolation=cv2.INTER_CUBIC)
    dy = cv2.resize(rng.normal(0, amp, (gh, gw)).astype(np.float32), (W2, H2), interpolation=cv2.INTER_CUBIC)
    xs, ys = np.meshgrid(np.arange(W2, dtype=np.float32), np.arange(H2, dtype=np.float32))
    if M is not None:
        mx = M[0, 0] * xs + M[0, 1] * ys + M[0, 2]
        my = M[1, 0] * xs + M[1, 1] * ys + M[1, 2]
    else:
        mx, my = xs, ys
    return cv2.remap(img, (mx + dx).astype(np.float32), (my + dy).astype(np.float32), cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_CONSTANT, borderValue=0)


_K3 = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))


def digit_patch(rng, src, d, h, style):
    """One digit about h px high: float patch trimmed to its ink."""
    thai = style["thai"]
    traced = None       # the font whose middle lines the pen follows
    if src.figures and not thai:
        if style["face"] is not None:
            traced = src.figures[style["face"] % len(src.figures)] if style["stroked"] else None
        elif rng.random() < .3:
            traced = src.figures[int(rng.integers(len(src.figures)))]
    if not thai and (rng.random() < style["drawn"] or traced is not None and style["stroked"]):
        img, _ = drawn_digit(rng, d, h * rng.uniform(.92, 1.08), style["pen"], traced)
        img = wobble(rng, img, rng.uniform(.2, .6), 7)
    else:
        hand = None
        if src.hands and not thai:
            hand = style["face"] % len(src.hands) if style["face"] is not None else None
            if hand is None and rng.random() < .08:
                hand = int(rng.integers(len(src.hands)))
        a = src.pick(rng, d, thai, hand)
        a = a.astype(np.float32) / 255
        sh, sw = a.shape
        hh = h * rng.uniform(.9, 1.1)
        if thai:
            hh *= rng.uniform(.75, 1.1)
        fy = hh / sh
        fx = fy * style["aspect"] * rng.uniform(.88, 1.12)
        if d == 1 and not thai:
            fx = fy * rng.uniform(.5, 1.1)
        pad = 3
        size = (max(4, int(sw * fx) + 2 * pad), max(6, int(hh) + 2 * pad))
        up = cv2.resize(a, (sw * 2, sh * 2), interpolation=cv2.INTER_LINEAR)
        k = style["thick"] + rng.normal(0, .2)
        if k > .6:
            up = cv2.dilate(up, _K3)
        elif k < -.6:
            up = cv2.erode(up, _K3)
        M = np.float32([[2 / fx, 0, -2 * pad / fx], [0, 2 / fy, -2 * pad / fy]])
        if min(fx, fy) < 1.1:
            up = cv2.GaussianBlur(up, (0, 0), .55)
        img = wobble(rng, up, rng.uniform(.3, 1.3), 7, M, size)
        img = np.clip(img * 1.35, 0, 1)
    rot = rng.normal(0, 4) + style["rot"]
    shear = style["shear"] + rng.normal(0, .04)
    ph, pw = img.shape
    m = 4 + int(abs(shear) * ph / 2)
    c, s = np.cos(np.radians(rot)), np.sin(np.radians(rot))
    A = np.float32([[c, s + shear, 0], [-s, c, 0]])
    A[:, 2] = [pw / 2 + m - A[0, 0] * pw / 2 - A[0, 1] * ph / 2, ph / 2 + 2 - A[1, 0] * pw / 2 - A[1, 1] * ph / 2]
    img = cv2.warpAffine(img, A, (pw + 2 * m, ph + 4))
    ys, xs = np.where(img > .25)
    if len(ys) == 0:
        return img
    return img[ys.min():ys.max() + 1, max(0, xs.min()):xs.max() + 1]


def style_of(rng, thai):
    face = int(rng.integers(1000)) if rng.random() < .3 else None    # a hand taken from a font
    return dict(thai=thai, face=face, stroked=face is not None and rng.random() < .6, drawn=0 if face is not None else .35 if rng.random() < .65 else .95, pen=rng.uniform(.8, 2.3),
                thick=rng.normal(-.2 if face is None else 0, .8),
                rot=rng.normal(0, 2.5), shear=-rng.normal(.05, .14), aspect=rng.uniform(.65, 1.05))


def paste(canvas, patch, x, y, gain=1.0):
    """Keeps the darker of canvas and patch."""
    h, w = canvas.shape
    ph, pw = patch.shape
    x, y = int(round(x)), int(round(y))
    x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + pw), min(h, y + ph)
    if x0 >= x1 or y0 >= y1:
        return
    np.maximum(canvas[y0:y1, x0:x1], patch[y0 - y:y1 - y, x0 - x:x1 - x] * gain, out=canvas[y0:y1, x0:x1])


# ---------------------------------------------------------------- fonts

def ttf_of(path, cache):
    """WOFF2 to TTF (the program reads TTF only)."""
    out = os.path.join(cache, os.path.basename(path).replace(".woff2", ".ttf"))
    if not os.path.exists(out):
        from fontTools.ttLib import TTFont
        os.makedirs(cache, exist_ok=True)
        f = TTFont(path)
        f.flavor = None
        f.save(out)
    return out


# Faces without heads on the letters, as hasty hands write; one weight of each.
LOOPLESS = ("koho", "kanit", "prompt", "mitr", "athiti", "krub", "maitree")


def digit_fonts(folder, cache):
    """Latin handwriting-like fonts of the @fontsource packages under folder."""
    skip = LOOPLESS + ("k2d", "kodchasan")
    return [ttf_of(p, cache) for p in sorted(glob.glob(os.path.join(folder, "*", "files", "*-latin-400-normal.woff2")))
            if os.path.basename(p).split("-")[0] not in skip]


def hand_fonts(folder, cache):
    """Thai handwriting-like fonts of the @fontsource packages under folder."""
    files = []
    for p in sorted(glob.glob(os.path.join(folder, "*", "files", "*thai-[3457]00-normal.woff2"))):
        name = os.path.basename(p)
        if name.startswith("playpen") and "thai-thai-" not in name:
            continue
        if name.split("-")[0] in LOOPLESS and "-thai-400-" not in name:
            continue
        files.append(ttf_of(p, cache))
    return files


def plain_fonts(folders):
    """Purisa, a face like neat handwriting, and printed ones with all heads."""
    found = []
    for pattern in ("Purisa.*", "Laksaman.*", "Loma.*", "Umpush.*", "Sawasdee.*", "Kinnari.*"):
        found += [p for d in folders for p in sorted(glob.glob(os.path.join(d, "**", pattern), recursive=True)) if p.endswith(("otf", "ttf"))][:1]
    return found


def print_fonts(folders):
    """Fonts for printed text; the forms are set in a face like Laksaman (TH Sarabun)."""
    out = []
    for d in folders:
        for pat in ("Laksaman.*", "Laksaman-Bold.*", "Garuda.*", "Loma.*", "Waree.*", "Umpush.*"):
            out += [p for p in sorted(glob.glob(os.path.join(d, "**", pat), recursive=True)) if p.endswith(("otf", "ttf"))]
    return out


_UPPER = "\u0e34\u0e35\u0e36\u0e37\u0e31\u0e47\u0e4d\u0e4c"
_TONE = "\u0e48\u0e49\u0e4a\u0e4b"
_LOWER = "\u0e38\u0e39"


def clusters(text):
    """[(base, upper mark, tone mark, lower mark)]"""
    out = []
    for ch in text:
        if ch in _UPPER and out:
            b, u, t, l = out[-1]
            out[-1] = (b, u + ch, t, l)
        elif ch in _TONE and out:
            b, u, t, l = out[-1]
            out[-1] = (b, u, t + ch, l)
        elif ch in _LOWER and out:
            b, u, t, l = out[-1]
            out[-1] = (b, u, t, l + ch)
        else:
            out.append((ch, "", "", ""))
    return out


class GlyphSource:
    """Single Thai letters and marks of many fonts at 44 px, cached."""
    EM = 44

    def __init__(self, files, pen_cache=None):
        """pen_cache: the file that keeps the middle lines of these fonts (pens.of_fonts)."""
        self.pen_cache = pen_cache
        self.fonts = []
        for f in files:
            self.fonts.append((f, ImageFont.truetype(f, self.EM, layout_engine=ImageFont.Layout.BASIC)))
        self.cache = {}

    def paths(self):
        """One file of each family."""
        seen = {}
        for path, _ in self.fonts:
            seen.setdefault(os.path.basename(path).split("-")[0].split(".")[0], path)
        return list(seen.values())

    def glyph(self, k, ch):
        """(patch, x offset to the pen, y of its top relative to the baseline, advance)"""
        key = (k, ch)
        g = self.cache.get(key)
        if g is None:
            font = self.fonts[k][1]
            im = Image.new("L", (self.EM * 3, self.EM * 3), 0)
            ImageDraw.Draw(im).text((self.EM, self.EM * 2), ch, font=font, fill=255, anchor="ls")
            a = np.asarray(im)
            ys, xs = np.where(a > 30)
            adv = font.getlength(ch)
            if len(ys) == 0:
                g = (np.zeros((1, 1), np.float32), 0, 0, max(adv, 4))
            else:
                g = (a[ys.min():ys.max() + 1, xs.min():xs.max() + 1].astype(np.float32) / 255,
                     int(xs.min()) - self.EM, int(ys.min()) - self.EM * 2, adv)
            self.cache[key] = g
        return g


def write_word(rng, glyphs, font, text, spread, jitter):
    """Thai text letter by letter with jitter, at GlyphSource.EM; returns the canvas (baseline at row 80)."""
    base = 80
    cl = clusters(text)
    W = int(sum(glyphs.glyph(font, c[0])[3] for c in cl) * 1.5) + 120
    cv = np.zeros((128, W), np.float32)
    x = 30.0
    drift = 0.0
    for b, u, t, l in cl:
        g, ox, oy, adv = glyphs.glyph(font, b)
        drift = .8 * drift + rng.normal(0, 1.2 * jitter)
        if jitter > 0 and g.size > 4:
            sx, sy = rng.normal(1, .07 * jitter), rng.normal(1, .07 * jitter)
            g2 = cv2.resize(g, (max(2, int(g.shape[1] * sx)), max(2, int(g.shape[0] * sy))))
        else:
            g2, sx, sy = g, 1, 1
        top = base + drift + oy * sy
        paste(cv, g2, x + ox, top)
        right = x + ox + g2.shape[1]
        mtop = min(top, base - 20)
        for m in u:
            mg, mx, my, _ = glyphs.glyph(font, m)
            px = right - mg.shape[1] + rng.normal(0, 2.5 * jitter) + 1
            py = mtop - mg.shape[0] - 2 + rng.normal(0, 2 * jitter)
            paste(cv, mg, px, py)
            mtop = py
        for m in t:
            mg, mx, my, _ = glyphs.glyph(font, m)
            px = right - mg.shape[1] + rng.normal(1, 4 * jitter)
            py = mtop - mg.shape[0] - 2 + rng.normal(0, 2.5 * jitter)
            paste(cv, mg, px, py)
        for m in l:
            mg, mx, my, _ = glyphs.glyph(font, m)
            paste(cv, mg, right - mg.shape[1] + rng.normal(0, 2 * jitter), base + 3 + abs(rng.normal(0, 1.5 * jitter)))
        x += max(3, adv * sx * spread + rng.normal(0, 1.5 * jitter))
    return cv[:, :int(x) + 40]


class PrintSource:
    """Printed words beside figures, and whole printed lines."""

    def __init__(self, files):
        self.files = files
        self.cache = {}

    def text(self, rng, s, em=None):
        f = self.files[int(min(rng.geometric(.45) - 1, len(self.files) - 1))]
        em = int(em or rng.integers(19, 25))
        key = (f, s, em)
        a = self.cache.get(key)
        if a is None:
            font = ImageFont.truetype(f, em * 2)
            w = int(font.getlength(s)) + 12
            im = Image.new("L", (w, em * 4), 0)
            ImageDraw.Draw(im).text((4, int(em * 2.6)), s, font=font, fill=255, anchor="ls")
            a = cv2.resize(np.asarray(im), (w // 2, em * 2), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
            self.cache[key] = a
        return a, int(em * 1.3)


# ---------------------------------------------------------------- the printed cell and marks

def dotted(rng, cv, y, x0, x1, gain, slope):
    pitch = rng.uniform(2.4, 4.2)
    r = rng.uniform(.4, .8)
    xs = np.arange(x0 + rng.uniform(0, pitch), x1, pitch)
    h, w = cv.shape
    ys = y + slope * (xs - w / 2)
    ok = (xs >= 0) & (xs < w - 1) & (ys >= 0) & (ys < h - 1)
    xs, ys = xs[ok], ys[ok]
    xi, yi = xs.astype(int), ys.astype(int)
    fx, fy = xs - xi, ys - yi
    g = gain * r * 1.6
    for i, j, v in ((0, 0, (1 - fx) * (1 - fy)), (0, 1, fx * (1 - fy)), (1, 0, (1 - fx) * fy), (1, 1, fx * fy)):
        cv[yi + i, xi + j] = np.maximum(cv[yi + i, xi + j], g * v)


def hline(cv, y, x0, x1, gain, slope, wid=1.2):
    w = cv.shape[1]
    ln = np.array([[x0, y + slope * (x0 - w / 2)], [x1, y + slope * (x1 - w / 2)]], float)
    np.maximum(cv, draw_lines(cv.shape, [ln], wid, 3) * gain, out=cv)


def scribble(rng, x0, y0, w, h, kind):
    """Lines that strike out the box."""
    if kind == 0:       # one or two strokes through it
        n = int(rng.integers(1, 4))
        out = []
        for _ in range(n):
            a = rng.uniform(.25, .75)
            out.append(np.array([[x0 - rng.uniform(1, 5), y0 + h * (a + rng.normal(0, .12))],
                                 [x0 + w / 2, y0 + h * (a + rng.normal(0, .06))],
                                 [x0 + w + rng.uniform(1, 5), y0 + h * (a + rng.normal(0, .12))]]))
        return out
    if kind == 1:       # slashes
        n = int(rng.integers(2, 5))
        return [np.array([[x0 + w * (i + rng.uniform(-.2, .5)) / n - 2, y0 + h + rng.uniform(-1, 3)],
                          [x0 + w * (i + rng.uniform(.5, 1.2)) / n + 2, y0 - rng.uniform(-1, 3)]]) for i in range(n)]
    if kind == 2:       # a cross
        return [np.array([[x0 - 1, y0 - 1], [x0 + w + 1, y0 + h + 1]]) + rng.normal(0, 1.5, (2, 2)),
                np.array([[x0 - 1, y0 + h + 1], [x0 + w + 1, y0 - 1]]) + rng.normal(0, 1.5, (2, 2))]
    n = int(rng.integers(6, 16))    # scribbled over
    pts = np.stack([x0 + w * np.clip(np.linspace(0, 1, n) + rng.normal(0, .25, n), -.1, 1.1),
                    y0 + h * np.where(np.arange(n) % 2, rng.uniform(0, .35, n), rng.uniform(.65, 1, n))], 1)
    return [smooth(pts, 5)]


def tick(rng, w):
    """A reviewer's slash or check mark."""
    x = rng.uniform(2, w - 4)
    if rng.random() < .62:
        ln, lean = rng.uniform(22, 48), rng.uniform(.25, 1.1)
        y1 = rng.uniform(24, 50)
        p = np.array([[x, y1], [x + ln * lean * .5 + rng.normal(0, 1), y1 - ln * .5], [x + ln * lean, y1 - ln]])
        return [smooth(p)]
    s = rng.uniform(6, 20)
    y = rng.uniform(15, 42)
    return [np.array([[x - s * .4, y - s * .4], [x, y], [x + s * rng.uniform(.5, 1.1), y - s * rng.uniform(.7, 1.5)]])]


class Cell:
    """Printed cell: returns canvas and the y of the dotted line."""

    def __init__(self, printed, glyphs):
        self.printed, self.glyphs = printed, glyphs

    def draw(self, rng, w, kind):
        cv = np.zeros((H, w), np.float32)
        slope = np.tan(np.radians(rng.normal(0, .9)))
        gain = rng.uniform(.45, 1.0)
        shift = rng.normal(0, 2.2)
        figure = rng.random() < .28
        if figure:
            yd = 39 + shift
            self.lined(rng, cv, w, kind, yd, gain, slope)
            return cv, yd, gain, slope
        yb = 40 + shift
        gap = rng.uniform(7, 17)
        yd = yb - gap
        if rng.random() < .95:
            hline(cv, yb, -5, w + 5, gain, slope)
        top = yb - rng.uniform(29, 54)
        if top > -2:
            hline(cv, top, -5, w + 5, gain, slope)
        if rng.random() < .9:
            a, b = (rng.uniform(0, 12), w) if kind == "digits" else (rng.uniform(0, 8), w - rng.uniform(2, 14))
            dotted(rng, cv, yd, a, b, gain, slope)
        if kind == "digits":
            if rng.random() < .5:
                x = rng.uniform(-1, 8)
                np.maximum(cv, draw_lines(cv.shape, [np.array([[x, -5], [x + slope * -40, 53]], float)], 1.2, 3) * gain, out=cv)
            if rng.random() < .75:
                self.paren(rng, cv, "(", w - rng.uniform(1, 16), yd, gain)
        else:
            if rng.random() < .88:
                self.paren(rng, cv, "(", rng.uniform(-3, 14), yd, gain)
            if rng.random() < .8:
                self.paren(rng, cv, ")", w - rng.uniform(2, 18), yd, gain)
            if rng.random() < .6:
                x = w - rng.uniform(-1, 10)
                np.maximum(cv, draw_lines(cv.shape, [np.array([[x, -5], [x + slope * -40, 53]], float)], 1.2, 3) * gain, out=cv)
        return cv, yd, gain, slope

    def paren(self, rng, cv, ch, x, yd, gain):
        a, base = self.printed.text(rng, ch)
        paste(cv, a, x - a.shape[1] / 2, yd - base + rng.normal(0, 1), gain)

    def lined(self, rng, cv, w, kind, yd, gain, slope):
        """A figure line: printed word, dotted run, printed word."""
        x0, x1 = 0, w
        em = rng.integers(19, 25)
        if kind == "digits":
            if rng.random() < .75:
                s = str(rng.choice(["จำนวน", "จำนวน", "ทั้งหมด", "ทั้งสิ้น", "ซอง", "เป็นจำนวน"]))
                a, base = self.printed.text(rng, s, em)
                x0 = rng.uniform(2, 18) if rng.random() < .7 else rng.uniform(-4, 42)
                paste(cv, a, x0 - a.shape[1] + 4, yd - base, gain)
            if rng.random() < .75:
                s = str(rng.choice(["บัตร", "บัตร (", "คน", "คน (", "ใบ", "ซอง", "คะแนน"]))
                a, base = self.printed.text(rng, s, em)
                x1 = w - (rng.uniform(2, 18) if rng.random() < .7 else rng.uniform(-4, 40))
                paste(cv, a, x1 - 3, yd - base, gain)
        else:
            s = str(rng.choice(["(", "บัตร (", "คน (", "("]))
            a, base = self.printed.text(rng, s, em)
            x0 = rng.uniform(2, 14)
            paste(cv, a, x0 - a.shape[1] + 3, yd - base, gain)
            a, base = self.printed.text(rng, ")", em)
            x1 = w - rng.uniform(2, 18)
            paste(cv, a, x1 - 3, yd - base, gain)
        dotted(rng, cv, yd, x0 + 1, x1, gain, slope)
        # printed lines above and below
        for dy, p in ((-rng.uniform(25, 34), .6), (rng.uniform(25, 34), .25)):
            if rng.random() < p:
                if rng.random() < .6:
                    a, base = self.printed.text(rng, str(rng.choice(["จำนวนผู้มีสิทธิเลือกตั้งที่มาแสดงตน", "บัตรเลือกตั้งที่เหลือ",
                                                                    "ได้รับบัตรเลือกตั้งทั้งหมด", "กรรมการประจำหน่วยเลือกตั้ง"])), em)
                    paste(cv, a, rng.uniform(-120, 10), yd + dy - base, gain)
                else:
                    dotted(rng, cv, yd + dy, 0, w, gain, slope)


def hand_scrap(rng, cv, glyphs, y, gain):
    """Unrelated handwriting (a neighbour's letters) with its baseline at y."""
    k = int(rng.integers(len(glyphs.fonts)))
    s = "".join(rng.choice(list("กขคงจชดตทนบปพมยรลวสหอศ")) + str(rng.choice(["", "", "ี", "ิ", "่", "้", "ู", "ุ", "ั", "ึ่", "์"]))
                for _ in range(int(rng.integers(1, 7))))
    a = write_word(rng, glyphs, k, s, rng.uniform(.8, 1.1), 1.0)
    f = rng.uniform(.35, .6)
    a = cv2.resize(a, None, fx=f * rng.uniform(.8, 1.2), fy=f, interpolation=cv2.INTER_AREA)
    paste(cv, np.clip(a * 1.2, 0, 1), rng.uniform(-a.shape[1] * .6, cv.shape[1] - 10), y - 80 * f, gain)


def marks(rng, cv, glyphs, kind, ink, p=1.0):
    """Ticks, neighbours' strokes, folds, show-through; none of them is part of the label."""
    h, w = cv.shape
    if rng.random() < .16 * p:
        for _ in range(1 if rng.random() < .85 else 2):
            np.maximum(cv, draw_lines(cv.shape, tick(rng, w), rng.uniform(.9, 2.2), 3) * rng.uniform(.35, 1), out=cv)
    if rng.random() < .22 * p:      # letters of the row above or below
        y = rng.uniform(-6, 4) if rng.random() < .5 else rng.uniform(58, 70)
        hand_scrap(rng, cv, glyphs, y, ink)
    if rng.random() < .15 * p:      # strokes that enter at the top or the bottom
        for _ in range(int(rng.integers(1, 4))):
            x = rng.uniform(0, w)
            y = 0 if rng.random() < .5 else h
            d = rng.uniform(3, 12) * (1 if y == 0 else -1)
            ln = smooth(np.array([[x, y - d * .3], [x + rng.normal(0, 3), y + d * .6], [x + rng.normal(0, 5), y + d]]))
            np.maximum(cv, draw_lines(cv.shape, [ln], rng.uniform(1, 2.2), 3) * ink, out=cv)
    if kind == "digits" and rng.random() < .05 * p:   # a name that runs into the cell from the left
        k = int(rng.integers(len(glyphs.fonts)))
        a = write_word(rng, glyphs, k, str(rng.choice(["พรรค", "ไทย", "ประชาชน", "ทอง", "รักษ์", "ศรี"])), .9, 1.0)
        a = cv2.resize(a, None, fx=.45, fy=.45, interpolation=cv2.INTER_AREA)
        paste(cv, a, rng.uniform(3, 18) - a.shape[1], rng.uniform(20, 36) - 36, ink)
    if rng.random() < .08 * p:      # a fold
        y = rng.uniform(0, h)
        s = np.tan(np.radians(rng.normal(0, 2)))
        x0 = -5 if rng.random() < .6 else rng.uniform(0, w)
        hline(cv, y, x0, x0 + rng.uniform(20, w + 10) if x0 > 0 else w + 5, rng.uniform(.15, .8), s, rng.uniform(.8, 2))
    if rng.random() < .07 * p:      # show-through
        t = np.zeros_like(cv)
        for _ in range(2):
            hand_scrap(rng, t, glyphs, rng.uniform(15, 40), 1.0)
        t = cv2.GaussianBlur(t, (0, 0), rng.uniform(.8, 1.6))
        if rng.random() < .7:
            t = t[:, ::-1]
        np.maximum(cv, t * rng.uniform(.1, .35), out=cv)


# ---------------------------------------------------------------- scan effects

def geometry(rng, cv, strength=1.0, label=None):
    """Small rotation, shear, scale and shift of the whole crop."""
    h, w = cv.shape
    a = np.radians(np.clip(rng.normal(0, 1.1), -3, 3)) * strength
    sx, sy = 1 + np.clip(rng.normal(0, .06), -.15, .15) * strength, 1 + np.clip(rng.normal(0, .06), -.15, .15) * strength
    dy = np.clip(rng.normal(0, 2.6), -8, 8) * strength
    dx = rng.normal(0, 2.0) * strength
    sh = rng.normal(0, .03) * strength
    c, s = np.cos(a), np.sin(a)
    A = np.float32([[c * sx, (s + sh) * sy, 0], [-s * sx, c * sy, 0]])
    A[:, 2] = [w / 2 + dx - A[0, 0] * w / 2 - A[0, 1] * h / 2, h / 2 + dy - A[1, 0] * w / 2 - A[1, 1] * h / 2]
    if hasattr(label, "at"):        # the anchors move with the picture
        label.at = [(A[0, 0] * x + A[0, 1] * h / 2 + A[0, 2], k) for x, k in label.at]
    return cv2.warpAffine(cv, A, (w, h), flags=cv2.INTER_LINEAR)


def effects(rng, cv, strength=1.0):
    """Blur, contrast, threshold, noise, compression; returns uint8 ink."""
    h, w = cv.shape
    r = rng.random()
    if r < .16 * strength:          # a 1-bit scan at 200 dpi, then scaled
        b = cv2.resize(cv, (w * 2, h * 2), interpolation=cv2.INTER_CUBIC)
        b = cv2.GaussianBlur(b, (0, 0), rng.uniform(.5, 1.1))
        b = b + rng.normal(0, rng.uniform(0, .1), b.shape).astype(np.float32)
        cv = cv2.resize((b > rng.uniform(.22, .5)).astype(np.float32), (w, h), interpolation=cv2.INTER_AREA)
    else:
        sg = abs(rng.normal(0, .55)) * strength
        if sg > .25:
            cv = cv2.GaussianBlur(cv, (0, 0), min(sg, 1.2))
            cv = cv * rng.uniform(1, 1.4)
        cv = np.clip(cv, 0, 1) ** rng.uniform(.75, 1.35)
    cv = np.clip(cv, 0, 1)
    if rng.random() < .12 * strength:     # a coloured or dark patch that became grey
        x0, x1 = sorted(rng.uniform(-20, w + 20, 2))
        y0, y1 = sorted(rng.uniform(-20, h + 20, 2))
        g = rng.uniform(.05, .3)
        a, b, c, d = (int(max(0, v)) for v in (y0, y1, x0, x1))
        cv[a:b, c:d] = g + cv[a:b, c:d] * (1 - g)
    cv = cv * (rng.uniform(.45, 1.0) if rng.random() < .5 * strength else rng.uniform(.85, 1.0))
    if rng.random() < .05 * strength:     # a removed line
        y = int(rng.integers(0, h - 2))
        cv[y:y + 2] = 0
    if rng.random() < .5:
        n = rng.normal(0, rng.uniform(.005, .06) * strength, (h, w)).astype(np.float32)
        if rng.random() < .5:
            n = cv2.GaussianBlur(n, (0, 0), .7) * 1.5
        cv = cv + n
    if rng.random() < .12 * strength:     # speckle
        k = int(rng.integers(1, 25))
        cv[rng.integers(0, h, k), rng.integers(0, w, k)] = rng.uniform(.2, 1, k)
    if rng.random() < .2:
        cv = cv + rng.uniform(0, .06)
    u = np.clip(cv * 255, 0, 255).astype(np.uint8)
    if rng.random() < .2 * strength:
        ok, e = cv2.imencode(".jpg", 255 - u, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))])
        if ok:
            u = 255 - cv2.imdecode(e, cv2.IMREAD_GRAYSCALE)
    return u


class Pooled:
    """A maker whose composed canvases are used several times, with new geometry and effects each time."""

    REUSE = .66
    SIZE = 3000

    def __init__(self, real=None, p_real=0.0):
        self.real, self.p_real, self.pool = real, p_real, []

    def __call__(self, rng, w):
        if self.real is not None and rng.random() < self.p_real:
            return self.real(rng, w)
        if len(self.pool) >= 600 and rng.random() < self.REUSE:
            cv, label = self.pool[int(rng.integers(len(self.pool)))]
            cv = cv.astype(np.float32) / 255
        else:
            cv, label = self.compose(rng, w)
            item = (np.clip(cv * 255, 0, 255).astype(np.uint8), label)
            if len(self.pool) < self.SIZE:
                self.pool.append(item)
            else:
                self.pool[int(rng.integers(self.SIZE))] = item
        label = copy.copy(label)
        return effects(rng, geometry(rng, cv, 1.0, label), float(rng.choice([.3, .55, 1.0], p=[.4, .4, .2]))), label, False, 1.0
