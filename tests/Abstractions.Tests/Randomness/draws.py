#!/usr/bin/env python3
"""The numbers that DrawsTests expects of the first draw with seed 42, two rows of three, and rows 2**33 and 2**33 + 1 of it; from Philox4x32-10 as its paper defines it, in whole numbers and float64.

The arithmetic is written from doi:10.1145/2063384.2063405 and needs no library."""
import math

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(second >> 32) ^ c[1] ^ k[0], second & MASK, (first >> 32) ^ c[3] ^ k[1], first & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def words(seed, stream, row, size):
    blocks = (philox([block, stream, row & MASK, row >> 32], [seed & MASK, seed >> 32]) for block in range((size + 3) // 4))
    return [word for block in blocks for word in block]


def normal(first, second):
    length = math.sqrt(-2 * math.log(((first >> 8) + 1) / 2**24))
    turned = 2 * math.pi * (second >> 8) / 2**24
    return [length * math.cos(turned), length * math.sin(turned)]


for first in (0, 2**33):
    rows = [words(42, 0, row, 3) for row in (first, first + 1)]
    print("uniform ", [(word >> 8) / 2**24 for row in rows for word in row[:3]])
    print("integers", [word * 1000 >> 32 for row in rows for word in row[:3]])
    print("normal  ", [value for row in rows for value in (normal(*row[:2]) + normal(*row[2:]))[:3]])
