"""Writes golden/second.json: one or more entries of each of the 33 kinds, computed here from the formulas of the papers
with mpmath (50 digits), scipy quadrature and exhaustive enumeration, and with other parameters than privacy.json.
No code of PateSim or of another library is involved. Run: /usr/bin/python3 second_golden.py > ../golden/second.json
"""
import itertools
import json
import math
import random

import numpy as np
from mpmath import erf, erfc, exp, inf, log, mp, mpf, findroot, sqrt, quad
from scipy import integrate, optimize, stats

mp.dps = 50
random.seed(20)
ENTRIES = []
SHORT = [1.25, 2.0, 3.5, 7.0, 12.0, 30.0, 90.0]
GRID = [1.5 + 0.5 * i for i in range(60)] + [40.0, 60.0, 100.0, 200.0]


def plain(x):
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(v) for v in x]
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    if isinstance(x, (int, str)) or x is None:
        return x
    x = float(x)
    return x if math.isfinite(x) else ("NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity")


def add(kind, inputs, outputs, rtol=1e-8, atol=1e-12):
    n = sum(1 for e in ENTRIES if e["kind"] == kind)
    ENTRIES.append({"id": f"second-{kind}-{n + 1}", "kind": kind,
                    "reference": {"repo": None, "function": "second_golden.py"},
                    "inputs": plain(inputs), "outputs": plain(outputs), "rtol": rtol, "atol": atol})


# --- single queries -------------------------------------------------------------------------------------------------
def winner(n):
    return max(range(len(n)), key=lambda j: (n[j], -j))


def q_gauss(n, s):
    w, s = winner(n), mpf(s)
    q = sum(erfc((n[w] - n[j]) / (2 * s)) / 2 for j in range(len(n)) if j != w)
    return min(q, 1 - mpf(1) / len(n))


def q_laplace(n, b):
    w, g = winner(n), 1 / mpf(b)
    q = sum((2 + g * (n[w] - n[j])) / (4 * exp(g * (n[w] - n[j]))) for j in range(len(n)) if j != w)
    return min(q, 1 - mpf(1) / len(n))


def theorem6(q, s, a):
    s, a, free = mpf(s), mpf(a), mpf(a) / mpf(s) ** 2
    if q == 0:
        return mpf(0)
    if q >= 1:
        return free
    m2 = s * sqrt(log(1 / q))
    m1 = m2 + 1
    e1, e2 = m1 / s ** 2, m2 / s ** 2
    if not (a < m1 and m2 > 1):
        return free
    if not (log(q) <= (m2 - 1) * e2 - m2 * log(m1 / (m1 - 1) * m2 / (m2 - 1)) and -log(q) > e2):
        return free
    A = (1 - q) / (1 - (q * exp(e2)) ** ((m2 - 1) / m2))
    B = exp(e1) / q ** (1 / (m1 - 1))
    return min(free, log((1 - q) * A ** (a - 1) + q * B ** (a - 1)) / (a - 1))


def moment_free(e, l):
    e, l = mpf(e), mpf(l)
    return min(e * e * l * (l + 1) / 2, e * l)


def moment(q, e, l):
    free, e, l = moment_free(e, l), mpf(e), mpf(l)
    if q > 1 / (exp(e) + 1):
        return free
    bound = log((1 - q) * ((1 - q) / (1 - exp(e) * q)) ** l + q * exp(e * l))
    return max(mpf(0), min(free, bound))


def tail(x):
    return erfc(mpf(x) / sqrt(2)) / 2


def answered(T, s1, v):
    return tail((mpf(T) - v) / s1)


def threshold_bound(T, s1, v, a):
    p = answered(T, s1, v)
    return theorem6(min(p, tail(-(mpf(T) - v) / s1)), sqrt(2) * mpf(s1), a)


def half_even(x):
    return int(np.round(x))


HISTOGRAMS = [[61, 22, 9, 8], [33, 33, 34], [97, 3], [5, 0, 1, 0, 2], [140, 60, 0, 0, 0, 0], [12, 11, 10, 9, 8, 7, 6]]
for n, s in zip(HISTOGRAMS, [11.0, 3.0, 27.0, 1.5, 65.0, 9.0]):
    add("logq_gaussian", {"counts": n, "sigma": s}, {"logq": log(q_gauss(n, s))}, 1e-10)
    add("logq_laplace", {"counts": n, "lambda": s, "gamma": 1 / s},
        {"logq": log(q_laplace(n, s)), "q_2017": q_laplace(n, s)}, 1e-10)
    add("gnmax_query", {"counts": n, "sigma": s, "orders": SHORT},
        {"logq": log(q_gauss(n, s)), "rdp": [theorem6(q_gauss(n, s), s, a) for a in SHORT],
         "rdp_data_independent": [a / s ** 2 for a in SHORT]}, 1e-8, 1e-15)
    add("lnmax_query_rdp", {"counts": n, "lambda": s, "pure_eps": 2 / s, "orders": SHORT},
        {"logq": log(q_laplace(n, s)), "rdp": [moment(q_laplace(n, s), 2 / mpf(s), a - 1) / (a - 1) for a in SHORT]},
        1e-8, 1e-15)
