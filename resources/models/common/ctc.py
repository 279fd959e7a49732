# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks, loss, decoding and export shared by the digit and the word net.

Both nets are fully convolutional: input N x 1 x 48 x W (ink = 1), output
N x C x 1 x W/4 raw scores, class 0 is the CTC blank.  No squeeze, permute or
recurrent layer is inside, so OpenCV's cv::dnn runs them at any width.
"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

HEIGHT = 48
STEP = 4

DIGITS = ["blank"] + [str(i) for i in range(10)] + ["-", "#"]
WORDS = ["blank", "ศูนย์", "หนึ่ง", "เอ็ด", "สอง", "ยี่", "สาม", "สี่", "ห้า", "หก", "เจ็ด",
         "แปด", "เก้า", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน", "ล้าน", "-", "#"]


def _conv(ci, co, k, stride=1, pad=None, dil=1):
    k = (k, k) if isinstance(k, int) else k
    if pad is None:
        pad = ((k[0] - 1) // 2, (k[1] - 1) // 2 * dil)
    return [nn.Conv2d(ci, co, k, stride, pad, dilation=(1, dil), bias=False),
            nn.BatchNorm2d(co), nn.ReLU(inplace=True)]


class Net(nn.Module):
    def __init__(self, layers, step=STEP):
        super().__init__()
        self.step = step    # input columns for each output
        self.seq = nn.Sequential(*layers)

    def forward(self, x):
        return self.seq(x)


def digit_net(classes=len(DIGITS)):
    """About 570,000 parameters, context of about 70 px.  One output every 2 px:
    dense figures have digits 8 px apart, and equal ones need a blank between."""
    return Net(_conv(1, 24, 5, 2) + _conv(24, 40, 3) + [nn.MaxPool2d((2, 3), (2, 1), (0, 1))]
               + _conv(40, 72, 3, dil=2) + _conv(72, 72, 3, dil=2) + [nn.MaxPool2d((2, 1))]
               + _conv(72, 112, 3, dil=2) + [nn.MaxPool2d((2, 1))]
               + _conv(112, 128, 3, dil=2) + _conv(128, 160, 3, pad=(0, 2), dil=2)
               + _conv(160, 128, (1, 5), dil=2) + [nn.Dropout(0.1), nn.Conv2d(128, classes, 1)], step=2)


def word_net(classes=len(WORDS)):
    """About 800,000 parameters, context of about 110 px."""
    return Net(_conv(1, 24, 5, 2) + _conv(24, 48, 3, 2) + [nn.Identity()]
               + _conv(48, 80, 3) + [nn.MaxPool2d((2, 1))]
               + _conv(80, 128, 3) + [nn.MaxPool2d((2, 1))]
               + _conv(128, 144, 3) + _conv(144, 192, 3, pad=(0, 1))
               + _conv(192, 144, (1, 5)) + _conv(144, 144, (1, 5), dil=2)
               + [nn.Dropout(0.1), nn.Conv2d(144, classes, 1)])


def log_probs(out):
    """N x C x 1 x T scores -> T x N x C log-probabilities."""
    return F.log_softmax(out[:, :, 0, :], dim=1).permute(2, 0, 1)


def fold_into_blank(lp, dash):
    """Adds the probability of a dash to the blank, for numbers that may stand
    between dashes (-718-) although their label does not say so."""
    b = torch.logaddexp(lp[..., 0], lp[..., dash])
    out = lp.clone()
    out[..., 0] = b
    out[..., dash] = -30.0
    return out


def ctc_loss(out, labels, lengths_t, fold=None, dash=None, weights=None):
    lp = log_probs(out)
    if fold is not None and bool(fold.any()):
        lp = torch.where(fold[None, :, None], fold_into_blank(lp, dash), lp)
    target = torch.tensor([c for lab in labels for c in lab], dtype=torch.long)
    tl = torch.tensor([len(lab) for lab in labels], dtype=torch.long)
    loss = F.ctc_loss(lp, target, lengths_t, tl, blank=0, reduction="none", zero_infinity=True)
    loss = loss / (tl + 1).float()
    if weights is not None:
        loss = loss * weights
    return loss.mean()


class Anchored(tuple):
    """A label whose tokens' middle columns are known: .at = [(x, class)]."""

    @staticmethod
    def make(label, at):
        a = Anchored(label)
        a.at = list(at)
        return a


def anchor_loss(out, labels, step=STEP):
    """Cross-entropy at the steps around each token's middle (token) and half-way between tokens (blank);
    CTC alone finds the alignment slowly."""
    n, t, c = [], [], []
    T = out.shape[3]
    for i, lab in enumerate(labels):
        at = getattr(lab, "at", None)
        if not at:
            continue
        for x, k in at:
            m = int(x / step)
            if 0 <= m < T:
                n.append(i), t.append(m), c.append(k)
        for (a, _), (b, _) in zip(at, at[1:]):
            m = int((a + b) / 2 / step)
            if 0 <= m < T and b - a > 2.5 * step:
                n.append(i), t.append(m), c.append(0)
    if not n:
        return out.sum() * 0
    lp = F.log_softmax(out[:, :, 0, :], dim=1)
    return -lp[torch.tensor(n), torch.tensor(c), torch.tensor(t)].mean()


def load_weights(net, path):
    """Loads a checkpoint (.pt) or an exported net (.onnx) into net.  An export has its batch normalisation folded
    into the convolutions: the statistics are set so that the layers give the same values in eval mode."""
    if not path.endswith(".onnx"):
        net.load_state_dict(torch.load(path))
        return net
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(path).graph
    init = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    folded = [[init[k] for k in n.input[1:]] for n in graph.node if n.op_type == "Conv"]
    convs = [m for m in net.modules() if isinstance(m, nn.Conv2d)]
    norms = [m for m in net.modules() if isinstance(m, nn.BatchNorm2d)]
    if len(folded) != len(convs):
        raise RuntimeError("%s has %d convolutions, not %d" % (path, len(folded), len(convs)))
    with torch.no_grad():
        for conv, norm, (w, b) in zip(convs, norms + [None], folded):
            conv.weight.copy_(torch.from_numpy(w.copy()))
            bias = torch.from_numpy(b.copy())
            if norm is None:
                conv.bias.copy_(bias)
            else:
                norm.weight.fill_(1), norm.bias.copy_(bias)
                norm.running_mean.zero_(), norm.running_var.fill_(1 - norm.eps)
    return net


@torch.no_grad()
def unfold(net, x):
    """After load_weights of an export: gives every normalisation the statistics of the batch x, with gains and shifts
    that keep the net's values, so that training can go on."""
    net.eval()
    for layer, after in zip(net.seq, list(net.seq)[1:]):
        x = layer(x)
        if isinstance(after, nn.BatchNorm2d) and isinstance(layer, nn.Conv2d):
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3)).clamp_min(1e-4)
            gain = after.weight / torch.sqrt(after.running_var + after.eps)
            shift = after.bias - after.running_mean * gain
            after.weight.copy_(gain * torch.sqrt(var + after.eps))
            after.bias.copy_(shift + mean * gain)
            after.running_mean.copy_(mean), after.running_var.copy_(var)
    return net


