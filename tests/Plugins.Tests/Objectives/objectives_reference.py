"""The numbers that the tests of objectives expect: tiny networks (TinyNetworks.cs) and each loss computed again in NumPy, from the papers."""
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[2]))
from draws import Draws

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



def vae_gan(phase, gamma=.3):
    mean, log_variance = encode(x)
    log_variance = log_variance - 80
    again, sampled = generate(mean), generate(z)
    unlikeness = .5 * ((features(x) - features(again)) ** 2).sum(1).mean()
    if phase == "d":
        return 2 * real_loss(logits(x)) + fake_loss(logits(again)) + fake_loss(logits(sampled))
    if phase == "encoder":
        return kl(mean, log_variance).mean() + unlikeness
    if phase == "saturating":
        return gamma * unlikeness - fake_loss(logits(again)) - fake_loss(logits(sampled))
    return gamma * unlikeness + real_loss(logits(again)) + real_loss(logits(sampled))


# Two normal values, a categorical code of 3, a uniform code of 2.
def info_latent():
    return np.concatenate([wave(.7, N, 2), np.eye(3)[[1, 0, 2, 2]], wave(.8, N, 2)], 1)


def recognise(f):  # weights: waves; batch normalisation with its initial scale and shift
    hidden = f @ wave(.9, F, 7)
    hidden = (hidden - hidden.mean(0)) / np.sqrt(hidden.var(0) + 1e-5)
    hidden = np.where(hidden > 0, hidden, .1 * hidden)
    return hidden @ wave(1., 7, 5)


def infogan(phase, categorical=1.5, continuous=.2):
    code = info_latent()
    fake = generate(code)
    guess = recognise(features(fake))
    log_q = guess[:, :3] - np.log(np.exp(guess[:, :3]).sum(1, keepdims=True))
    categories = np.log(3) + (code[:, 2:5] * log_q).sum(1).mean()
    density = (-.5 * (code[:, 5:] - guess[:, 3:]) ** 2 - .5 * np.log(2 * np.pi)).sum(1).mean()
    values = 2 * np.log(2) + density
    game = real_loss(logits(x)) + fake_loss(logits(fake)) if phase == "d" else real_loss(logits(fake))
    return game - categorical * categories - continuous * values, categories, values


def ac_gan(phase, weight=.7):
    def entropy(f):
        scores = f @ wave(.9, F, K)
        return (np.log(np.exp(scores).sum(1)) - scores[np.arange(N), classes]).mean()
    fake = generate(z, classes)
    if phase == "d":
        return real_loss(logits(x)) + fake_loss(logits(fake)) + weight * (entropy(features(x)) + entropy(features(fake)))
    return real_loss(logits(fake)) + weight * entropy(features(fake))


def bigan(phase):
    mean = x @ wave(.5, D, L)
    encoded, generated = logits(np.concatenate([x, mean], 1)), logits(np.concatenate([generate(z), z], 1))
    if phase == "d":
        return real_loss(encoded) + fake_loss(generated)
    return fake_loss(encoded) + real_loss(generated)


def unrolled(phase):
    fake = logits(generate(z))
    if phase == "saturating":
        return -fake_loss(fake)
    return real_loss(fake) if phase == "g" else real_loss(logits(x)) + fake_loss(fake)


def f_anogan(phase, kappa=.4):
    mean, _ = encode(x)
    again = generate(mean)
    if phase == "encoder":
        return ((x - again) ** 2).mean() + kappa * ((features(x) - features(again)) ** 2).mean()
    return -logits(generate(z)).mean()


def critic(shares, penalty=10):
    fake = generate(z)
    between = shares[:, None] * x + (1 - shares[:, None]) * fake
    v, b = wave(.4, F, 1)[:, 0], wave(.3, D, F)
    gradient = ((1 - features(between) ** 2) * v) @ b.T
    return logits(fake).mean() - logits(x).mean() + penalty * ((np.linalg.norm(gradient, axis=1) - 1) ** 2).mean()


if __name__ == "__main__":
    for case in [("gaussian", .5, 1), ("gaussian", 2, 4), ("bernoulli", 1, 1)]:
        print("vae", case, *map(repr, vae(*case)))
    for phase in ["d", "encoder", "g", "saturating"]:
        print("vae-gan", phase, repr(vae_gan(phase)))
    for phase in ["d", "g"]:
        print("infogan", phase, *map(repr, infogan(phase)))
        print("ac-gan", phase, repr(ac_gan(phase)))
    for phase in ["d", "ge"]:
        print("bigan", phase, repr(bigan(phase)))
    for phase in ["d", "unroll", "g", "saturating"]:
        print("unrolled", phase, repr(unrolled(phase)))
    for phase in ["encoder", "g"]:
        print("f-anogan", phase, repr(f_anogan(phase)))
    print("f-anogan d", repr(critic(np.array(Draws(5).uniform(N, 1))[:, 0])))
    from sklearn.metrics import roc_auc_score
    samples, labels = wave(1.1, 12, D), np.arange(12) % 3
    again = generate(encode(samples)[0])
    scores = ((samples - again) ** 2).mean(1) + 2 * ((features(samples) - features(again)) ** 2).mean(1)
    print("anomaly-auroc", [repr(roc_auc_score(~np.isin(labels, normal), scores)) for normal in ([1], [0, 2])])
    print("ties", repr(roc_auc_score([0, 0, 0, 0, 1, 1, 1], [1, 2, 2, 3, 2, 3, 4])))