for logq, s in [(-0.02, 9.0), (-4.0, 9.0), (-37.5, 9.0), (-400.0, 22.0), (-math.inf, 5.0)]:
    q = exp(mpf(logq)) if logq > -math.inf else mpf(0)
    add("rdp_gaussian_from_logq", {"logq": logq, "sigma": s, "orders": SHORT},
        {"rdp": [theorem6(q, s, a) for a in SHORT]}, 1e-8, 1e-15)
for T, s1, scores in [(70, 31.0, [66, 20, 14]), (12, 2.5, [18.5, 1.2]), (40, 90.0, [11.49, 8])]:
    v = half_even(max(scores))
    add("threshold_query", {"threshold": T, "sigma1": s1, "scores": scores, "orders": SHORT, "rounded_max": v},
        {"logpr_answered": log(answered(T, s1, v)), "rdp": [threshold_bound(T, s1, v, a) for a in SHORT],
         "rdp_data_independent": [mpf(a) / (2 * mpf(s1) ** 2) for a in SHORT]}, 1e-8, 1e-15)
for n, g, beta in [([88, 9, 3], 0.11, 0.06), ([40, 30, 20, 10], 0.21, 0.2)]:
    m = [1.0, 2.0, 3.0, 5.0, 9.0]

    def mgf(c, l):
        return moment(q_laplace(c, 1 / mpf(g)), 2 * mpf(g), l)

    def legacy(l):
        if 0.5 * g * l > 1:
            return 0.0
        best = mpf(0)
        for k in range(n[0] + 1):
            if n[0] < n[1] + k:
                break
            one, two = list(n), list(n)
            one[0], one[1] = n[0] - k - 1, n[1] + k + 1
            two[0], two[1] = n[0] - k, n[1] + k
            at = mgf(one, l) - mgf(two, l)
            best = max(best, exp(-mpf(beta) * k) * at)
            if k > 0 and at == 0:
                break
        return best
    add("lnmax_moments_query", {"counts_sorted_desc": n, "gamma": g, "moments": m, "smooth_moments": m, "beta": beta},
        {"q": q_laplace(n, 1 / mpf(g)), "logmgf": [mgf(n, l) for l in m],
         "logmgf_data_independent": [moment_free(2 * mpf(g), l) for l in m],
         "smoothed_sens": [legacy(l) for l in m]}, 1e-7, 1e-12)


# --- conversion -----------------------------------------------------------------------------------------------------
def classic(orders, rdp, d):
    return min(((r + log(1 / mpf(d)) / (mpf(a) - 1), a) for a, r in zip(orders, rdp)), key=lambda t: t[0])


def improved(orders, rdp, d):
    best, at, d = mpf("inf"), orders[0], mpf(d)
    for a, r in zip(orders, rdp):
        x = mpf(a)
        e = mpf(0) if d ** 2 + mp.expm1(-r) > 0 else r + log((x - 1) / x) - (log(d) + log(x)) / (x - 1)
        if e < best:
            best, at = e, a
    return max(mpf(0), best), at


def improved_delta(orders, rdp, e):
    best, at = mpf("inf"), orders[0]
    for a, r in zip(orders, rdp):
        x = mpf(a)
        d = min(sqrt(-mp.expm1(-r)), exp((x - 1) * (r - mpf(e))) * (1 - 1 / x) ** (x - 1) / x)
        if d < best:
            best, at = d, a
    return min(mpf(1), best), at


for slope, bend, d, e in [(0.013, 0.0, 3e-6, 0.9), (0.4, 0.01, 1e-4, 6.0), (2e-9, 0.0, 1e-2, 0.1)]:
    rdp = [mpf(slope) * a + mpf(bend) * a * a for a in GRID]
    (c, co), (i, io), (dd, do) = classic(GRID, rdp, d), improved(GRID, rdp, d), improved_delta(GRID, rdp, e)
    add("eps_from_rdp", {"orders": GRID, "rdp": rdp, "delta": d, "epsilon_for_delta": e},
        {"eps_classic": c, "order_classic": co, "eps_improved": i, "order_improved": io,
         "delta_improved_at_epsilon": dd, "order_delta_improved": do}, 1e-9)


