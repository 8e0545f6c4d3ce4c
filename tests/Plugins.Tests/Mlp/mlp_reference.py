"""The numbers of MlpModelTests: the forward pass of both networks in NumPy, on weights that a formula gives.

/usr/bin/python3 tests/Plugins.Tests/Mlp/mlp_reference.py
"""
import numpy as np


def weights(shape, number):
    """sin(1.7 i + number) at the i-th place, row by row."""
    return np.sin(1.7 * np.arange(np.prod(shape)) + number).reshape(shape)


def maxout(x, weight, bias, pieces):
    return (x @ weight.T + bias).reshape(len(x), pieces, -1).max(1)


samples = weights((2, 4), 0)  # two packs of two points
first = maxout(samples, weights((6, 4), 1), weights((6,), 2), 3)
second = maxout(first, weights((9, 2), 3), weights((9,), 4), 3)
print("maxout features", second.round(6).tolist())
print("maxout logits", (second @ weights((1, 3), 5).T + weights((1,), 6)).round(6).ravel().tolist())

latent = weights((3, 2), 0)
linear = latent @ weights((4, 2), 1).T
normal = (linear - linear.mean(0)) / np.sqrt(linear.var(0) + 1e-5)
hidden = np.maximum(normal * weights((4,), 2) + weights((4,), 3), 0)
print("batch-normalised points", (hidden @ weights((2, 4), 4).T + weights((2,), 5)).round(6).tolist())

one_hot = np.concatenate([latent, np.eye(2)[[1, 0, 1]]], 1)
linear = one_hot @ weights((3, 4), 1).T + weights((3,), 2)
leaky = np.maximum(linear, 0.2 * linear)
print("conditional points", (leaky @ weights((2, 3), 3).T + weights((2,), 4)).round(6).tolist())
