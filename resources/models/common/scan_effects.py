# SPDX-License-Identifier: GPL-3.0-or-later
"""The geometry and the scan effects of synth.py for whole batches, on any torch device.

Batches are N x 48 x W, float32, 0 = paper, 1 = ink; width (N) says how many columns of each are the crop's, the rest
stays 0.  Chances and sizes follow synth.geometry and synth.effects;
an elastic distortion of up to a column comes on top, which the middles of tokens do not follow.
"""
import math

import torch
import torch.nn.functional as F

# Quantisation of luminance in the JPEG standard (ITU-T T.81, table K.1).
_LUMINANCE = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99)


class ScanEffects:
    def __init__(self, device):
        self.device = device
        k = torch.arange(8, dtype=torch.float32)
        dct = torch.cos(math.pi * (2 * k[None] + 1) * k[:, None] / 16) * math.sqrt(2 / 8)
        dct[0] /= math.sqrt(2)
        self.dct = dct.to(device)
        self.table = torch.tensor(_LUMINANCE, dtype=torch.float32, device=device).view(8, 8)
        self.kernels = [self.gauss(s) for s in (.5, .8, 1.2)]

    def gauss(self, sigma):
        x = torch.arange(-4, 5, dtype=torch.float32, device=self.device)
        g = torch.exp(-x * x / (2 * sigma * sigma))
        return g / g.sum()

    def uniform(self, n, a=0.0, b=1.0):
        return torch.rand(n, device=self.device) * (b - a) + a

    def normal(self, n, mean=0.0, dev=1.0, low=-1e9, high=1e9):
        return (torch.randn(n, device=self.device) * dev + mean).clamp(low, high)

    @staticmethod
    def blur(x, g):
        k = len(g) // 2
        x = F.conv2d(F.pad(x[:, None], (k, k, 0, 0), mode="reflect"), g.view(1, 1, 1, -1))
        return F.conv2d(F.pad(x, (0, 0, k, k), mode="reflect"), g.view(1, 1, -1, 1))[:, 0]

    def geometry(self, x, width, at, strength):
        """Rotation, shear, scale, shift and an elastic distortion of each crop; at (N x L, columns of the tokens' middles)
        moves along.  Returns both."""
        n, h, w = x.shape
        a = self.normal(n, 0, math.radians(1.1), -.052, .052) * strength
        sx, sy = (1 + self.normal(n, 0, .06, -.15, .15) * strength for _ in range(2))
        dx, dy = self.normal(n, 0, 2.0) * strength, self.normal(n, 0, 2.6, -8, 8) * strength
        sh = self.normal(n, 0, .03) * strength
        c, s = torch.cos(a), torch.sin(a)
        m = torch.stack([torch.stack([c * sx, (s + sh) * sy], 1), torch.stack([-s * sx, c * sy], 1)], 1)
        mid = torch.stack([width / 2, torch.full_like(width, h / 2)], 1)
        shift = mid + torch.stack([dx, dy], 1) - (m @ mid[:, :, None])[:, :, 0]
        at = m[:, 0, 0, None] * at + (m[:, 0, 1] * h / 2 + shift[:, 0])[:, None]
        ys, xs = torch.meshgrid(torch.arange(h, device=self.device, dtype=torch.float32),
                                torch.arange(w, device=self.device, dtype=torch.float32), indexing="ij")
        to = torch.stack([xs, ys], 2).view(1, h * w, 2) - shift[:, None]
        det = m[:, 0, 0] * m[:, 1, 1] - m[:, 0, 1] * m[:, 1, 0]
        back = torch.stack([m[:, 1, 1], -m[:, 1, 0], -m[:, 0, 1], m[:, 0, 0]], 1).view(n, 2, 2) / det.view(n, 1, 1)    # transposed
        frm = (to @ back).view(n, h, w, 2)
        amp = (self.uniform(n, -.3, .9).clamp_min(0) * strength).view(n, 1, 1, 1)
        field = torch.randn((n, 2, 6, max(3, w // 11)), device=self.device) * amp
        frm = frm + F.interpolate(field, size=(h, w), mode="bicubic", align_corners=True).permute(0, 2, 3, 1)
        grid = torch.stack([frm[..., 0] * (2 / (w - 1)) - 1, frm[..., 1] * (2 / (h - 1)) - 1], 3)
        return F.grid_sample(x[:, None], grid, mode="bilinear", padding_mode="zeros", align_corners=True)[:, 0], at

    def bilevel(self, x):
        """A 1-bit scan at twice the scale."""
        n = len(x)
        b = F.interpolate(x[:, None], scale_factor=2, mode="bicubic", align_corners=False)[:, 0]
        b = self.blur(b, self.gauss(float(self.uniform(1, .5, 1.1))))
        b = b + torch.randn_like(b) * self.uniform(n, 0, .1).view(n, 1, 1)
        return F.avg_pool2d((b > self.uniform(n, .22, .5).view(n, 1, 1)).float()[:, None], 2)[:, 0]

    def compressed(self, x):
        """JPEG's blocks and quantisation at qualities 25 to 80."""
        n, h, w = x.shape
        q = self.uniform(n, 25, 80).view(n, 1, 1, 1, 1)
        scale = torch.where(q < 50, 5000 / q, 200 - 2 * q) / 100
        b = (x * 255 - 128).view(n, h // 8, 8, w // 8, 8).permute(0, 1, 3, 2, 4)
        t = (self.table * scale).clamp_min(1)
        f = torch.round(self.dct @ b @ self.dct.T / t) * t
        b = self.dct.T @ f @ self.dct
        return ((b.permute(0, 1, 3, 2, 4).reshape(n, h, w) + 128) / 255).clamp(0, 1)

    def some(self, n, chance):
        """Indices of the crops that an effect meets; chance is a number or one for each."""
        return torch.nonzero(torch.rand(n, device=self.device) < chance)[:, 0]

    def effects(self, x, strength):
        """Blur, contrast, threshold, patches, noise and compression; in steps of 1 / 255."""
        n, h, w = x.shape
        one = lambda v: v.view(-1, 1, 1)  # noqa: E731
        grey = x
        sigma = torch.randn(n, device=self.device).abs() * .55 * strength
        soft = [grey] + [self.blur(grey, k) for k in self.kernels]
        level = torch.where(sigma < .25, torch.zeros_like(sigma), (sigma / .4).clamp(0, 2.999))
        i = level.long()
        part = one(level - i)
        stack = torch.stack(soft, 1)
        rows = torch.arange(n, device=self.device)
        grey = stack[rows, i] * (1 - part) + stack[rows, i + 1] * part
        grey = grey * one(torch.where(sigma > .25, self.uniform(n, 1, 1.4), torch.ones_like(sigma)))
        grey = grey.clamp(0, 1) ** one(self.uniform(n, .75, 1.35))
        k = self.some(n, .16 * strength)
        if len(k):
            grey = grey.index_copy(0, k, self.bilevel(x[k]))
        grey = grey.clamp(0, 1)
        ys, xs = torch.arange(h, device=self.device).view(1, h, 1), torch.arange(w, device=self.device).view(1, 1, w)
        k = self.some(n, .12 * strength)
        if len(k):          # a coloured or dark patch that became grey
            ex, _ = torch.sort(torch.rand((len(k), 2), device=self.device) * (w + 40) - 20, 1)
            ey, _ = torch.sort(torch.rand((len(k), 2), device=self.device) * (h + 40) - 20, 1)
            inside = (xs >= one(ex[:, 0])) & (xs < one(ex[:, 1])) & (ys >= one(ey[:, 0])) & (ys < one(ey[:, 1]))
            g = one(self.uniform(len(k), .05, .3)) * inside
            grey = grey.index_copy(0, k, g + grey[k] * (1 - g))
        faint = self.uniform(n) < .5 * strength
        grey = grey * one(torch.where(faint, self.uniform(n, .45, 1), self.uniform(n, .85, 1)))
        k = self.some(n, .05 * strength)
        if len(k):          # a removed line
            y = one(torch.randint(0, h - 2, (len(k),), device=self.device))
            grey = grey.index_copy(0, k, grey[k] * ~((ys >= y) & (ys < y + 2)))
        noise = torch.randn_like(grey)
        rough = one((self.uniform(n) < .5).float())
        noise = noise * rough + self.blur(noise, self.gauss(.7)) * 1.5 * (1 - rough)
        grey = grey + noise * one((self.uniform(n) < .5) * self.uniform(n, .005, .06) * strength)
        k = self.some(n, .12 * strength)
        if len(k):          # speckle
            spots = torch.rand((len(k), h, w), device=self.device)
            grey = grey.index_copy(0, k, torch.where(spots < one(self.uniform(len(k), 0, 25)) / (h * w), self.uniform(1, .2, 1), grey[k]))
        grey = grey + one((self.uniform(n) < .2) * self.uniform(n, 0, .06))
        grey = grey.clamp(0, 1)
        k = self.some(n, .2 * strength)
        if len(k):
            grey = grey.index_copy(0, k, self.compressed(grey[k]))
        return torch.round(grey * 255) / 255

    def __call__(self, x, width, at, strength, moved):
        """Both, in that order; width, strength (of the effects) and moved (of the geometry): N.  W is a multiple of 8.  Returns
        (N x 1 x 48 x W, at)."""
        with torch.no_grad():
            x, at = self.geometry(x, width, at, moved)
            x = self.effects(x, strength)
            cols = torch.arange(x.shape[2], device=self.device).view(1, 1, -1)
            return (x * (cols < width.view(-1, 1, 1)))[:, None], at
