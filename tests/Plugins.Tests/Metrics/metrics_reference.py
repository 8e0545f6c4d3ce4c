"""The expected values of KernelDistanceTests, InceptionTests, NeighboursTests and ShrunkCovarianceTests, by NumPy, SciPy and scikit-learn
(Debian: python3-numpy python3-scipy python3-sklearn). Run by hand: python3 metrics_reference.py"""

import numpy
from scipy import special, stats
from scipy.spatial.distance import cdist
from sklearn.covariance import LedoitWolf
from sklearn.metrics.pairwise import polynomial_kernel
from sklearn.neighbors import NearestNeighbors

from frechet_reference import features


def show(name, *values):
    print(f"{name}: {', '.join(f'{value:.17g}' for value in values)}")


def rows(start, count, total):
    """So many different rows of a total that 7 does not divide."""
    return [(start * 31 + 7 * place) % total for place in range(count)]


def kid(real, generated):
    m, n = len(real), len(generated)
    kernel = lambda x, y: polynomial_kernel(x, y, degree=3, gamma=1 / x.shape[1], coef0=1)
    within = lambda x: (kernel(x, x).sum() - numpy.trace(kernel(x, x))) / (len(x) * (len(x) - 1))
    return within(real) + within(generated) - 2 * kernel(real, generated).sum() / (m * n)


def inception(logits, parts):
    probabilities = special.softmax(logits, axis=1)
    scores = []
    for part in range(parts):
        chosen = probabilities[part::parts]
        scores.append(numpy.exp(numpy.mean([stats.entropy(one, chosen.mean(axis=0)) for one in chosen])))
    return scores


def radii(points, k):
    """The distance to the k-th neighbour; the point itself is the nearest of its k + 1."""
    return NearestNeighbors(n_neighbors=k + 1, algorithm="kd_tree").fit(points).kneighbors(points)[0][:, -1]


def precision_recall(real, generated, k):
    distances = cdist(generated, real)
    return (distances <= radii(real, k)).any(axis=1).mean(), (distances.T <= radii(generated, k)).any(axis=1).mean()


def density_coverage(real, generated, k):
    inside = cdist(generated, real) < radii(real, k)
    return inside.sum(axis=1).mean() / k, inside.any(axis=0).mean()


def mahalanobis(real, generated):
    estimate = LedoitWolf().fit(real)
    distances = numpy.sqrt(estimate.mahalanobis(generated))
    return distances.mean(), numpy.sqrt(estimate.mahalanobis(generated.mean(axis=0, keepdims=True)))[0], estimate.shrinkage_


near, far = features(1, 300, 16), features(2, 250, 16, 1.1, 0.2)
wide, wider = features(3, 40, 64), features(4, 30, 64, 1.2, 0.1)
repeated = near[[place // 3 for place in range(300)]]

for start, (m, n) in enumerate([(100, 100), (300, 250)]):
    show(f"kid of {m} and {n}", kid(near[rows(start, m, 300)], far[rows(start + 5, n, 250)]))
show("inception", *inception(8 * features(5, 90, 10), 4))
for name, real, generated in [("plain", near, far), ("few", wide, wider), ("repeated", repeated, far), ("repeated generated", far, repeated)]:
    show(f"precision and recall, {name}", *precision_recall(real, generated, 3))
    show(f"density and coverage, {name}", *density_coverage(real, generated, 5))
    show(f"nearest real, {name}", NearestNeighbors(n_neighbors=1, algorithm="kd_tree").fit(real).kneighbors(generated)[0].mean())
    show(f"mahalanobis, of the mean and shrinkage, {name}", *mahalanobis(real, generated))
