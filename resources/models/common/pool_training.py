# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains a zone's net on a GPU: the base on generated canvases, and from it one net for each split of the real crops.

    pool_training.py digits|words --mnist ... --thai ... --fonts ... --crops ... --truth ... --extra struck.jsonl
                     --groups folds.json --aligner digits.onnx --work FOLDER
    pool_training.py provinces --fonts ... --work FOLDER            (no real crops: the base alone)

Split "final" holds nothing out, split k the documents of group k.  Drawing runs on --workers processes beside the training.
The aligner (digits only) is any exported digit net, as the one of this repository.  Each split's net is tuned --tunings times, one
after the other, and is the mean of these.  --start goes on from another base; with --base-seconds 0 that is the base.  Writes
ZONE-base.pt, ZONE-SPLIT.pt and ZONE.log into the work folder.  From there: train.py --stage final or hold tunes a split's net further
(--start); average.py takes the mean of such nets and writes the ONNX file that crossval.py and the program read, of the provinces
provinces/train.py --stage export does.
"""
import copy
import json
import math
import os
import time

import cv2
import numpy as np
import torch
import torch.nn.functional as F

import average
import ctc
import digits
import finetune
import pools
import provinces
import real
import scan_effects
import sources
import words

# anchors: weight of the loss at known middles, in the base and in the tuning.  about: the middles are guessed from the widths of
# letters (until half of the training); CTC, which finds nothing by itself there, grows at the beginning.
ZONES = {
    "digits": dict(net=ctc.digit_net, names=ctc.DIGITS, module=digits, edges=[72, 104, 136, 208], anchors=(.3, .2)),
    "words": dict(net=ctc.word_net, names=ctc.WORDS, module=words, edges=[128, 176, 216, 264], anchors=(.5, .5)),
    "provinces": dict(net=provinces.province_net, names=provinces.classes(), module=provinces, edges=[136, 184, 232, 288],
                      anchors=(1.0, 0), about=True),
}


class Recipe:
    """What one training is given: shares of the kinds, batch, peak rate, seconds, weight of the loss at known middles, whether the
    net can read already."""

    def __init__(self, shares, batch, rate, seconds, anchors, warm):
        self.shares, self.batch, self.rate, self.seconds, self.anchors, self.warm = shares, batch, rate, seconds, anchors, warm


def loss_of(net, out, labels, lengths, at, classes, fold, dash, anchors, about=False, share=1.0):
    """share of CTC and, with a weight, cross-entropy at the tokens' middles and half-way between them; about: around them."""
    lp = ctc.log_probs(out)
    steps = out.shape[3]
    lp = torch.where(fold[None, :, None], ctc.fold_into_blank(lp, dash), lp)
    each = F.ctc_loss(lp, labels.long(), torch.full((len(labels),), steps, dtype=torch.long), lengths, blank=0, reduction="none",
                      zero_infinity=True)
    loss = share * (each / (lengths.to(each.device) + 1)).mean()
    if not anchors:
        return loss
    if about:
        n, k = torch.nonzero(classes > 0, as_tuple=True)
        return loss + anchors * provinces.anchor_loss(ctc.log_probs(out), n, (at[n, k] / net.step).long(), classes[n, k])
    plain = F.log_softmax(out[:, :, 0, :], dim=1)
    rows = torch.arange(len(at), device=at.device)[:, None]

    def chosen(x, c, ok):
        m = (x / net.step).long()
        ok = ok & (m >= 0) & (m < steps)
        lost = -plain[rows, c.clamp_min(0), m.clamp(0, steps - 1)] * ok
        return lost.sum(), ok.sum()

    a, na = chosen(at, classes, classes >= 0)
    between = (classes[:, :-1] >= 0) & (classes[:, 1:] >= 0) & (at[:, 1:] - at[:, :-1] > 2.5 * net.step)
    b, nb = chosen((at[:, :-1] + at[:, 1:]) / 2, torch.zeros_like(classes[:, 1:]), between)
    return loss + anchors * (a + b) / (na + nb).clamp_min(1)


