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
    """Blocks of canvases, one for each bucket that occurs: (bucket, ink, widths, labels, label lengths, anchor columns, anchor
    classes, fold).  The last bucket's edge is the widest canvas that is kept."""
    drawn = [[] for _ in edges]
    for _ in range(BLOCK):
        canvas, label, fold = maker(rng, width)
        if canvas.shape[1] <= edges[-1] and len(label) <= TOKENS:
            drawn[next(i for i, e in enumerate(edges) if e >= canvas.shape[1])].append((canvas, label, fold))
    return [block(i, items, edges[i]) for i, items in enumerate(drawn) if items]


def block(bucket, items, edge):
    sheet = np.zeros((len(items), H, edge), np.uint8)
    labels, at = np.zeros((len(items), TOKENS), np.int32), np.zeros((len(items), TOKENS), np.float32)
    classes = np.full((len(items), TOKENS), -1, np.int64)
    for i, (canvas, label, _) in enumerate(items):
        sheet[i, :, :canvas.shape[1]] = canvas
        labels[i, :len(label)] = list(label)
        for k, (x, c) in enumerate([p for p in getattr(label, "at", None) or [] if p[1] is not None][:TOKENS]):
            at[i, k], classes[i, k] = x, c
    return (bucket, sheet, np.array([c.shape[1] for c, _, _ in items], np.float32), labels,
            np.array([len(lab) for _, lab, _ in items], np.int64), at, classes, np.array([bool(f) for _, _, f in items]))


def _work(makers, wanted, drawn, widths, edges, out, stop, seed):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rng = np.random.default_rng(seed)
    while not stop.is_set():
        lack = np.array([max(0.0, w - n) for w, n in zip(wanted, drawn)])
        kind = int(rng.choice(len(wanted), p=lack / lack.sum())) if lack.sum() > 0 else 0
        for part in draw(makers[kind], rng, int(rng.choice(widths)), edges):
            with drawn.get_lock():
                drawn[kind] += len(part[1])
            while not stop.is_set():
                try:
                    out.put((kind,) + part, timeout=.5)
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

    def alive(self):
        return any(p.is_alive() for p in self.processes)

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
        return [part[i.to(part.device)] for part in self.parts]


class Pools:
    """All pools of a training: of each kind up to capacity canvases in every bucket, allocated at once (kinds x capacity x
    48 x the sum of the edges bytes: some 20 GB with the defaults)."""

    def __init__(self, drawers, capacities, edges, device):
        self.drawers, self.device = drawers, device
        self.pools = [[Pool(max(BLOCK, c), e, device) for e in edges] for c in capacities]

    def fill(self, most=64, wait=0.0):
        """Takes what has been drawn, most blocks at a time; waits for the first up to wait seconds."""
        for k in range(most):
            try:
                kind, bucket, *arrays = self.drawers.out.get(timeout=wait) if wait and not k else self.drawers.out.get_nowait()
            except queue.Empty:
                if not self.drawers.alive():
                    raise RuntimeError("no process draws any more")
                return k
            self.pools[kind][bucket].add(arrays)
        return most

    def count(self, kind):
        return sum(p.count for p in self.pools[kind])

    def batch(self, rng, shares, n):
        """n canvases of one bucket: shares = [(kind, part)].  The bucket is drawn by what the first kind holds."""
        have = np.array([self.pools[shares[0][0]][b].count if all(self.pools[k][b].count for k, _ in shares) else 0
                         for b in range(len(self.pools[0]))], float)
        if not have.sum():
            raise RuntimeError("no bucket has canvases of every kind")
        b = int(rng.choice(len(have), p=have / have.sum()))
        got = [self.pools[k][b].take(max(1, int(round(part * n)))) for k, part in shares]
        return [torch.cat(p) for p in zip(*got)]
