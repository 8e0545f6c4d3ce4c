"""The numbers that the tests of losses, regularisers and augmentations expect, from their formulas in NumPy.

Run: python3 losses_reference.py.
"""
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[2]))
from draws import Draws

# The scope that everything draws from, as the tests open it.
draws = None


def begin(seed):
    global draws
    draws = Draws(seed)


REAL = np.array([[1, 2], [3, 0], [-1, 1]], float)
FAKE = np.array([[0, 4], [1, 1], [2, -2]], float)
LATENTS = np.array([[0.5, -1], [1.5, 0.25], [-0.75, 2]])


def show(name, *values):
    print(f"{name}: {', '.join(f'{v:.15g}' for v in values)}")


def verdict(x):  # The discriminator of the tests: half the squared norm.
    return 0.5 * (x.reshape(len(x), -1) ** 2).sum(1)


def softplus(x):
    return np.logaddexp(0, x)


def relativistic_average():
    real, fake = np.array([2.0, -0.5, 0.3, 3.5]), np.array([-1.5, 0.8, 1.7, -3.0])
    over, under = real - fake.mean(), fake - real.mean()
    # -log sigmoid(x) is softplus(-x), -log(1 - sigmoid(x)) is softplus(x).
    show("relativistic-average", softplus(-over).mean() + softplus(under).mean(), softplus(over).mean() + softplus(-under).mean())


def dragan():
    begin(1)
    alpha, u = np.array(draws.uniform(3, 1)), np.array(draws.uniform(3, 2))
    at = REAL + alpha * 0.5 * REAL.std() * u
    show("dragan", ((np.linalg.norm(at, axis=1) - 1) ** 2).mean())


def lecam():
    decay, sums, weight, penalties = 0.9, np.zeros(2), 0.0, []
    for shift in (0.0, 1.0, -2.0):
        real, fake = verdict(REAL + shift), verdict(FAKE - shift)
        sums = decay * sums + (1 - decay) * np.array([real.mean(), fake.mean()])
        weight = decay * weight + (1 - decay)
        of_real, of_fake = sums / weight
        penalties.append(((real - of_fake) ** 2).mean() + ((fake - of_real) ** 2).mean())
    show("lecam", *penalties)


def shrunk(rows):
    """Oracle approximating shrinkage, arXiv:0907.4698, equation 23."""
    n, p = rows.shape
    s = np.cov(rows.T, ddof=0).reshape(p, p)
    trace, squares = np.trace(s), np.trace(s @ s)
    denominator = (n + 1 - 2 / p) * (squares - trace**2 / p)
    rho = min(1, ((1 - 2 / p) * squares + trace**2) / denominator) if p > 1 else 0
    return (1 - rho) * s + rho * trace / p * np.eye(p)


def mahalanobis(real, fake):
    gap = real.mean(0) - fake.mean(0)
    return gap @ np.linalg.inv(shrunk(real)) @ gap


def mean_distance():
    fake = FAKE + 1
    wide = lambda x: np.concatenate([x, x**2, x[:, :1] * x[:, 1:]], 1)  # Five columns of three rows.
    many = np.concatenate([REAL, REAL[::-1] * [3, 1]])  # Their shrinkage is 0.39; with three rows it is 1.
    show("mean-distance mahalanobis samples", mahalanobis(REAL, fake))
    show("mean-distance mahalanobis many", mahalanobis(many, fake))
    show("mean-distance mahalanobis wide", mahalanobis(wide(REAL), wide(fake)))
    show("mean-distance mahalanobis one column", mahalanobis(REAL[:, :1], fake[:, :1]))
    show("mean-distance euclidean features", ((REAL**2).mean(0) - (fake**2).mean(0)) @ ((REAL**2).mean(0) - (fake**2).mean(0)))
    show("mean-distance mahalanobis features", mahalanobis(REAL**2, fake**2))


def pull_away():
    s = FAKE**2
    cosines = [(s[i] @ s[j] / np.linalg.norm(s[i]) / np.linalg.norm(s[j])) ** 2 for i in range(3) for j in range(3) if i != j]
    show("pull-away", sum(cosines) / 6)


def generated(z):  # The generator of the tests: tanh(z A).
    return np.tanh(z @ np.array([[1, -0.5, 0.25], [0.5, 2, -1]]))


def diversity():
    z, other = LATENTS[:1], LATENTS[1:2]
    ratio = np.abs(generated(z) - generated(other)).mean() / np.abs(z - other).mean()
    show("diversity", 1 / (ratio + 1e-5))


