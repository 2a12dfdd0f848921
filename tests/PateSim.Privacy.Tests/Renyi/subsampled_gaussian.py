#!/usr/bin/env python3
"""Prints the values that SubsampledGaussianTests holds: both Rényi divergences by quadrature of the densities."""
import numpy as np
from scipy.integrate import quad
from scipy.stats import norm

for q, s, a in [(0.01, 4, 2), (0.01, 4, 32), (0.01, 1.1, 8), (256 / 60000, 1.1, 16), (0.2, 2, 5), (0.5, 1, 3), (0.001, 0.7, 6)]:
    def log_p(x): return norm.logpdf(x, 0, s)
    def log_m(x): return np.logaddexp(np.log1p(-q) + norm.logpdf(x, 0, s), np.log(q) + norm.logpdf(x, 1, s))
    def divergence(f, g):
        points = np.linspace(-40 * s, 40 * s + a, 400)
        return np.log(sum(quad(lambda x: np.exp(a * f(x) - (a - 1) * g(x)), lo, hi, epsabs=0, epsrel=1e-12)[0]
                          for lo, hi in zip(points, points[1:]))) / (a - 1)
    print(q, s, a, repr(divergence(log_m, log_p)), "other direction", repr(divergence(log_p, log_m)))
