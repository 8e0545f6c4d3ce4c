"""The expected values of DiscriminativeScoreTests for columns of very different scale, by NumPy in float64: what standardised columns are, and how many held-out rows a linear
discriminant tells on them (Fisher 1936). Run by hand: python3 discriminative_reference.py"""

import numpy

from frechet_reference import features

ROWS = 800


def rows(seed, shift):
    """Three columns as float32 holds them: time stamps, a constant, and one of about 1 that is higher in generated rows."""
    drawn = features(seed, ROWS, 2)
    stamps = 1e12 + 65536 * numpy.floor(1000 * drawn[:, 0])
    return numpy.stack([stamps, numpy.full(ROWS, 7.0), drawn[:, 1] + shift], axis=1).astype(numpy.float32).astype(numpy.float64)


real, generated = rows(11, 0), rows(12, 0.75)
both = numpy.concatenate([real, generated])
kept = [column for column in range(3) if numpy.ptp(both[:, column]) > 0]
mean, deviation = real[:, kept].mean(axis=0), real[:, kept].std(axis=0)
scaled = [(part[:, kept] - mean) / deviation for part in (real, generated)]
print("columns kept:", kept)
print("first real row:", [float(value) for value in scaled[0][0]])
print("first generated row:", [float(value) for value in scaled[1][0]])

train, held = [part[ROWS // 5:] for part in scaled], [part[: ROWS // 5] for part in scaled]
within = sum(numpy.cov(part.T) for part in train)
direction = numpy.linalg.solve(within, train[0].mean(axis=0) - train[1].mean(axis=0))
middle = (train[0].mean(axis=0) + train[1].mean(axis=0)) / 2
told = numpy.concatenate([(held[0] - middle) @ direction > 0, (held[1] - middle) @ direction <= 0])
print("score of a linear discriminant:", abs(told.mean() - 0.5))