# --- runs -----------------------------------------------------------------------------------------------------------
def batch(rows, m, M, lean):
    out = []
    for _ in range(rows):
        top = random.randrange(m)
        n = [0] * m
        for _ in range(M):
            n[top if random.random() < lean else random.randrange(m)] += 1
        out.append(n)
    return out


VOTES = batch(25, 5, 90, 0.7)


def names(outputs, orders, rdp, d, suffix=""):
    (c, co), (i, io) = classic(orders, rdp, d), improved(orders, rdp, d)
    if suffix:
        outputs.update({"eps_classic" + suffix: c, "order" + suffix: co, "eps_improved" + suffix: i,
                        "order_improved" + suffix: io})
    else:
        outputs.update({"eps_classic": c, "order_classic": co, "eps_improved": i, "order_improved": io})
    return outputs


S, S1, T, D = 13.0, 37.0, 60, 4e-6
total = [sum(theorem6(q_gauss(n, S), S, a) for n in VOTES) for a in GRID]
free = [len(VOTES) * mpf(a) / mpf(S) ** 2 for a in GRID]
add("compose_gnmax", {"votes": VOTES, "sigma": S, "orders": GRID, "delta": D},
    names(names({"rdp_total": total}, GRID, total, D), GRID, free, D, "_data_independent"))


def expected(votes, values):
    p = [answered(T, S1, v) for v in values]
    rdp = [sum(threshold_bound(T, S1, v, a) + pi * theorem6(q_gauss(n, S), S, a)
               for n, v, pi in zip(votes, values, p)) for a in GRID]
    return names({"logpr_answered": [log(x) for x in p], "expected_answered": sum(p), "rdp_total_expected": rdp},
                 GRID, rdp, D)


add("compose_confident_expected",
    {"votes": VOTES, "threshold": T, "sigma1": S1, "sigma2": S, "orders": GRID, "delta": D},
    expected(VOTES, [max(n) for n in VOTES]))
STUDENT = []
for _ in VOTES:
    w = [random.random() + 0.05 for _ in range(5)]
    r = [round(x / sum(w), 3) for x in w]
    r[-1] = round(1 - sum(r[:-1]), 3)
    STUDENT.append(r)
add("compose_interactive_expected",
    {"votes": VOTES, "student_probs": STUDENT, "teachers": 90, "threshold": T, "sigma1": S1, "sigma2": S,
     "orders": GRID, "delta": D},
    expected(VOTES, [half_even(max(n[j] - 90 * p[j] for j in range(5))) for n, p in zip(VOTES, STUDENT)]))


def gdp_epsilon(mu, d):
    mu, d = mpf(mu), mpf(d)

    def delta(e):
        return tail(e / mu - mu / 2) - exp(e) * tail(e / mu + mu / 2)
    if delta(mpf(0)) <= d:
        return mpf(0)
    low, high = mpf(0), mpf(1)
    while delta(high) > d:
        high *= 2
    for _ in range(140):
        middle = (low + high) / 2
        low, high = (middle, high) if delta(middle) > d else (low, middle)
    return high


FLAGS = [i % 3 != 1 for i in range(len(VOTES))]
total = [sum(threshold_bound(T, S1, max(n), a) + (theorem6(q_gauss(n, S), S, a) if f else 0)
             for n, f in zip(VOTES, FLAGS)) for a in GRID]
free = [len(VOTES) * mpf(a) / (2 * mpf(S1) ** 2) + sum(FLAGS) * mpf(a) / mpf(S) ** 2 for a in GRID]
mu = sqrt(len(VOTES) / mpf(S1) ** 2 + 2 * sum(FLAGS) / mpf(S) ** 2)
add("compose_confident_realised",
    {"votes": VOTES, "answered": FLAGS, "threshold": T, "sigma1": S1, "sigma2": S, "orders": GRID, "delta": D},
    names(names({"rdp_total": total, "rdp_total_data_independent": free, "gdp_mu_data_independent": mu,
                 "eps_exact_gaussian_data_independent": gdp_epsilon(mu, D)}, GRID, total, D),
          GRID, free, D, "_data_independent"))
G, M8 = 0.09, [float(l) for l in range(1, 9)]
qs = [q_laplace(n, 1 / mpf(G)) for n in VOTES]


def mtotal(l):
    return sum(moment(q, 2 * mpf(G), l) for q in qs)