# ---------------------------------------------------------------- decoding

def softmax_np(scores):
    """C x T scores -> T x C log-probabilities."""
    s = scores.T.astype(np.float64)
    m = s.max(1, keepdims=True)
    return s - m - np.log(np.exp(s - m).sum(1, keepdims=True))


def prefix_beam(lp, width=24, nbest=6, cut=-9.0):
    """CTC prefix beam search; returns [(labels, log probability)] best first."""
    beams = {(): (0.0, -math.inf)}
    for row in lp:
        keep = [c for c in range(1, len(row)) if row[c] > cut]
        nxt = {}

        def add(key, pb, pn):
            a = nxt.get(key)
            if a is None:
                nxt[key] = (pb, pn)
            else:
                nxt[key] = (np.logaddexp(a[0], pb), np.logaddexp(a[1], pn))

        for pre, (pb, pn) in beams.items():
            tot = np.logaddexp(pb, pn)
            add(pre, tot + row[0], -math.inf)
            if pre:
                add(pre, -math.inf, pn + row[pre[-1]])
            for c in keep:
                if pre and c == pre[-1]:
                    add(pre + (c,), -math.inf, pb + row[c])
                else:
                    add(pre + (c,), -math.inf, tot + row[c])
        beams = dict(sorted(nxt.items(), key=lambda kv: -np.logaddexp(*kv[1]))[:width])
    res = [(k, float(np.logaddexp(*v))) for k, v in beams.items()]
    return sorted(res, key=lambda kv: -kv[1])[:nbest]


def greedy(lp):
    best = lp.argmax(1)
    out, prev = [], 0
    for c in best:
        if c != prev and c != 0:
            out.append(int(c))
        prev = c
    return tuple(out)


