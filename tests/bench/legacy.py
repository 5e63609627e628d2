#!/usr/bin/env python3
"""Documents in legacy encodings against their transcripts.

    tests/bench/legacy.py [--fold] [--tone old] FOLDER COMMAND…    ({} in COMMAND is the document)

FOLDER has corpus/public-domain/*/DOCUMENT and truth/NAME.txt. Three shares of the transcript, after NFC and with blanks
collapsed: its characters found again; its letters with a diacritic that came out as they are (aligned by base letters);
its words. Micro: over all; macro: the mean over documents. --fold compares in small letters: the transcripts do not know
which fonts show capitals. --tone old puts both sides' tone marks as normalize does (hòa, not hoà).
"""
import argparse
import bisect
import collections
import difflib
import glob
import os
import subprocess
import unicodedata


def prepared(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def marked(char):
    return char in "đĐ" or any(unicodedata.category(c) == "Mn" for c in unicodedata.normalize("NFD", char)[1:])


def base(char):
    letters = [c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn"]
    return {"đ": "d", "Đ": "D"}.get(letters[0], letters[0]) if len(letters) == 1 else char


def anchors(a, b, size):
    """Stretches of `size` that stand once in each, in rising order in both."""

    def once(items):
        places = {}
        for i in range(len(items) - size + 1):
            key = tuple(items[i : i + size])
            places[key] = -1 if key in places else i
        return {key: i for key, i in places.items() if i >= 0}

    in_a, in_b = once(a), once(b)
    pairs = sorted((i, in_b[key]) for key, i in in_a.items() if key in in_b)
    ends, index, before = [], [], [None] * len(pairs)
    for p, (_, j) in enumerate(pairs):
        k = bisect.bisect_left(ends, j)
        ends[k : k + 1], index[k : k + 1] = [j], [p]
        before[p] = index[k - 1] if k else None
    chain, p = [], index[-1] if index else None
    while p is not None:
        chain.append(pairs[p])
        p = before[p]
    return reversed(chain)


def matches(a, b, size):
    """Pairs of equal places; difflib alone would take hours on a document of 200 kB."""
    i = j = 0
    for x, y in [*anchors(a, b, size), (len(a), len(b))]:
        if x < i or y < j:
            if x - y != i - j:
                continue
            x, y = i, j
        for block in difflib.SequenceMatcher(None, a[i:x], b[j:y], autojunk=False).get_matching_blocks():
            yield from ((i + block.a + k, j + block.b + k) for k in range(block.size))
        stretch = min(size, len(a) - x, len(b) - y)
        while stretch and a[x : x + stretch] != b[y : y + stretch]:
            stretch -= 1
        yield from ((x + k, y + k) for k in range(stretch))
        i, j = x + stretch, y + stretch


def score(truth, got):
    truth, got = prepared(truth), prepared(got)
    letters = sum(1 for _ in matches(truth, got, 24))
    plain = ["".join(map(base, text)) for text in (truth, got)]
    right = sum(1 for i, j in matches(*plain, 24) if truth[i] == got[j] and marked(truth[i]))
    words = [text.split() for text in (truth, got)]
    same = sum(1 for _ in matches(*words, 4))
    return letters, len(truth), right, sum(map(marked, truth)), same, len(words[0])


def run(command, **more):
    return subprocess.run(command, capture_output=True, check=False, **more)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--fold", action="store_true")
    parser.add_argument("--tone", choices=["old"])
    parser.add_argument("--only", default="", help="end of the documents' names")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    sums = collections.defaultdict(list)
    failed = []
    for path in sorted(glob.glob(f"{options.folder}/corpus/public-domain/*/*{options.only}")):
        name, kind = os.path.splitext(os.path.basename(path))
        with open(f"{options.folder}/truth/{name}.txt", encoding="utf-8") as file:
            truth = file.read()
        result = run([path if word == "{}" else word for word in options.command])
        if result.returncode:
            failed.append(f"{name}{kind}: {result.stderr.decode().strip()}")
        got = result.stdout.decode("utf-8", "replace")
        if options.tone:
            tone = [options.command[0], "normalize", "--encoding", "utf-8", "--tone", "old"]
            truth, got = (run(tone, input=text.encode()).stdout.decode() for text in (truth, got))
        if options.fold:
            truth, got = truth.lower(), got.lower()
        counts = score(truth, got)
        sums[kind].append(counts)
        sums["all"].append(counts)
        print(*(f"{counts[i] / max(counts[i + 1], 1):.4f}" for i in (0, 2, 4)), name + kind)
    print("characters, diacritics, words")
    for kind, rows in sorted(sums.items()):
        micro = [sum(r[i] for r in rows) / sum(r[i + 1] for r in rows) for i in (0, 2, 4)]
        macro = [sum(r[i] / max(r[i + 1], 1) for r in rows) / len(rows) for i in (0, 2, 4)]
        print(f"{kind} n={len(rows)} micro", *(f"{x:.4f}" for x in micro), "macro", *(f"{x:.4f}" for x in macro))
    print("failed:", len(failed), *failed)


if __name__ == "__main__":
    main()
