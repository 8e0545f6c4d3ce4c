"""The numbers of TimeGanTests: the losses of TimeGAN where every network is its bias alone. Run with a Python that has numpy."""
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.log1p(np.exp(x))


n, t, c, w = 4, 3, 2, 5
series = np.sin(np.arange(n * t * c)).reshape(n, t, c)
lowest, highest = series.min((0, 1)), series.max((0, 1))
scaled = (series - lowest) / (highest - lowest)
# The last layer of each network has weight 0 and this bias: embedder, recovery, generator, supervisor, discriminator.
e, r, g, s, d = 0.1, 0.2, 0.3, 0.4, 0.5

reconstruction = 10 * np.sqrt(np.mean((sigmoid(r) - scaled) ** 2) + 1e-12)
supervision = (sigmoid(s) - sigmoid(e)) ** 2
recovered = np.full((n, t, c), sigmoid(r))
moments = np.mean(np.abs(np.sqrt(recovered.var(0) + 1e-6) - np.sqrt(scaled.var(0) + 1e-6))) + np.mean(np.abs(recovered.mean(0) - scaled.mean(0)))
print("embedding", reconstruction)
print("supervising", supervision)
print("e", reconstruction + 0.1 * supervision)
print("g", softplus(-d) + 1.0 * softplus(-d) + 100 * np.sqrt(supervision + 1e-12) + 100 * moments)
print("d", softplus(-d) + softplus(d) + 1.0 * softplus(d))