rdp = [mtotal(mpf(a) - 1) / (mpf(a) - 1) for a in SHORT]
(c, co), (i, io) = classic(SHORT, rdp, D), improved(SHORT, rdp, D)
add("compose_lnmax", {"votes": VOTES, "gamma": G, "moments": M8, "delta": D, "rdp_orders": SHORT},
    {"logmgf_total": [mtotal(l) for l in M8], "eps_list": [(mtotal(l) - log(mpf(D))) / l for l in M8],
     "epsilon_8_moments": min((mtotal(l) - log(mpf(D))) / l for l in range(1, 9)),
     "epsilon_64_moments": min((mtotal(l) - log(mpf(D))) / l for l in range(1, 65)),
     "epsilon_data_independent_8_moments":
         min((len(VOTES) * moment_free(2 * mpf(G), l) - log(mpf(D))) / l for l in range(1, 9)),
     "rdp_total": rdp, "eps_classic_rdp": c, "order_classic_rdp": co, "eps_improved_rdp": i, "order_improved_rdp": io})
for k, c, s2, s1, d in [(70, 0, 21.0, 1.0, 1e-6), (120, 500, 33.0, 160.0, 2e-5)]:
    mu = sqrt(2 * k / mpf(s2) ** 2 + c / mpf(s1) ** 2)
    add("data_independent_gaussian_exact",
        {"answered": k, "sigma2": s2, "threshold_checks": c, "sigma1": s1, "delta": d},
        {"mu": mu, "eps_exact": gdp_epsilon(mu, d),
         "eps_rdp_classic_LONG": classic(GRID, [a * mu * mu / 2 for a in GRID], d)[0],
         "eps_rdp_improved_LONG": improved(GRID, [a * mu * mu / 2 for a in GRID], d)[0]}, 1e-8)


def laplace_pld(k, b, d):
    """eps of 2k Laplace releases by plain numpy convolution of a fine midpoint grid (no FFT, no tilting)."""
    e, cells = 1 / b, 400
    step = e / cells
    grid = np.zeros(2 * cells + 1)
    grid[-1] += 0.5
    grid[0] += 0.5 * math.exp(-e)
    x = (np.arange(-cells, cells) + 0.5) * step
    mass = 0.25 * np.exp((x - e) / 2) * step
    up = mass * np.expm1(np.full_like(x, -step / 2)) / np.expm1(-step)
    grid[1:] += up
    grid[:-1] += mass - up
    grid *= 1 / grid.sum()
    out, power, n = np.array([1.0]), grid, 2 * k
    while n:
        if n & 1:
            out = np.convolve(out, power)
        n >>= 1
        if n:
            power = np.convolve(power, power)
    loss = (np.arange(len(out)) - (len(out) - 1) / 2) * step
    return optimize.brentq(lambda t: np.sum(np.where(loss > t, -np.expm1(t - loss), 0) * out) - d, 0, loss[-1])


for k, b, d in [(7, 9.0, 1e-4), (12, 30.0, 1e-5)]:
    e = 2 / b
    eps = laplace_pld(k, b, d)
    add("data_independent_laplace_pld", {"queries": k, "lambda": b, "delta": d, "discretization": 1 / (400 * b)},
        {"eps_pld_pessimistic": eps, "eps_pld_optimistic": eps, "eps_basic": k * e,
         "eps_advanced_composition": math.sqrt(2 * k * math.log(1 / d)) * e + k * e * math.expm1(e),
         "eps_moments_all_orders": min((2 * k / b ** 2 * l * (l + 1) - math.log(d)) / l for l in range(1, 1001))}, 2e-3)


# --- smooth sensitivity ---------------------------------------------------------------------------------------------
def raw6(q, s, a):
    s, a = mpf(s), mpf(a)
    m2 = s * sqrt(-log(q))
    e1, e2 = (m2 + 1) / s ** 2, m2 / s ** 2
    A = (1 - q) / (1 - (q * exp(e2)) ** (1 - 1 / m2))
    B = exp(e1) / q ** (1 / m2)
    return log((1 - q) * A ** (a - 1) + q * B ** (a - 1)) / (a - 1)


def erfc_inverse(y):
    """x with erfc(x) = y in (0, 2), by bisection on the logarithm."""
    low, high = mpf(-12), mpf(60)
    for _ in range(int(4 * mp.dps)):
        middle = (low + high) / 2
        low, high = (middle, high) if erfc(middle) > y else (low, middle)
    return (low + high) / 2


