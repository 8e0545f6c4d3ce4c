"""The numbers in this folder's tests, computed with NumPy alone: python3 layers_reference.py"""
import numpy as np


def wave(step, *shape):
    """What Wave.Of makes: sin(step), sin(2·step), ... in this shape."""
    return np.sin(step * np.arange(1, np.prod(shape) + 1)).reshape(shape)


def show(name, values):
    print(name, ", ".join(f"{value:.6f}" for value in np.ravel(values)))


def conditional_batch_norm():
    x, gain, bias, classes = wave(0.7, 3, 2, 1, 2), wave(0.3, 4, 2), wave(0.9, 4, 2), [2, 0, 2]
    normalised = (x - x.mean((0, 2, 3), keepdims=True)) / np.sqrt(x.var((0, 2, 3), keepdims=True) + 1e-5)
    show("conditional batch norm", gain[classes][:, :, None, None] * normalised + bias[classes][:, :, None, None])


def self_attention():
    x = wave(0.7, 1, 16, 1, 3)[0, :, 0].T  # places × channels
    f, g, h, v = wave(0.3, 2, 16), wave(0.5, 2, 16), wave(0.9, 2, 16), wave(1.1, 16, 2)
    out = np.zeros_like(x)
    for j in range(3):
        scores = np.array([(f @ x[i]) @ (g @ x[j]) for i in range(3)])
        beta = np.exp(scores - scores.max())
        beta /= beta.sum()
        out[j] = 0.5 * (v @ sum(beta[i] * (h @ x[i]) for i in range(3))) + x[j]
    show("self-attention, channels 0 and 15", out.T[[0, 15]])


def minibatch_deviation():
    x = wave(0.7, 4, 2, 1, 2)
    out = np.zeros(4)
    for members in ([0, 2], [1, 3]):  # two groups of two
        group = x[members]
        out[members] = np.sqrt(((group - group.mean(0)) ** 2).mean(0) + 1e-8).mean()
    show("minibatch deviation", out)


def resampling():
    x, f = wave(0.7, 4, 6), np.array([1, 3, 3, 1]) / 8
    padded = np.pad(x, 1)
    down = [[f @ padded[2 * i:2 * i + 4, 2 * j:2 * j + 4] @ f for j in range(3)] for i in range(2)]
    show("down", down)
    x = wave(0.7, 2, 3)
    edged = np.pad(x, 1, mode="edge")
    spread = np.zeros((2 * edged.shape[0], 2 * edged.shape[1]))
    spread[::2, ::2] = edged
    # Zeros between, then the filter with a gain of 2 each way.
    g = 2 * f
    up = [[g @ spread[i:i + 4, j:j + 4] @ g for j in range(6)] for i in range(4)]
    show("up", up)


def modulated_convolution():
    x, w, style = wave(0.7, 2, 2, 3, 3), wave(0.3, 3, 2, 3, 3) / np.sqrt(2 * 9), wave(0.5, 2, 2)
    s = style @ (wave(0.9, 2, 2) / np.sqrt(2)).T + 1
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    out = np.zeros((2, 3, 3, 3))
    for n in range(2):
        for o in range(3):
            kernel = w[o] * s[n][:, None, None]
            kernel = kernel / np.sqrt((kernel ** 2).sum() + 1e-8)
            for i in range(3):
                for j in range(3):
                    out[n, o, i, j] = (kernel * padded[n, :, i:i + 3, j:j + 3]).sum()
    show("modulated convolution, first row of each", out[:, :, 0])


conditional_batch_norm()
self_attention()
minibatch_deviation()
resampling()
modulated_convolution()
