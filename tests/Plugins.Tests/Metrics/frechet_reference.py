"""The Fréchet distances that FrechetTests expects, by SciPy's matrix square root. Debian: apt-get install python3-scipy."""

import numpy
from scipy import linalg


def features(seed, rows, columns, scale=1.0, shift=0.0):
    """Uniform numbers of a 32-bit linear congruential generator (Numerical Recipes), each leaning on its right neighbour."""
    state, values = seed, []
    for _ in range(rows * columns):
        state = (1664525 * state + 1013904223) % 2**32
        values.append(state / 2**32)
    drawn = numpy.array(values).reshape(rows, columns)
    return scale * (drawn + 0.5 * numpy.roll(drawn, -1, axis=1)) + shift * numpy.arange(columns) / columns


def frechet(first, second):
    covariances = [numpy.atleast_2d(numpy.cov(x, rowvar=False)) for x in (first, second)]
    root = linalg.sqrtm(covariances[0] @ covariances[1])
    difference = first.mean(axis=0) - second.mean(axis=0)
    return difference @ difference + sum(map(numpy.trace, covariances)) - 2 * numpy.trace(root).real


if __name__ == "__main__":
    for name, first, second in [
        ("more samples than features", features(1, 300, 16), features(2, 250, 16, 1.3, 0.4)),
        ("many features", features(3, 500, 64), features(4, 500, 64, 0.8, 0.1)),
        ("fewer samples than features", features(5, 20, 32), features(6, 24, 32, 1.5, 0.2)),
        ("one feature", features(7, 100, 1), features(8, 80, 1, 2.0, 1.0) + 1),
    ]:
        print(f"{name}: {frechet(first, second):.17g}")