class Smooth:
    def __init__(self, s, a, m):
        self.s, self.a, self.m, self.free = mpf(s), mpf(a), m, mpf(a) / mpf(s) ** 2
        i = 1 / self.s
        top = -max((1 + i) ** 2, ((self.a - mpf("0.99")) * i) ** 2, i * i)
        if raw6(exp(top), s, a) < self.free:
            self.log0 = top
        else:
            low, high = 2 * top, top
            while raw6(exp(low), s, a) > self.free:
                low *= mpf("1.5")
            for _ in range(170):
                middle = (low + high) / 2
                low, high = (middle, high) if raw6(exp(middle), s, a) <= self.free else (low, middle)
            self.log0 = low
        self.q0 = exp(self.log0)
        self.q1 = self.down(self.q0)
        self.flat = self.raw_ls(self.q1)

    def shift(self, q, by):
        h = mpf(self.m - 1) / 2
        return h * erfc(erfc_inverse(q / h) + by)

    def up(self, q):
        return min(mpf(1), self.shift(q, -1 / self.s))

    def down(self, q):
        return self.shift(q, 1 / self.s)

    def cost(self, q):
        return self.free if q >= self.q0 else raw6(q, self.s, self.a)

    def raw_ls(self, q):
        return max(self.cost(self.up(q)) - self.cost(q), self.cost(q) - self.cost(self.down(q)))

    def ls(self, q):
        return self.flat if self.q1 <= q <= self.q0 else self.raw_ls(q)

    def at_distances(self, n):
        v, M = sorted(n, reverse=True), sum(n)
        out = [self.flat] * M
        q = q_gauss(v, self.s)
        if self.q1 <= q <= self.q0:
            return out
        widen = q > self.q0
        for d in range(M):
            if d:
                v[0] += 1 if widen else -1
                v[1] -= 1 if widen else -1
                v.sort(reverse=True)
                q = q_gauss(v, self.s)
            out[d] = self.ls(q)
            if not (q > self.q0 and v[1] > 0) if widen else not q < self.q1:
                break
        return out


def smooth(ls, beta):
    return max(exp(-mpf(beta) * d) * x for d, x in enumerate(ls))


for s, a, m in [(30.0, 9.0, 4), (6.0, 5.0, 3)]:
    f = Smooth(s, a, m)
    add("logq0_logq1", {"sigma": s, "order": a, "num_classes": m}, {"logq0": f.log0, "logq1": log(f.q1)}, 1e-8)
    for logq in [-1.7, float(f.log0) * 1.3, -50.0]:
        q = exp(mpf(logq))
        add("local_sensitivity_at_logq", {"sigma": s, "order": a, "num_classes": m, "logq": logq},
            {"log_bu": log(f.up(q)), "log_bl": log(f.down(q)), "rdp": f.cost(q), "local_sensitivity": f.ls(q)},
            1e-7, 1e-15)
for n, s, a in [([70, 12, 8], 12.0, 6.0), ([35, 30, 5, 0], 9.0, 4.0)]:
    ls = Smooth(s, a, len(n)).at_distances(n)
    betas = [0.02, 0.05, 0.1]
    add("smooth_sensitivity_gnmax",
        {"counts": n, "num_teachers": sum(n), "sigma": s, "order": a, "betas": betas},
        {"local_sensitivity_at_distance": ls, "smooth_sensitivity": [smooth(ls, b) for b in betas]}, 1e-6, 1e-14)
# Costs down to 1e-290 beside 1 need as many digits.
mp.dps = 340
# Nearer distances have costs that 50 digits cannot tell from 0.
n, s, a = [300, 0, 0], 5.0, 12.0
f = Smooth(s, a, 3)
ls = f.at_distances(n)
add("smooth_sensitivity_gnmax_underflow", {"counts": n, "num_teachers": 300, "sigma": s, "order": a},
    {"logq": log(q_gauss(n, s)), "logq0": f.log0, "logq1": log(f.q1),
     "local_sensitivity_at_distance_selected": {str(d): ls[d] for d in (150, 299)}}, 1e-6, 1e-300)
mp.dps = 50


def threshold_ls(v, M, T, s1, a):
    cost = [threshold_bound(T, s1, x, a) for x in range(M + 1)]

    def local(x):
        return max([abs(cost[y] - cost[x]) for y in (x - 1, x + 1) if 0 <= y <= M])
    out = [mpf(0)] * M
    for d in range(min(M, max(v, M - v))):
        out[d] = max([local(x) for x in (v - d, v + d) if 0 <= x <= M])
    return out


ls = threshold_ls(17, 24, 14, 2.5, 7.0)
add("smooth_sensitivity_threshold",
    {"scores": [17, 5, 2], "num_teachers": 24, "threshold": 14, "sigma1": 2.5, "order": 7.0, "betas": [0.03, 0.08]},
    {"local_sensitivity_at_distance": ls, "smooth_sensitivity": [smooth(ls, b) for b in (0.03, 0.08)]}, 1e-7, 1e-14)
