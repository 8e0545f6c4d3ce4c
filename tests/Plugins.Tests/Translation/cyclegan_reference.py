"""The losses of CycleGAN (arXiv:1703.10593, equations 2 and 3 with the squares of section 4) for networks a*x + b. Prints what CycleGanObjectiveTests holds."""
import numpy as np

x = np.array([[0.5, -1.0], [0.25, 0.75], [-0.5, 0.0]])
y = np.array([[1.0, 0.5], [-0.25, -0.75], [0.0, 0.125]])


def G(v): return 0.5 * v + 0.25
def F(v): return -1.5 * v + 0.5
def D(v): return 2.0 * v - 0.5
def E(v): return 0.75 * v + 0.125
def mean_abs(v): return np.abs(v).mean()
def square(v): return (v ** 2).mean()


adversarial = square(D(G(x)) - 1) + square(E(F(y)) - 1)
cycle = mean_abs(F(G(x)) - x) + mean_abs(G(F(y)) - y)
identity = mean_abs(G(y) - y) + mean_abs(F(x) - x)
print("adversarial %.15g" % adversarial)
print("cycle %.15g" % cycle)
print("identity %.15g" % identity)
print("g %.15g" % (adversarial + 10 * cycle))
print("g with identity %.15g" % (adversarial + 10 * cycle + 5 * identity))
print("d %.15g" % ((square(D(y) - 1) + square(D(G(x)))) / 2 + (square(E(x) - 1) + square(E(F(y)))) / 2))
