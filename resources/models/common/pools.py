# SPDX-License-Identifier: GPL-3.0-or-later
"""Canvases drawn by many processes and kept on the training device, from which batches are taken again and again.

A kind is one maker of canvases (generated, or with the real crops of one split).  Canvases of about one width lie together.
"""
import multiprocessing
import queue
import signal

import numpy as np
import torch

H, TOKENS, BLOCK = 48, 16, 64


def draw(maker, rng, width, edges):
    """One block of canvases: (bucket, ink, widths, labels, label lengths, anchor columns, anchor classes, fold)."""
    ink, labels, lengths, at, classes, fold, widths = [], [], [], [], [], [], []
    for _ in range(BLOCK):
        canvas, label, both = maker(rng, width)
        if canvas.shape[1] > edges[-1] or len(label) > TOKENS:
            continue
        ink.append(canvas), widths.append(canvas.shape[1]), lengths.append(len(label)), fold.append(bool(both))
        labels.append(list(label) + [0] * (TOKENS - len(label)))
        points = [(x, c) for x, c in getattr(label, "at", []) or [] if c is not None][:TOKENS]
        at.append([x for x, _ in points] + [0] * (TOKENS - len(points)))
        classes.append([c for _, c in points] + [-1] * (TOKENS - len(points)))
    bucket = next(i for i, e in enumerate(edges) if e >= max(widths))
    sheet = np.zeros((len(ink), H, edges[bucket]), np.uint8)
    for i, a in enumerate(ink):
        sheet[i, :, :a.shape[1]] = a
    return (bucket, sheet, np.array(widths, np.float32), np.array(labels, np.int32), np.array(lengths, np.int64),
            np.array(at, np.float32), np.array(classes, np.int64), np.array(fold))


def _work(makers, wanted, drawn, widths, edges, out, stop, seed):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rng = np.random.default_rng(seed)
    while not stop.is_set():
        lack = np.array([max(0.0, 1 - drawn[k] / w) for k, w in enumerate(wanted)])
        kind = int(rng.choice(len(wanted), p=lack / lack.sum())) if lack.sum() > 0 else 0
        block = draw(makers[kind], rng, int(rng.choice(widths)), edges)
        with drawn.get_lock():
            drawn[kind] += len(block[1])
        while not stop.is_set():
            try:
                out.put((kind,) + block, timeout=.5)
                break
            except queue.Full:
                pass


class Drawers:
    """Processes that draw until stopped: wanted canvases of each kind, then more of the first kind.  They are forked before
    the device is used, so that the makers need not travel."""

    def __init__(self, makers, wanted, widths, edges, workers, seed):
        ctx = multiprocessing.get_context("fork")
        self.stop, self.out = ctx.Event(), ctx.Queue(workers * 4)
        drawn = ctx.Array("d", len(makers))
        self.processes = [ctx.Process(target=_work, daemon=True, args=(makers, wanted, drawn, widths, edges, self.out, self.stop, [seed, i]))
                          for i in range(workers)]
        for p in self.processes:
            p.start()

    def close(self):
        self.stop.set()
        for p in self.processes:
            p.terminate()


class Pool:
    """Canvases of one kind and one bucket; the oldest make room when it is full."""

    def __init__(self, capacity, width, device):
        self.capacity, self.count, self.next, self.device = capacity, 0, 0, device
        self.parts = [torch.zeros((capacity, H, width), dtype=torch.uint8, device=device), torch.zeros(capacity, device=device),
                      torch.zeros((capacity, TOKENS), dtype=torch.int32, device=device), torch.zeros(capacity, dtype=torch.int64),
                      torch.zeros((capacity, TOKENS), device=device), torch.full((capacity, TOKENS), -1, dtype=torch.int64, device=device),
                      torch.zeros(capacity, dtype=torch.bool, device=device)]

    def add(self, arrays):
        n = len(arrays[0])
        at = (torch.arange(n) + self.next) % self.capacity
        for part, a in zip(self.parts, arrays):
            part[at.to(part.device)] = torch.from_numpy(a).to(part.device)
        self.next = (self.next + n) % self.capacity
        self.count = min(self.capacity, self.count + n)

    def take(self, n):
        i = torch.randint(self.count, (n,))
        on = i.to(self.device)
        return [part[i if part.device.type == "cpu" and self.device.type != "cpu" else on] for part in self.parts]


class Pools:
    """All pools of a training; capacity canvases of each kind."""

    def __init__(self, drawers, capacities, edges, device):
        self.drawers, self.device = drawers, device
        self.pools = [[Pool(max(BLOCK, c), e, device) for e in edges] for c in capacities]

    def fill(self, most=64, wait=0.0):
        """Takes what has been drawn, most blocks at a time; waits for the first up to wait seconds."""
        for k in range(most):
            try:
                kind, bucket, *arrays = self.drawers.out.get(timeout=wait) if wait and not k else self.drawers.out.get_nowait()
            except queue.Empty:
                return k
            self.pools[kind][bucket].add(arrays)
        return most

    def count(self, kind):
        return sum(p.count for p in self.pools[kind])

    def batch(self, rng, shares, n):
        """n canvases of one bucket: shares = [(kind, part)].  The bucket is drawn by what the first kind holds."""
        have = np.array([min(p.count for p in (self.pools[k][b] for k, _ in shares)) and self.pools[shares[0][0]][b].count
                         for b in range(len(self.pools[0]))], float)
        b = int(rng.choice(len(have), p=have / have.sum()))
        got = [self.pools[k][b].take(max(1, int(round(part * n)))) for k, part in shares]
        return [torch.cat(p) for p in zip(*got)]