mp.dps = 90
for s, m, a in [(3.0, 2, 4.0)]:
    f = Smooth(s, a, m)

    def never_falls(g, top):
        low, last = min(2 * top, mpf(-60)), None
        for i in range(301):
            t = mpf(300 - i) / 300
            v = g(exp(top + (low - top) * t * t))
            if last is not None and v < last - mpf(10) ** -12 * abs(last) - mpf(10) ** -300:
                return False
            last = v
        return True
    c5 = never_falls(lambda q: raw6(q, s, a), f.log0)
    c6 = c5 and never_falls(lambda q: raw6(f.shift(q, -1 / f.s), s, a) - raw6(q, s, a), log(f.q1))
    add("conditions_c5_c6", {"sigma": s, "num_classes": m, "order": a}, {"c5": c5, "c6": c6}, 0, 0)
mp.dps = 50


def gauss_pair(m0, s0, m1, s1, a):
    m0, s0, m1, s1, a = map(mpf, (m0, s0, m1, s1, a))
    v = a * s1 ** 2 + (1 - a) * s0 ** 2
    if v <= 0:
        return mpf("inf")
    # By integration of p^a q^(1-a), written out as one exponential.
    def g(x):
        return exp(a * (-(x - m0) ** 2 / (2 * s0 ** 2) - log(s0)) + (1 - a) * (-(x - m1) ** 2 / (2 * s1 ** 2) - log(s1))
                   ) / sqrt(2 * mp.pi)
    centre = (a * m0 * s1 ** 2 + (1 - a) * m1 * s0 ** 2) / v
    width = s0 * s1 / sqrt(v)
    return log(quad(g, [centre + width * t for t in (-14, -7, -3, 0, 3, 7, 14)])) / (a - 1)


def release(b, s, a):
    b, s, a = mpf(b), mpf(s), mpf(a)
    shrink = gauss_pair(0, s, exp(-b), s * exp(-b), a)
    grow = gauss_pair(0, s, 1, s * exp(b), a)
    published = a * exp(2 * b) / s ** 2 + (b * a - log(1 - 2 * a * b) / 2) / (a - 1)
    return published, shrink, grow


for b, s, a in [(0.04, 7.0, 8.0), (0.012, 9.0, 25.0), (0.002, 20.0, 6.0)]:
    p, shrink, grow = release(b, s, a)
    add("gnss_rdp", {"beta": b, "sigma_ss": s, "order": a},
        {"gnss_rdp_reference": p, "gnss_rdp_worst_case": max(shrink, grow), "gnss_rdp_worst_case_noise_shrinks": shrink,
         "gnss_rdp_worst_case_noise_grows": grow, "reference_is_upper_bound": p >= max(shrink, grow)}, 1e-9)
for args in [(0.5, 2.0, -1.0, 3.0, 4.0), (0, 1.0, 0.3, 0.9, 2.5), (0, 3.0, 0, 1.0, 4.0)]:
    add("gaussian_pair_renyi", dict(zip(("mu0", "s0", "mu1", "s1", "order"), args)), {"renyi": gauss_pair(*args)}, 1e-9)

n, s, a = [9, 4, 2], 3.0, 4.0


def cost(h):
    return theorem6(q_gauss(h, s), s, a)


def apart(h):
    return sum(max(0, x - y) for x, y in zip(h, n))


M = sum(n)
local = [mpf(0)] * M
for h in itertools.product(range(M + 1), repeat=3):
    if sum(h) != M:
        continue
    big = mpf(0)
    for i, j in itertools.permutations(range(3), 2):
        if h[i]:
            k = list(h)
            k[i] -= 1
            k[j] += 1
            big = max(big, abs(cost(k) - cost(list(h))))
    if apart(h) < M:
        local[apart(h)] = max(local[apart(h)], big)
local = [max(local[:d + 1]) for d in range(M)]
bound = Smooth(s, a, 3).at_distances(n)
bound = [max(bound[:d + 1]) for d in range(M)]
add("brute_force_local_sensitivity", {"counts": n, "num_teachers": M, "sigma": s, "order": a},
    {"rdp": cost(n), "true_max_local_sensitivity_within_distance": local, "bound_reference_running_max": bound}, 1e-7, 1e-14)

R, TH, A1, A2, RA, RD = batch(4, 3, 60, 0.9), 40, 20.0, 9.0, 6.0, 1e-4
f, ls, rdp = Smooth(A2, RA, 3), [mpf(0)] * 60, mpf(0)


def same(x, y):
    return abs(x - y) <= mpf("1e-8") + mpf("1e-5") * abs(y)


free1, free2 = mpf(RA) / (2 * mpf(A1) ** 2), mpf(RA) / mpf(A2) ** 2
step1 = same(threshold_bound(TH, A1, 0, RA), free1) and same(threshold_bound(TH, A1, 60, RA), free1)
step2 = same(theorem6(q_gauss([60, 0, 0], A2), A2, RA), free2)
for h in R:
    p = answered(TH, A1, max(h))
    rdp += threshold_bound(TH, A1, max(h), RA) + p * theorem6(q_gauss(h, A2), A2, RA)
    if not step1:
        ls = [x + y for x, y in zip(ls, threshold_ls(max(h), 60, TH, A1, RA))]
    if not step2:
        ls = [x + p * y for x, y in zip(ls, f.at_distances(h))]