def viterbi(lp, label):
    """Best CTC path of a label: list of (class index position, first, last step)."""
    ext = [0]
    for c in label:
        ext += [c, 0]
    S, T = len(ext), len(lp)
    d = np.full((T, S), -np.inf)
    bp = np.zeros((T, S), int)
    d[0, 0] = lp[0][0]
    if S > 1:
        d[0, 1] = lp[0][ext[1]]
    for t in range(1, T):
        for s in range(S):
            cand = [(d[t - 1, s], s)]
            if s >= 1:
                cand.append((d[t - 1, s - 1], s - 1))
            if s >= 2 and ext[s] != 0 and ext[s] != ext[s - 2]:
                cand.append((d[t - 1, s - 2], s - 2))
            v, k = max(cand)
            d[t, s] = v + lp[t][ext[s]]
            bp[t, s] = k
    s = S - 1 if S == 1 or d[T - 1, S - 1] >= d[T - 1, S - 2] else S - 2
    score = d[T - 1, s]
    states = [s]
    for t in range(T - 1, 0, -1):
        s = bp[t, s]
        states.append(s)
    states.reverse()
    spans = []
    for i in range(len(label)):
        ts = [t for t, s in enumerate(states) if s == 2 * i + 1]
        spans.append((ts[0], ts[-1]) if ts else (0, 0))
    return spans, score


# ---------------------------------------------------------------- numbers in Thai words

_UNIT = {"ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6,
         "เจ็ด": 7, "แปด": 8, "เก้า": 9}
_SCALE = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10000, "แสน": 100000, "ล้าน": 1000000}


def tokens_of(text):
    """Tokens of a number written in Thai words; suffixes and quotes are skipped."""
    text = text.replace("\u0e4d\u0e32", "\u0e33")
    toks, i = [], 0
    names = sorted(WORDS[1:-2], key=len, reverse=True)
    while i < len(text):
        for n in names:
            if text.startswith(n, i):
                toks.append(n)
                i += len(n)
                break
        else:
            i += 1
    return toks


def value_of(tokens):
    """Number of a token list, or None; accepts หนึ่ง for เอ็ด and digit by digit."""
    if not tokens or any(t not in _UNIT and t not in _SCALE for t in tokens):
        return None
    if all(t in _UNIT for t in tokens):
        return int("".join(str(_UNIT[t]) for t in tokens))
    total, unit, last = 0, None, 10 ** 9
    for t in tokens:
        if t in _UNIT:
            if unit is not None:
                return None
            unit = _UNIT[t]
        else:
            s = _SCALE[t]
            if s >= last:
                return None
            if unit is None and s not in (10, 100, 1000):
                return None
            total += (1 if unit is None else unit) * s
            unit, last = None, s
    return total + (unit or 0)


def words_of(n, one_for_et=False, by_digit=False):
    """Token names of a number."""
    names = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
    s = str(n)
    if by_digit or n == 0:
        return [names[int(c)] for c in s]
    scale = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน", "ล้าน"]
    out = []
    for i, c in enumerate(s):
        p, d = len(s) - 1 - i, int(c)
        if d == 0:
            continue
        if p == 1:
            if d == 2:
                out.append("ยี่")
            elif d > 2:
                out.append(names[d])
            out.append("สิบ")
        elif p == 0 and d == 1 and len(s) > 1:
            # "เอ็ด" after tens; after hundreds with no tens either word is written
            out.append("หนึ่ง" if one_for_et else "เอ็ด")
        else:
            out.append(names[d])
            if p:
                out.append(scale[p])
    return out


# ---------------------------------------------------------------- batches, training, export

def collate(items):
    """Items (ink uint8 array 48 x w, label tuple, fold flag, weight) -> tensors."""
    W = max(it[0].shape[1] for it in items)
    W = (W + 7) // 8 * 8
    x = np.zeros((len(items), 1, HEIGHT, W), np.uint8)
    for i, it in enumerate(items):
        x[i, 0, :, :it[0].shape[1]] = it[0]
    fold = torch.tensor([bool(it[2]) for it in items])
    weight = torch.tensor([float(it[3]) for it in items])
    return torch.from_numpy(x), [it[1] for it in items], fold, weight


class Stream(torch.utils.data.IterableDataset):
    """Endless batches of maker(rng, width) items; one width for a batch."""

    def __init__(self, maker, batch, widths, seed):
        self.maker, self.batch, self.widths, self.seed = maker, batch, widths, seed

    def __iter__(self):
        import cv2
        cv2.setNumThreads(1)
        info = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, info.id if info else 0])
        while True:
            w = int(rng.choice(self.widths))
            yield collate([self.maker(rng, w) for _ in range(self.batch)])