def path_length():
    # Styles are twice the latents; the generator makes [N, 3]: one pixel of three channels.
    a = np.array([[1, -0.5, 0.25], [0.5, 2, -1]])
    mean = weight = 0.0
    penalties = []
    for seed in (1, 2):
        begin(seed)
        y = np.array(draws.normal(3, 3))
        w = 2 * LATENTS
        slopes = 1 - np.tanh(w @ a) ** 2
        lengths = np.array([np.linalg.norm(a @ (slopes[i] * y[i])) for i in range(3)])
        mean, weight = 0.9 * mean + 0.1 * lengths.mean(), 0.9 * weight + 0.1
        penalties.append(((lengths - mean / weight) ** 2).mean())
    show("path-length", *penalties)


def images(n, c, h, w):
    return np.sin(np.arange(n * c * h * w, dtype=float)).reshape(n, c, h, w)


def reflected(i, length):
    return i if 0 <= i < length else -i if i < 0 else 2 * (length - 1) - i


def moved(x, down, right, mirrored):
    n, c, h, w = x.shape
    result = np.zeros_like(x)
    for k in range(n):
        for i in range(h):
            for j in range(w):
                row, column = i - down[k], j - right[k]
                if mirrored:
                    row, column = reflected(row, h), reflected(column, w)
                if 0 <= row < h and 0 <= column < w:
                    result[k, :, i, j] = x[k, :, row, column]
    return result


def whole(low, high, n):
    return low + np.array(draws.integers(n, 1, high - low + 1))[:, 0]


def uniform(n):
    return np.array(draws.uniform(n, 1)).reshape(n, 1, 1, 1)


def weighed(x):  # One number that notices any change.
    return (x * np.cos(0.7 * np.arange(x.size)).reshape(x.shape)).sum()


def consistency():
    def judged(x):
        return np.tanh((x * np.cos(0.7 * np.arange(x[0].size)).reshape(x[0].shape)).reshape(len(x), -1).sum(1))

    def transformed(x):
        down, right, flip = whole(-2, 2, len(x)), whole(-1, 1, len(x)), whole(0, 1, len(x))
        result = moved(x, down, right, True)
        return np.where(flip.reshape(-1, 1, 1, 1) == 1, result[..., ::-1], result)

    real, fake = images(4, 2, 8, 6), images(4, 2, 8, 6)[::-1] * 0.5
    begin(1)
    of_real = ((judged(real) - judged(transformed(real))) ** 2).mean()
    of_fake = ((judged(fake) - judged(transformed(fake))) ** 2).mean()
    show("consistency", of_real)
    show("balanced-consistency", 0.5 * of_real + 2 * of_fake)


def diff_augment():
    def chosen(x, change):
        gate = uniform(len(x)) < 0.75
        return np.where(gate, change(x), x)

    def colour(x):
        x = x + uniform(len(x)) - 0.5
        mean = x.mean(1, keepdims=True)
        x = mean + (x - mean) * 2 * uniform(len(x))
        mean = x.mean((1, 2, 3), keepdims=True)
        return mean + (x - mean) * (uniform(len(x)) + 0.5)

    def translation(x):
        return moved(x, whole(-1, 1, len(x)), whole(-1, 1, len(x)), False)

    def cutout(x):
        x, (n, _, h, w) = x.copy(), x.shape
        high, wide = int(h * 0.5 + 0.5), int(w * 0.5 + 0.5)
        rows, columns = whole(0, h - high % 2, n), whole(0, w - wide % 2, n)
        for k in range(n):
            top, left = rows[k] - high // 2, columns[k] - wide // 2
            x[k, :, max(top, 0):max(top + high, 0), max(left, 0):max(left + wide, 0)] = 0
        return x

    for channels in (3, 1):
        begin(5)
        x = images(6, channels, 8, 6)
        results = []
        for change in (colour, translation, cutout):
            x = chosen(x, change)
            results.append(weighed(x))
        show(f"diff-augment of {channels} channels", results[-1])


def adaptive():
    # Four verdicts of eight samples to a change; 0.5 kimg from 0 to 1.
    probability, path = 0.0, []
    for share in (1.0, 1.0, 0.5, 1.0):  # The share of positive logits.
        probability = min(1, max(0, probability + np.sign((2 * share - 1) - 0.6) * 32 / 500))
        path.append(probability)
    show("adaptive", *path)


for part in (relativistic_average, dragan, lecam, mean_distance, pull_away, diversity, path_length, consistency, diff_augment, adaptive):
    part()
