#!/usr/bin/env python3
"""Prints the values that ScoresTests holds: scikit-learn 1.2.1 and SciPy 1.10.1 on made-up answers."""
import numpy as np
from scipy.stats import beta
from sklearn.metrics import f1_score, precision_recall_fscore_support, roc_auc_score


def sequence(count, seed):
    """Records.Sequence of the tests."""
    values = []
    for _ in range(count):
        seed = (6364136223846793005 * seed + 1442695040888963407) % 2**64
        values.append((seed >> 40) / 8388608.0 - 1)
    return np.array(values)


def answers(n, c, seed):
    """Coarse probabilities, so that there are ties; true classes that lean towards them."""
    raw = np.floor((sequence(n * c, seed) + 1) * 8).astype(np.float32).reshape(n, c) + np.float32(0.5)
    p = raw / raw.sum(1, keepdims=True, dtype=np.float32)
    noise = sequence(n, seed + 1)
    truth = np.where(noise > 0.2, (noise * 1000).astype(int) % c, p.argmax(1))
    return p, truth


def delong(scores, y):
    """By the definition: the full matrix of comparisons."""
    x, o = scores[y == 1], scores[y == 0]
    wins = (x[:, None] > o[None, :]) + 0.5 * (x[:, None] == o[None, :])
    return wins.mean(), np.sqrt(wins.mean(1).var(ddof=1) / len(x) + wins.mean(0).var(ddof=1) / len(o))


def calibration_error(p, truth):
    confidence, right = p.max(1).astype(float), p.argmax(1) == truth
    bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
    return sum(abs((right[bins == b] - confidence[bins == b]).sum()) for b in range(15)) / len(truth)


for n, c, seed in [(200, 2, 7), (150, 3, 11), (400, 5, 13)]:
    p, truth = answers(n, c, seed)
    called = p.argmax(1)
    area = roc_auc_score(truth, p[:, 1]) if c == 2 else np.mean([roc_auc_score(truth == k, p[:, k]) for k in range(c)])
    if c > 2:
        assert abs(area - roc_auc_score(truth, p, multi_class="ovr")) < 1e-6
    print(n, c, seed, "accuracy", repr((called == truth).mean()), "macro F1", repr(f1_score(truth, called, average="macro")),
          "AUROC", repr(area), "ECE", repr(calibration_error(p, truth)))
    print("  class 1: precision, recall, F1", [repr(v[1]) for v in precision_recall_fscore_support(truth, called)[:3]])
    if c == 2:
        print("  DeLong", [repr(v) for v in delong(p[:, 1], truth)])
    # Spread of 2,000 bootstrap samples, for the intervals of macro F1 and of the mean area.
    rng, f1s, areas = np.random.default_rng(1), [], []
    for _ in range(2000):
        i = rng.integers(0, n, n)
        f1s.append(f1_score(truth[i], called[i], average="macro"))
        areas.append(np.mean([roc_auc_score(truth[i] == k, p[i, k]) for k in range(1 if c == 2 else 0, c)]))
    print("  bootstrap standard errors: F1", round(np.std(f1s), 4), "AUROC", round(np.std(areas), 4))
for k, n in [(0, 20), (8, 12), (912, 1000), (20, 20)]:
    print(k, n, "Clopper-Pearson", repr(beta.ppf(.025, k, n - k + 1)), repr(beta.ppf(.975, k + 1, n - k)))
