"""The expected values of KernelDistanceTests for features that are small, large, or far from 0: the unbiased squared maximum mean discrepancy under (x·y / D + 1)³ in rational
arithmetic, which loses no digit. No libraries beyond those of frechet_reference. Run by hand: python3 kid_reference.py"""

from fractions import Fraction

from frechet_reference import features


def distance(real, generated):
    real, generated = ([[Fraction(value) for value in row] for row in rows.tolist()] for rows in (real, generated))
    kernel = lambda x, y: (sum(a * b for a, b in zip(x, y)) / len(x) + 1) ** 3
    within = lambda rows: sum(kernel(x, y) for i, x in enumerate(rows) for j, y in enumerate(rows) if i != j) / Fraction(len(rows) * (len(rows) - 1))
    between = sum(kernel(x, y) for x in real for y in generated) / Fraction(len(real) * len(generated))
    return float(within(real) + within(generated) - 2 * between)


for scale, offset in [(1, 0), (1e-6, 0), (1e-12, 0), (1e12, 0), (1, 1e6), (1e-3, 1e3)]:
    near, far = features(1, 30, 16), features(2, 25, 16, 1.1, 0.2)
    print(f"scale {scale}, offset {offset}: {distance(near * scale + offset, far * scale + offset)!r}")