class Trainer:
    def __init__(self, zone, supply, device, log, seed):
        self.zone, self.supply, self.device, self.log = zone, supply, device, log
        self.effects = scan_effects.ScanEffects(device)
        self.rng = np.random.default_rng(seed)
        self.dash = zone["names"].index("-") if "-" in zone["names"] else 0
        self.bf16 = device.type == "cuda"

    def inputs(self, recipe):
        x, width, labels, lengths, at, classes, fold = self.supply.batch(self.rng, recipe.shares, recipe.batch)
        n = len(x)
        u = torch.rand(n, device=self.device)     # as synth.Pooled
        strength = torch.where(u < .4, .3, torch.where(u < .8, .55, 1.0))
        x, at = self.effects(x.float() / 255, width, at, strength, torch.ones_like(strength))
        return x.contiguous(memory_format=torch.channels_last), labels, lengths, at, classes, fold

    def train(self, net, recipe, name):
        net.to(self.device).train().to(memory_format=torch.channels_last)
        opt = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=1e-3, **({"fused": True} if self.bf16 else {}))
        begun, step, sums, told = time.time(), 0, torch.zeros((), device=self.device), 0
        while True:
            f = (time.time() - begun) / recipe.seconds
            if f >= 1:
                break
            rate = recipe.rate * min(1.0, (step + 1) / 200) * (.01 + .99 * .5 * (1 + math.cos(math.pi * f)))
            for g in opt.param_groups:
                g["lr"] = rate
            self.supply.fill(12)
            x, labels, lengths, at, classes, fold = self.inputs(recipe)
            with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.bf16):
                out = net(x)
            about = self.zone.get("about", False)
            anchors = recipe.anchors * max(0.0, 1 - f / .5) if about else recipe.anchors if f < .8 else 0
            loss = loss_of(net, out.float(), labels, lengths, at, classes, fold, self.dash, anchors, about,
                           min(1.0, .1 + f / .15) if about and not recipe.warm else 1.0)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            opt.step()
            step += 1
            sums += loss.detach()
            if step % 250 == 0:
                print("%s step %d  %.0f s  loss %.4f  lr %.5f  pool %d" % (name, step, time.time() - begun, float(sums) / (step - told), rate,
                      self.supply.count(recipe.shares[0][0])), file=self.log, flush=True)
                sums.zero_()
                told = step
        ctc.settle(net, (self.inputs(recipe)[:1] for _ in iter(int, 1)), 80, scale=1)
        print("%s end: %d steps of %d, %.0f s" % (name, step, recipe.batch, time.time() - begun), file=self.log, flush=True)
        return net

    @torch.no_grad()
    def right(self, net, crops):
        """(numbers right, numbers, non-zero right, non-zero) by the most probable path."""
        net.eval()
        empty = ("", "-", "0")
        got = [0, 0, 0, 0]
        for c in crops:
            x = torch.from_numpy(ctc.widened(c.ink)).to(self.device)
            read = finetune.reading(self.zone["names"], ctc.greedy(net(x)[0, :, 0].T.cpu().numpy())).lstrip("#")
            ok = read == c.value or (read in empty and c.value in empty)
            some = c.value not in empty
            got = [got[0] + ok, got[1] + 1, got[2] + (ok and some), got[3] + some]
        return got


def generated(maker):
    def draw(rng, w):
        canvas, label = maker.compose(rng, w)
        return np.clip(canvas * 255, 0, 255).astype(np.uint8), label, False
    return draw


def from_real(maker):
    def draw(rng, w):
        canvas, label, fold = maker.canvas(rng, w)
        return np.clip(canvas * 255, 0, 255).astype(np.uint8), label, fold
    return draw