best = None
for b in np.arange(0.3 / RA, 0.495 / RA, 0.01 / RA):
    ss = smooth(ls, b)
    noise = (RA * exp(2 * mpf(b)) / ss) ** (mpf(1) / 3)
    p = release(b, noise, RA)
    value = rdp + p[0] + 2 * ss * noise
    if best is None or value < best[0]:
        best = (value, b, ss, noise, p)
_, b, ss, noise, p = best
before = rdp + log(1 / mpf(RD)) / (mpf(RA) - 1)
add("smooth_release_expected",
    {"votes": R, "num_teachers": 60, "threshold": TH, "sigma1": A1, "sigma2": A2, "delta": RD, "order": RA},
    {"data_independent_step1": step1, "data_independent_step2": step2, "rdp_expected": rdp,
     "local_sensitivity_at_distance": ls, "beta_opt": b, "smooth_sensitivity": ss, "sigma_ss": noise,
     "gnss_rdp_reference": p[0], "gnss_rdp_worst_case": max(p[1:]), "eps_before_release": before,
     "eps_after_release_mean_reference": before + p[0], "eps_after_release_mean_worst_case": before + max(p[1:]),
     "release_noise_std": noise * ss}, 1e-6, 1e-12)
for M, m, s in [(80, 4, 30.0), (40, 3, 60.0)]:
    add("data_independent_always_opt_gnmax", {"num_teachers": M, "num_classes": m, "sigma": s, "orders": SHORT},
        {"always_data_independent":
         [same(theorem6(q_gauss([M] + [0] * (m - 1), s), s, x), mpf(x) / mpf(s) ** 2) for x in SHORT]}, 0, 0)


# --- exact laws -----------------------------------------------------------------------------------------------------
def renyi(p, q, a):
    return max(mpf(0), log(sum(mpf(x) ** a * mpf(y) ** (1 - a) for x, y in zip(p, q))) / (a - 1))


def neighbours(n):
    for i, j in itertools.permutations(range(len(n)), 2):
        if n[i]:
            k = list(n)
            k[i] -= 1
            k[j] += 1
            yield k


def exact(law, n, orders):
    p = law(n)
    there = [law(k) for k in neighbours(n)]
    w = winner(n)
    return p, {"log_outcome_probabilities": [log(x) for x in p],
               "logq_exact": log(sum(x for j, x in enumerate(p) if j != w)),
               "rdp_exact_forward": [max(renyi(p, q, a) for q in there) for a in orders],
               "rdp_exact_reverse": [max(renyi(q, p, a) for q in there) for a in orders]}, there


def gauss_law(s):
    def law(n):
        out = []
        for j in range(len(n)):
            def g(x):
                r = exp(-(x - n[j]) ** 2 / (2 * mpf(s) ** 2)) / (mpf(s) * sqrt(2 * mp.pi))
                for i in range(len(n)):
                    if i != j:
                        r *= tail(-(x - n[i]) / mpf(s))
                return r
            low, high = min(n) - 9 * s, max(n) + 9 * s
            out.append(quad(g, [mpf(low) + mpf(high - low) * t / 12 for t in range(13)]))
        return out
    return law


def laplace_law(b):
    def cdf(x):
        return exp(x / b) / 2 if x < 0 else 1 - exp(-x / b) / 2

    def law(n):
        out = []
        for j in range(len(n)):
            def g(x):
                r = exp(-abs(x - n[j]) / b) / (2 * b)
                for i in range(len(n)):
                    if i != j:
                        r *= cdf(x - n[i])
                return r
            kinks = sorted(set([min(n) - 40 * b] + [mpf(x) for x in n] + [max(n) + 40 * b]))
            points = [k + (l - k) * t / 6 for k, l in zip(kinks, kinks[1:]) for t in range(6)] + [kinks[-1]]
            out.append(quad(g, points))
        return out
    b = mpf(b)
    return law


mp.dps = 25
OR = [1.5, 3.0, 8.0]
for n, s in [([14, 9, 5], 6.0), ([20, 3], 4.0)]:
    _, out, _ = exact(gauss_law(s), n, OR)
    out["logq_union_bound"] = log(q_gauss(n, s))
    out["rdp_bound_reference"] = [theorem6(q_gauss(n, s), s, a) for a in OR]
    add("exact_gnmax", {"counts": n, "sigma": s, "orders": OR}, out, 1e-7, 1e-12)
