"""Few-shot topics: K examples of each class, several draws, duluan against LinearSVC on the same.

    python3 tests/bench/few_shot.py --program build/release/engine/duluan --shared ../shared --set vsfc

Needs scikit-learn, which is for benchmarks alone. Draws come from the official training part by fixed seeds; scored on
the official test part (VNTC: every 16th text of it), main topic, abstentions taken at their best guess.
"""
import argparse
import json
import random
import statistics
import subprocess
import tempfile
from pathlib import Path


def vsfc(shared, part):
    folder = Path(shared) / "data/topics/vsfc"
    labels = (folder / f"{part}.topics.txt").read_text().splitlines()
    return list(zip(labels, (folder / f"{part}.sents.txt").read_text().splitlines()))


def vntc(shared, part):
    path = Path(shared) / f"data/raw/vntc10_{part}.tsv.zst"
    text = subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout.decode()
    step = 16 if part == "test" else 1
    rows = [line.split("\t") for line in text.split("\n")[::step] if line]
    return [(row[0], row[2]) for row in rows]


def write(path, rows):
    path.write_text("".join(f"{label}\t{text}\n" for label, text in rows))


def draw(rows, shots, seed):
    chooser = random.Random(seed)
    by_label = {}
    for label, text in rows:
        by_label.setdefault(label, []).append(text)
    return [(label, text) for label in sorted(by_label) for text in chooser.sample(by_label[label], shots)]


def ours(program, folder, extra):
    model = folder / "m.model"
    train = [program, "train", "topics", "--input", folder / "train.tsv", "--output", model, *extra]
    subprocess.run(train, check=True, stderr=subprocess.DEVNULL)
    scored = subprocess.run([program, "evaluate", "topics", folder / "test.tsv", "--model", model, "--json"],
                            capture_output=True, check=True)
    return 100 * json.loads(scored.stdout)["coverage"][0]["accuracy"]


def peer(train, test):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC
    form = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+")
    rows = form.fit_transform([text.replace("\\n", "\n") for _, text in train])
    model = LinearSVC().fit(rows, [label for label, _ in train])
    said = model.predict(form.transform([text.replace("\\n", "\n") for _, text in test]))
    return 100 * sum(a == label for a, (label, _) in zip(said, test)) / len(test)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--program", required=True)
    ask.add_argument("--shared", required=True)
    ask.add_argument("--set", choices=["vsfc", "vntc"], required=True)
    ask.add_argument("--base", help="model that lends its word vectors")
    ask.add_argument("--shots", type=int, default=10)
    ask.add_argument("--draws", type=int, default=5)
    told = ask.parse_args()
    read = {"vsfc": vsfc, "vntc": vntc}[told.set]
    train, test = read(told.shared, "train"), read(told.shared, "test")
    variants = {"duluan": []}
    if told.base:
        variants["duluan, vectors of the base"] = ["--base", told.base]
    scores = {name: [] for name in [*variants, "LinearSVC, tf-idf (1,2)"]}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write(folder / "test.tsv", test)
        for seed in range(told.draws):
            sample = draw(train, told.shots, seed)
            write(folder / "train.tsv", sample)
            for name, extra in variants.items():
                scores[name].append(ours(told.program, folder, extra))
            scores["LinearSVC, tf-idf (1,2)"].append(peer(sample, test))
    for name, values in scores.items():
        print(f"{told.set}, {told.shots} a class, {told.draws} draws: {name}: mean {statistics.mean(values):.2f}, "
              f"deviation {statistics.pstdev(values):.2f}")


if __name__ == "__main__":
    main()
