"""The numbers of BayesianMixtureTests: scikit-learn's mixture, begun from the same k-means. Run with a Python that has numpy and scikit-learn."""
import warnings
import numpy as np
from sklearn.cluster import KMeans
from sklearn.mixture import BayesianGaussianMixture

warnings.simplefilter("ignore")


class FromQuantiles(BayesianGaussianMixture):
    """Begins with k-means whose centres are quantiles of the values."""

    def _initialize_parameters(self, X, random_state):
        distinct = np.unique(X)
        places = ((np.arange(self.n_components) + 0.5) * len(distinct) / self.n_components).astype(int)
        labels = KMeans(self.n_components, init=distinct[places].reshape(-1, 1), n_init=1, max_iter=300, tol=0, algorithm="lloyd").fit(X).labels_
        resp = np.zeros((len(X), self.n_components))
        resp[np.arange(len(X)), labels] = 1
        self._initialize(X, resp)


def values(count, centres, scales):
    at = np.arange(count)
    return np.array(centres)[at % len(centres)] + np.array(scales)[at % len(centres)] * np.sin(at * at)


def fit(name, data, modes):
    shift, scale = data.mean(), data.std()
    mixture = FromQuantiles(n_components=modes, weight_concentration_prior_type="dirichlet_process", weight_concentration_prior=0.001, max_iter=100, tol=1e-3)
    mixture.fit(np.sort((data - shift) / scale).reshape(-1, 1))
    kept = mixture.weights_ > 0.005
    print(name, "modes kept", kept.sum())
    print("  weights   ", ", ".join(f"{value:.9f}" for value in mixture.weights_[kept]))
    print("  means     ", ", ".join(f"{value:.9f}" for value in mixture.means_[kept, 0] * scale + shift))
    print("  deviations", ", ".join(f"{value:.9f}" for value in np.sqrt(mixture.covariances_[kept, 0, 0]) * scale))


fit("three clear modes", values(600, [-3, 0, 5], [0.2, 0.5, 1.0]), 10)
fit("two that overlap", values(400, [100, 101], [1.5, 3.0]), 4)
fit("one", values(50, [0], [1e-3]), 10)