for n, b in [([11, 8, 2], 5.0), ([7, 7], 2.0)]:
    p, out, there = exact(laplace_law(b), n, OR)
    out.update({"logq_union_bound": log(q_laplace(n, b)), "pure_eps_bound": 2 / b,
                "realised_max_log_ratio": max(abs(log(x / y)) for q in there for x, y in zip(p, q)),
                "rdp_bound_reference": [moment(q_laplace(n, b), 2 / mpf(b), a - 1) / (a - 1) for a in OR]})
    add("exact_lnmax", {"counts": n, "lambda": b, "orders": OR}, out, 1e-7, 1e-12)


def discrete_law(t):
    r = mp.e ** (-1 / mpf(t))

    def mass(x):
        return (1 - r) / (1 + r) * r ** abs(x)

    def cdf(x):
        return r ** (-x) / (1 + r) if x < 0 else 1 - r ** (x + 1) / (1 + r)

    def law(n):
        out = []
        for j in range(len(n)):
            total = mpf(0)
            for x in range(min(n) - int(45 * t), max(n) + int(45 * t) + 1):
                term = mass(x - n[j])
                for i in range(len(n)):
                    if i != j:
                        term *= cdf(x - n[i] - (1 if i < j else 0))
                total += term
            out.append(total)
        return out
    return law


for n, t in [([9, 6, 4], 3.0), ([5, 5], 1.5)]:
    p, out, there = exact(discrete_law(t), n, [])
    add("exact_discrete_lnmax", {"counts": n, "scale": t, "tie_break": "lowest index"},
        {"log_outcome_probabilities": out["log_outcome_probabilities"], "pure_eps_bound": 2 / t,
         "realised_max_log_ratio": max(abs(log(x / y)) for q in there for x, y in zip(p, q))}, 1e-8)
mp.dps = 50
for T, s1, v, M in [(30, 8.0, 26, 50), (5, 2.0, 20, 20)]:
    def bit(x):
        return [answered(T, s1, x), tail(-(mpf(T) - x) / s1)]
    there = [bit(x) for x in (v - 1, v + 1) if 0 <= x <= M]
    add("exact_threshold", {"threshold": T, "sigma1": s1, "max_votes": v, "num_teachers": M, "orders": OR},
        {"rdp_exact_forward": [max(renyi(bit(v), q, a) for q in there) for a in OR],
         "rdp_exact_reverse": [max(renyi(q, bit(v), a) for q in there) for a in OR],
         "rdp_bound_reference": [threshold_bound(T, s1, v, a) for a in OR]}, 1e-7, 1e-13)
for t in [0.7, 55]:
    r = exp(-1 / mpf(t))
    xs = [0, 1, 3, 8, 20]
    add("discrete_laplace", {"scale": t, "x": xs},
        {"pmf": [(1 - r) / (1 + r) * r ** x for x in xs],
         "cdf": [1 - r ** (x + 1) / (1 + r) for x in xs], "variance": 2 * r / (1 - r) ** 2,
         "pure_eps_sensitivity1": 1 / mpf(t), "pure_eps_noisy_max_one_vote_change": 2 / mpf(t)}, 1e-11)
for v in [0.3, 90.0]:
    total = 1 + 2 * sum(exp(-mpf(x) ** 2 / (2 * mpf(v))) for x in range(1, 400))
    xs = [0, 1, 4, 11]
    add("discrete_gaussian", {"sigma2": v, "x": xs},
        {"pmf": [exp(-mpf(x) ** 2 / (2 * mpf(v))) / total for x in xs],
         "variance": 2 * sum(mpf(x) ** 2 * exp(-mpf(x) ** 2 / (2 * mpf(v))) for x in range(1, 400)) / total,
         "zcdp_rho_sensitivity1": 1 / (2 * mpf(v)), "rdp_order2_sensitivity1": 1 / mpf(v)}, 1e-11)
for n, t in [(3, 2.5), (12, 30)]:
    r, w, xs = exp(-1 / mpf(t)), 1 / mpf(n), [0, 1, 2, 6, 25]
    mass = [mp.gamma(x + w) / (mp.factorial(x) * mp.gamma(w)) * r ** x * (1 - r) ** w for x in xs]
    add("distributed_discrete_laplace_share", {"parties": n, "scale": t, "x": xs},
        {"polya_pmf": mass, "polya_mean": w * r / (1 - r), "share_variance": 2 * w * r / (1 - r) ** 2,
         "sum_variance_all_parties": 2 * r / (1 - r) ** 2}, 1e-10)

print(json.dumps({"schema_version": 1, "environment": {"written_by": "tests/PateSim.Privacy.Tests/oracles/second_golden.py"},
                  "order_lists": {"LONG": GRID}, "entries": ENTRIES}, separators=(",", ":")).replace('},{"id"', '},\n{"id"'))