def train(net, maker, minutes, batch, widths, lr, seed, dash, log, threads=2, workers=1, every=200,
          snapshot=None, anchors=0.0, bf16=True):
    """Trains for a wall-clock budget with a warm-up and a cosine schedule over time; in bfloat16, which takes half
    the time on processors that have it."""
    import time
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    net.train()
    net.to(memory_format=torch.channels_last)
    opt = torch.optim.AdamW(net.parameters(), lr=lr, weight_decay=1e-3)
    loader = iter(torch.utils.data.DataLoader(Stream(maker, batch, widths, seed), batch_size=None,
                                              num_workers=workers, prefetch_factor=8))
    t0, step, acc = time.time(), 0, []
    snap = t0
    while True:
        f = (time.time() - t0) / (minutes * 60)
        if f >= 1:
            break
        rate = lr * min(1.0, (step + 1) / 100) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * f)))
        for g in opt.param_groups:
            g["lr"] = rate
        x, labels, fold, weight = next(loader)
        x = (x.float() / 255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            out = net(x)
        out = out.float()
        T = torch.full((len(labels),), out.shape[3], dtype=torch.long)
        loss = ctc_loss(out, labels, T, fold, dash, weight)
        acc.append(float(loss))
        if anchors and f < .8:
            loss = loss + anchors * anchor_loss(out, labels, net.step)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        opt.step()
        step += 1
        if step % every == 0:
            print("step %d  %.1f min  loss %.4f  lr %.5f" % (step, (time.time() - t0) / 60,
                  float(np.mean(acc[-every:])), rate), file=log, flush=True)
        if snapshot and time.time() - snap > 120:
            snap = time.time()
            torch.save(net.state_dict(), snapshot)
    settle(net, loader)
    print("end: %d steps of %d, %.1f min, loss %.4f" % (step, batch, (time.time() - t0) / 60,
          float(np.mean(acc[-every:]))), file=log, flush=True)
    return step


@torch.no_grad()
def settle(net, batches, count=60, scale=255):
    """Takes the statistics of all normalisations anew, as means over many batches: the running ones follow the last few
    batches, which matters where batches are small and of one width each."""
    norms = [m for m in net.modules() if isinstance(m, nn.BatchNorm2d)]
    usual = norms[0].momentum
    for m in norms:
        m.reset_running_stats()
        m.momentum = None
    net.train()
    for _ in range(count):
        x = next(batches)[0]
        net((x.float() / scale).contiguous(memory_format=torch.channels_last))
    for m in norms:
        m.momentum = usual


def widened(ink):
    """A crop (uint8, 48 x w) as the nets take it: 1 x 1 x 48 x W, 0 to 1, W a multiple of 8."""
    w = (ink.shape[1] + 7) // 8 * 8
    x = np.zeros((1, 1, HEIGHT, w), np.float32)
    x[0, 0, :, :ink.shape[1]] = ink / 255.0
    return x


def run(net, ink):
    """Scores C x T of one crop (uint8 48 x w)."""
    with torch.no_grad():
        return net(torch.from_numpy(widened(ink)))[0, :, 0].numpy()


def _scores_of(path, inks):
    import cv2
    net = cv2.dnn.readNetFromONNX(path)
    out = []
    for ink in inks:
        net.setInput(widened(ink))
        out.append(net.forward())
    return out


class Exported:
    """What an exported net of any shape says of some crops; called like the network.  A process of its own asks OpenCV, since
    its threads would not survive a fork of this one."""

    def __init__(self, path, step, inks):
        import multiprocessing
        self.step = step
        with multiprocessing.get_context("fork").Pool(1) as one:
            scores = one.apply(_scores_of, (path, inks))
        self.scores = {widened(i).tobytes(): s for i, s in zip(inks, scores)}

    def __call__(self, x):
        return torch.from_numpy(self.scores[x.numpy().tobytes()])


def export(net, path):
    """Writes the ONNX file and compares it with cv::dnn at several widths."""
    import cv2
    net = net.eval().to(memory_format=torch.contiguous_format)
    torch.onnx.export(net, torch.zeros(1, 1, HEIGHT, 96), path, opset_version=11,
                      input_names=["ink"], output_names=["scores"],
                      dynamic_axes={"ink": {0: "n", 3: "w"}, "scores": {0: "n", 3: "t"}})
    worst = 0.0
    rng = np.random.default_rng(1)
    cv = cv2.dnn.readNetFromONNX(path)
    for n, w in ((1, 64), (3, 104), (1, 176), (2, 200), (1, 256), (1, 96), (1, 8)):
        x = rng.random((n, 1, HEIGHT, w), dtype=np.float32)
        cv.setInput(x)
        a = cv.forward()
        with torch.no_grad():
            b = net(torch.from_numpy(x)).numpy()
        if a.shape != b.shape or b.shape[3] != w // net.step:
            raise RuntimeError("shape %s %s" % (a.shape, b.shape))
        worst = max(worst, float(np.abs(a - b).max()))
    if worst > 1e-4:
        raise RuntimeError("cv::dnn differs by %g" % worst)
    return worst
