"""The numbers that the tests of objectives expect: tiny networks (TinyNetworks.cs) and each loss computed again in NumPy, from the papers."""
import numpy as np

N, D, F, K, L = 4, 5, 6, 3, 3


def wave(phase, *shape):
    return np.sin(0.7 * np.arange(np.prod(shape)) + 10 * phase).reshape(shape)


def softplus(x):
    return np.logaddexp(0, x)


def real_loss(logits):  # -log D
    return softplus(-logits).mean()


def fake_loss(logits):  # -log(1 - D)
    return softplus(logits).mean()


def generate(z, classes=None):
    hidden = z @ wave(.1, z.shape[1], D)
    if classes is not None:
        hidden = hidden + np.eye(K)[classes] @ wave(.2, K, D)
    return np.tanh(hidden)


def features(x):
    return np.tanh(x @ wave(.3, x.shape[1], F))


def logits(x):
    return features(x) @ wave(.4, F, 1)[:, 0]


def encode(x, latent=L):
    out = x @ wave(.5, D, 2 * latent)
    return out[:, :latent], out[:, latent:]


x, z, classes = wave(.6, N, D), wave(.7, N, L), np.array([0, 2, 1, 2])


def kl(mean, log_variance):
    return (-.5 * (1 + log_variance - mean ** 2 - np.exp(log_variance))).sum(1)


def vae(likelihood, deviation, beta):
    mean, log_variance = encode(x)
    log_variance = log_variance - 80  # the latents are the means
    decoded = generate(mean)
    if likelihood == "gaussian":
        cost = ((x - decoded) ** 2 / (2 * deviation ** 2) + np.log(deviation) + .5 * np.log(2 * np.pi)).sum(1)
    else:
        t, p = (x + 1) / 2, (decoded + 1) / 2
        p = np.clip(p, 1e-7, 1 - 1e-7)
        cost = -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum(1)
    divergence = kl(mean, log_variance).mean()
    return cost.mean() + beta * divergence, divergence


if __name__ == "__main__":
    for case in [("gaussian", .5, 1), ("gaussian", 2, 4), ("bernoulli", 1, 1)]:
        print("vae", case, *map(repr, vae(*case)))
