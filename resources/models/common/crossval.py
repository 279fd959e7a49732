# SPDX-License-Identifier: GPL-3.0-or-later
"""Cross-validation by document: for every group of folds.json both nets are fine-tuned without its documents, then the
program's own reader reads these documents with those nets.  The results of all groups make one file to be scored.

    crossval.py --base FOLDER --work FOLDER --scans FOLDER --reader read_scans --minutes 6 -- ARGUMENTS OF train.py

--base holds digits-base.pt and words-base.pt, nets that have seen generated cells only.  What is there already (the net of
a group, its result) is not made again.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.dirname(HERE)
ZONES = ("digits", "words")


def nfc(text):
    return unicodedata.normalize("NFC", text)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--base", required=True)
    p.add_argument("--work", required=True)
    p.add_argument("--scans", required=True, help="folder with the PDF files")
    p.add_argument("--reader", required=True, help="tests/tools/read_scans")
    p.add_argument("--groups", default=os.path.join(HERE, "folds.json"))
    p.add_argument("--minutes", type=float, default=6)
    p.add_argument("--words-minutes", type=float)
    p.add_argument("--only", type=int, help="one group alone")
    p.add_argument("--again", action="store_true", help="go on from the nets of the groups and replace them")
    p.add_argument("--jobs", type=int, default=2)
    p.add_argument("training", nargs="*", help="arguments for train.py: --mnist, --fonts, --crops, --truth, ...")
    return p.parse_args()


def train(a, zone, k):
    """A running training of one group's net, or None when the net is there."""
    folder = os.path.join(a.work, "fold%d" % k, zone)
    out = os.path.join(folder, zone + ".onnx")
    own = os.path.join(a.work, "%s-hold%d.pt" % (zone, k))
    os.makedirs(folder, exist_ok=True)
    shutil.copy(os.path.join(MODELS, zone, "classes.json"), folder)
    if os.path.exists(out) and not a.again:
        return None
    start = own if a.again else os.path.join(a.base, zone + "-base.pt")
    minutes = a.words_minutes if zone == "words" and a.words_minutes else a.minutes
    command = [sys.executable, os.path.join(MODELS, zone, "train.py"), "--stage", "hold", "--hold", str(k), "--groups", a.groups,
               "--start", start, "--minutes", str(minutes), "--work", a.work, "--out", out,
               "--threads", "1", "--extra", os.path.join(HERE, "struck.jsonl")] + a.training
    log = open(os.path.join(a.work, "%s-hold%d.out" % (zone, k)), "w")
    return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def read(a, k, names):
    """The ballots of a group's documents as the program reads them with the group's nets."""
    models = os.path.join(a.work, "fold%d" % k)
    provinces = os.path.join(models, "provinces")
    if not os.path.exists(provinces):
        shutil.copytree(os.path.join(MODELS, "provinces"), provinces)
    files = sorted(os.path.join(d, f) for d, _, fs in os.walk(a.scans) for f in fs if nfc(f) in names)
    if len(files) != len(names):
        raise SystemExit("group %d: %d of %d documents found" % (k, len(files), len(names)))
    result = os.path.join(a.work, "fold%d.json" % k)
    with open(os.path.join(a.work, "fold%d.txt" % k), "w") as log:
        subprocess.run([a.reader, "--models", models, "--json", result, os.path.join(a.scans, "truth")] + files, stdout=log,
                       stderr=subprocess.STDOUT, check=True, env=dict(os.environ, QT_QPA_PLATFORM="offscreen"))
    with open(result, encoding="utf-8") as f:
        return json.load(f)


def main():
    a = arguments()
    os.makedirs(a.work, exist_ok=True)
    with open(a.groups, encoding="utf-8") as f:
        groups = [[nfc(n) for n in g] for g in json.load(f)]
    chosen = range(len(groups)) if a.only is None else [a.only]
    waiting = [(z, k) for k in chosen for z in ZONES]
    running = []
    while waiting or running:
        while waiting and len(running) < a.jobs:
            job = train(a, *waiting.pop(0))
            if job:
                running.append(job)
        if running:
            job = running.pop(0)
            if job.wait() != 0:
                raise SystemExit("training failed: see %s" % a.work)
    whole = None
    for k in chosen:
        part = read(a, k, groups[k])
        if whole is None:
            whole = part
        else:
            whole["ballots"] += part["ballots"]
    out = os.path.join(a.work, "crossval.json")
    with open(out, "w", encoding="utf-8") as f:
        json.dump(whole, f, ensure_ascii=False)
    print(out, len(whole["ballots"]), "ballots")


if __name__ == "__main__":
    main()