def with_real(a, zone, name):
    """Splits, real crops, and the makers of canvases with how many are wanted and kept of each."""
    source, module = sources.digits(a, name == "digits"), zone["module"]
    glyphs, printed = sources.fonts(a)
    groups = json.load(open(a.groups, encoding="utf-8"))
    crops = real.load(sources.load_index(a.crops), a.crops, real.truth_of(a.truth), name, real.load_extra(a.extra))
    splits = {"final": []}
    splits.update({str(k): g for k, g in enumerate(groups)})
    aligner = ctc.Exported(a.aligner, zone["net"]().step, [c.ink for c in crops]) if name == "digits" else None
    first = module.Maker(source, glyphs, printed)
    makers, wanted, capacity = [generated(first)], [a.canvases], [a.canvases]
    for held in splits.values():
        train = [c for c in crops if c.file not in held]
        maker = copy.copy(first)    # shares the hands and fonts
        maker.blanks = real.blanks(train)
        makers += [from_real(real.RealMaker(train, name, glyphs, module.number, aligner)), generated(maker)]
        wanted += [a.real_canvases, a.real_canvases // 2]
        capacity += [a.real_canvases, a.real_canvases // 2]
    return splits, crops, makers, wanted, capacity


def main():
    p = sources.parser("base and final")
    p.add_argument("--rate", type=float, default=1.3e-3, help="learning rate of the tuning")
    p.add_argument("--batch", type=int, default=32, help="batch of the tuning")
    p.add_argument("--start", help="checkpoint (.pt) of a base to go on from")
    p.add_argument("zone", choices=sorted(ZONES))
    p.add_argument("--aligner", help="an exported digit net that shows where the digits of real crops stand")
    p.add_argument("--workers", type=int, default=8)
    p.add_argument("--device", default="cuda")
    p.add_argument("--base-seconds", type=float, default=300, help="0: --start is the base")
    p.add_argument("--tune-seconds", type=float, default=25)
    p.add_argument("--tunings", type=int, default=1, help="trainings of each split, one after the other, of which the mean is taken")
    p.add_argument("--base-batch", type=int, default=512)
    p.add_argument("--base-rate", type=float, default=4e-3)
    p.add_argument("--canvases", type=int, default=300000, help="generated canvases, of each range of widths, that are kept")
    p.add_argument("--real-canvases", type=int, default=40000, help="canvases with real crops that are kept for each split")
    a = p.parse_args()
    if a.zone != "provinces" and not (a.mnist and a.crops and a.truth and a.groups) or (a.zone == "digits" and not a.aligner):
        p.error("--mnist, --crops, --truth and --groups are needed, and --aligner for digits")
    if a.tunings < 1 or (a.base_seconds <= 0 and not a.start) or (a.start or "").endswith(".onnx"):
        p.error("at least one tuning; something to start from: base seconds or a checkpoint (.pt)")
    if a.start and os.path.abspath(a.start) == os.path.abspath(os.path.join(a.work, a.zone + "-base.pt")):
        p.error("--start would be written over")
    cv2.setNumThreads(1)    # a pool of threads would not survive the fork of the drawers
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    zone, name = ZONES[a.zone], a.zone
    os.makedirs(a.work, exist_ok=True)
    module, splits, crops = zone["module"], {}, []
    if name == "provinces":
        makers = [generated(provinces.Maker(*provinces.fonts(a), ramp=a.base_seconds * .15))]
        wanted, capacity = [a.canvases], [a.canvases]
    else:
        splits, crops, makers, wanted, capacity = with_real(a, zone, name)
    drawers = pools.Drawers(makers, wanted, module.WIDTHS, zone["edges"], a.workers, a.seed)
    torch.set_num_threads(a.threads)
    device = torch.device(a.device)
    try:
        with open(os.path.join(a.work, name + ".log"), "a") as log:
            run(a, zone, splits, crops, pools.Pools(drawers, capacity, zone["edges"], device), device, log)
    finally:
        drawers.close()


def run(a, zone, splits, crops, supply, device, log):
    begun = time.time()
    while supply.count(0) < min(a.canvases, 4000):
        supply.fill(64, .5)
    print("first canvases after %.0f s" % (time.time() - begun), file=log, flush=True)
    trainer = Trainer(zone, supply, device, log, a.seed)
    net = zone["net"]()
    path = os.path.join(a.work, a.zone + "-%s.pt")

    def keep(net, split, held):
        torch.save({k: v.cpu().contiguous() for k, v in net.state_dict().items()}, path % split)
        print("%s: %d of %d right, %d of %d non-zero" % ((split,) + tuple(trainer.right(net, held))), file=log, flush=True)

    if a.start:
        ctc.load_weights(net, a.start)
    if a.base_seconds:
        trainer.train(net, Recipe([(0, 1.0)], a.base_batch, a.base_rate, a.base_seconds, zone["anchors"][0], bool(a.start)), "base")
        keep(net, "base", crops)
    net.cpu()
    # Kind 0 is generated; split k has the kinds 1 + 2k (with its real crops) and 2 + 2k (generated on its blank cells).
    for k, (split, held) in enumerate(splits.items()):
        tuned = zone["net"]()
        tuned.load_state_dict({n: v.cpu() for n, v in net.state_dict().items()})
        shares = [(1 + 2 * k, .5), (2 + 2 * k, .2), (0, .3)]
        while min(supply.count(1 + 2 * k), 2 * supply.count(2 + 2 * k)) < min(2000, a.real_canvases // 2):
            supply.fill(64, .5)
        states = []
        for _ in range(a.tunings):
            trainer.train(tuned, Recipe(shares, a.batch, a.rate, a.tune_seconds, zone["anchors"][1], True), split)
            states.append(copy.deepcopy(tuned.state_dict()))
        tuned.load_state_dict(average.mean_of(states))
        keep(tuned, split, [c for c in crops if not held or c.file in held])


if __name__ == "__main__":
    main()
