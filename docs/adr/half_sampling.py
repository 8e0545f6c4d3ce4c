"""The figures of 0015-intervals.md: how well two ways of resampling know the standard error of a metric.

Two sets of 800 samples from normal distributions with 32 features, the second shifted by so much in each. Needs NumPy.
"""
import numpy as np

COUNT, FEATURES, DRAWS, ESTIMATES, RESAMPLES = 800, 32, 40, 5, 20
random = np.random.default_rng(0)


def frechet(x, y):
    a, b = np.cov(x.T), np.cov(y.T)
    values, vectors = np.linalg.eigh(a)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    shared = np.sqrt(np.clip(np.linalg.eigvalsh(root @ b @ root), 0, None)).sum()
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(a) + np.trace(b) - 2 * shared


def kernel(x, y):
    def k(a, b):
        return (a @ b.T / FEATURES + 1) ** 3

    def within(a):
        return (k(a, a).sum() - np.trace(k(a, a))) / (len(a) * (len(a) - 1))

    return within(x) + within(y) - 2 * k(x, y).mean()


def precision(x, y, neighbour=3):
    def distances(a, b):
        return np.sqrt(np.maximum((a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T, 0))

    reach = np.sort(distances(x, x), 1)[:, neighbour]
    return (distances(y, x) <= reach[None]).any(1).mean()


def half(x):
    return x[random.permutation(COUNT)[: COUNT // 2]]


def with_replacement(x):
    return x[random.integers(0, COUNT, COUNT)]


for shift in (0, 0.1, 0.3, 1):
    for metric in (frechet, kernel, precision):
        values, halves, bootstraps, means = [], [], [], []
        for draw in range(DRAWS):
            x, y = random.standard_normal((COUNT, FEATURES)), random.standard_normal((COUNT, FEATURES)) + shift
            values.append(metric(x, y))
            if draw < ESTIMATES:
                halves.append(np.std([metric(half(x), half(y)) for _ in range(RESAMPLES)], ddof=1))
                again = [metric(with_replacement(x), with_replacement(y)) for _ in range(RESAMPLES)]
                bootstraps.append(np.std(again, ddof=1))
                means.append(np.mean(again))
        print(
            f"shift {shift}  {metric.__name__:9}  value {np.mean(values):8.4f}  standard error {np.std(values, ddof=1):.4f}"
            f"  by halves {np.mean(halves):.4f}  by bootstrap {np.mean(bootstraps):.4f} around {np.mean(means):.4f}"
        )
