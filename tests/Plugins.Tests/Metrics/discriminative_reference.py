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


def by_heart(real, generated, sides):
    """The score of a classifier that gives a row the label that its copies among the training rows have most often, and guesses for others."""
    training, held = sides
    known = {}
    for label, rows, places in ((1, real, training[0]), (-1, generated, training[1])):
        for place in places:
            known[rows[place]] = known.get(rows[place], 0) + label
    told = []
    for label, rows, places in ((1, real, held[0]), (-1, generated, held[1])):
        told.append(numpy.mean([0.5 + 0.5 * label * numpy.sign(known.get(rows[place], 0)) for place in places]))
    return abs(numpy.mean(told) - 0.5)


def at_random(rows, random):
    """Each kind divided for itself, a fifth held out."""
    orders = [random.permutation(len(rows)) for _ in range(2)]
    return [order[len(rows) // 5:] for order in orders], [order[: len(rows) // 5] for order in orders]


def together(rows, random):
    """Equal rows on one side; those of 50 copies and more in both kinds together by their share."""
    training, held = [], []
    for value in random.permutation(sorted(set(rows))):
        places = [place for place, row in enumerate(rows) if row == value]
        if 2 * len(places) >= 50:
            part = round(len(places) / 5)
            held += places[:part]
            training += places[part:]
        else:
            (held if len(held) + len(places) <= len(rows) // 5 else training).extend(places)
    return [training, training], [held, held]


random = numpy.random.default_rng(1)
for name, rows in (("distinct", list(range(200))), ("many duplicates", [row // 5 for row in range(200)]), ("few values", [row // 60 for row in range(240)])):
    scores = [numpy.mean([by_heart(rows, rows, way(rows, random)) for _ in range(50)]) for way in (at_random, together)]
    print(f"a table against itself, {name}: divided at random {scores[0]:.3f}, equal rows on one side {scores[1]:.3f}")

shares = numpy.array([400, 300, 200, 100]) / 1000
print("few values, other shares:", abs(shares - shares[::-1]).sum() / 4)
