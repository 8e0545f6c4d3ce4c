#!/usr/bin/env python3
"""The numbers of PluginGan's draws in whole numbers and float64: Philox4x32-10 as its paper defines it (doi:10.1145/2063384.2063405). It needs no library.

The scripts beside the tests take their draws from here. Run by itself it prints what DrawsTests expects: two rows of three with seed 42, from row 0 and from row 2**33.
"""
import math

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(second >> 32) ^ c[1] ^ k[0], second & MASK, (first >> 32) ^ c[3] ^ k[1], first & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def pair(first, second):
    length = math.sqrt(-2 * math.log(((first >> 8) + 1) / 2**24))
    turned = 2 * math.pi * (second >> 8) / 2**24
    return [length * math.cos(turned), length * math.sin(turned)]


class Draws:
    """A scope: each draw is its next stream. What it gives are rows of numbers."""

    def __init__(self, seed, first=0):
        self.seed, self.first, self.stream = seed, first, 0

    def words(self, rows, size):
        stream, self.stream = self.stream, self.stream + 1
        return [
            [word for block in range((size + 3) // 4) for word in philox([block, stream, row & MASK, row >> 32], [self.seed & MASK, self.seed >> 32])]
            for row in range(self.first, self.first + rows)
        ]

    def uniform(self, rows, size):
        return [[(word >> 8) / 2**24 for word in row[:size]] for row in self.words(rows, size)]

    def integers(self, rows, size, below):
        return [[word * below >> 32 for word in row[:size]] for row in self.words(rows, size)]

    def normal(self, rows, size):
        return [[value for at in range(0, len(row), 2) for value in pair(row[at], row[at + 1])][:size] for row in self.words(rows, size)]


if __name__ == "__main__":
    for first in (0, 2**33):
        print("uniform ", Draws(42, first).uniform(2, 3))
        print("integers", Draws(42, first).integers(2, 3, 1000))
        print("normal  ", Draws(42, first).normal(2, 3))
