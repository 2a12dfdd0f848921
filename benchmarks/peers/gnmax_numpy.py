"""Data-dependent cost of GNMax answers with a noisy threshold, query by query with numpy.

Written from the formulas of Papernot et al. 2018 (arXiv 1802.08908), Theorem 6 and Propositions 7, 8 and 10, as one
writes them in Python: a loop over queries, and for each query the Renyi cost at each order. Times one thread and
prints the seconds for a number of histograms, the cost of one histogram and the resulting epsilon.

    OMP_NUM_THREADS=1 python gnmax_numpy.py [histograms] [--vectorised] [--best]

--vectorised computes all orders of a query in one numpy expression, which is faster than the loop over orders.
--best goes over each histogram ten times and adds up the fastest, against the noise of a busy machine.
"""

import math
import platform
import sys
import time

import numpy as np
from scipy.special import erfc, log_ndtr

SIGMA, SIGMA1, THRESHOLD, TEACHERS, CLASSES, DELTA = 40.0, 150.0, 200.0, 250, 10, 1e-5
ORDERS = np.concatenate((np.arange(2, 101, 0.5), np.logspace(2, math.log10(500), 100)))


def log_q(votes, sigma):
    """ln of the bound on Pr[answer is not the plurality] (Proposition 7)."""
    winner = int(np.argmax(votes))
    gaps = np.delete(votes[winner] - votes, winner)
    q = min(0.5 * float(np.sum(erfc(gaps / (2 * sigma)))), 1 - 1 / len(votes))
    return math.log(q) if q > 0 else -math.inf


def threshold_log_q(largest):
    """ln min(p, 1 - p) of the threshold's bit."""
    z = (THRESHOLD - largest) / SIGMA1
    return float(min(log_ndtr(-z), log_ndtr(z)))


def bound(lq, sigma, order):
    """The smaller of the cost for any votes and of Theorem 6 where it applies."""
    independent = order / sigma**2
    if lq == -math.inf:
        return 0.0
    mu2 = sigma * math.sqrt(-lq)
    mu1 = mu2 + 1
    if mu2 <= 1 or order >= mu1:
        return independent
    eps1, eps2 = mu1 / sigma**2, mu2 / sigma**2
    if -lq <= eps2 or lq > (mu2 - 1) * eps2 - mu2 * (math.log(mu1 / (mu1 - 1)) + math.log(mu2 / (mu2 - 1))):
        return independent
    log_1q = math.log1p(-math.exp(lq))
    log_a = log_1q - math.log1p(-math.exp((lq + eps2) * (1 - 1 / mu2)))
    log_b = eps1 - lq / (mu1 - 1)
    value = np.logaddexp(log_1q + (order - 1) * log_a, lq + (order - 1) * log_b) / (order - 1)
    return min(max(float(value), 0.0), independent)


def bounds(lq, sigma):
    """The same for all orders at once."""
    independent = ORDERS / sigma**2
    if lq == -math.inf:
        return np.zeros_like(ORDERS)
    mu2 = sigma * math.sqrt(-lq)
    mu1 = mu2 + 1
    if mu2 <= 1:
        return independent
    eps1, eps2 = mu1 / sigma**2, mu2 / sigma**2
    if -lq <= eps2 or lq > (mu2 - 1) * eps2 - mu2 * (math.log(mu1 / (mu1 - 1)) + math.log(mu2 / (mu2 - 1))):
        return independent
    log_1q = math.log1p(-math.exp(lq))
    log_a = log_1q - math.log1p(-math.exp((lq + eps2) * (1 - 1 / mu2)))
    log_b = eps1 - lq / (mu1 - 1)
    value = np.logaddexp(log_1q + (ORDERS - 1) * log_a, lq + (ORDERS - 1) * log_b) / (ORDERS - 1)
    return np.where(ORDERS < mu1, np.clip(value, 0, independent), independent)


def draw(count, generator):
    """The first class has from none to all votes, the others what is left, each vote by itself."""
    votes = np.zeros((count, CLASSES), dtype=int)
    votes[:, 0] = generator.integers(0, TEACHERS + 1, count)
    for row in votes:
        row[1:] = generator.multinomial(TEACHERS - row[0], [1 / (CLASSES - 1)] * (CLASSES - 1))
    return votes


def add(votes, vectorised, rdp):
    """Adds the cost of each histogram at each order."""
    for row in votes:
        lq, check = log_q(row, SIGMA), threshold_log_q(row.max())
        if vectorised:
            rdp += bounds(lq, SIGMA) + bounds(check, math.sqrt(2) * SIGMA1)
        else:
            for i, order in enumerate(ORDERS):
                rdp[i] += bound(lq, SIGMA, order) + bound(check, math.sqrt(2) * SIGMA1, order)


def main():
    numbers = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    count = int(numbers[0]) if numbers else 1000
    vectorised, best = "--vectorised" in sys.argv, "--best" in sys.argv
    votes = draw(count, np.random.default_rng(1))
    rdp = np.zeros_like(ORDERS)
    seconds = 0.0
    block = 1 if best else count
    for first in range(0, count, block):
        times = []
        for again in range(10 if best else 1):
            start = time.perf_counter()
            add(votes[first:first + block], vectorised, rdp if again == 0 else np.zeros_like(ORDERS))
            times.append(time.perf_counter() - start)
        seconds += min(times)
    epsilon = float(np.min(rdp - math.log(DELTA) / (ORDERS - 1)))
    route = "all orders at once" if vectorised else "order by order"
    print(f"python {platform.python_version()}, numpy {np.__version__}, {len(ORDERS)} orders, {route}")
    print(f"{count} histograms: {seconds:.3f} s, {seconds / count * 1e6:.2f} us each, epsilon {epsilon:.6f}")


if __name__ == "__main__":
    main()
