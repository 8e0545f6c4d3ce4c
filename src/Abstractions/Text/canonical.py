"""Writes canonical.txt, the Unicode data of CanonicalText, and prints the golden values of its tests (CanonicalTextTests).

A line is either "CODE FIRST [SECOND]", a canonical decomposition, with "!" behind it where the pair must not be composed again,
or "FIRST-LAST=CLASS", the combining class of a range of code points. Hangul is computed, not listed.
"""

import hashlib
import pathlib
import unicodedata

CODES = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]


def decompositions():
    for code in CODES:
        parts = unicodedata.decomposition(chr(code)).split()
        if not parts or parts[0].startswith("<") or 0xAC00 <= code <= 0xD7A3:
            continue
        composes = len(parts) == 2 and unicodedata.normalize("NFC", chr(code)) == chr(code)
        yield f"{code:X} {' '.join(f'{int(part, 16):X}' for part in parts)}{'' if composes else '!'}"


def classes():
    first = None
    for code in CODES + [0x110000]:
        found = unicodedata.combining(chr(code)) if code < 0x110000 else 0
        if first is not None and (found != current or code != last + 1):
            yield f"{first:X}-{last:X}={current}"
            first = None
        if found and first is None:
            first, current = code, found
        last = code


def drawn():
    """Strings of letters and marks, drawn by the same generator as in the test."""
    letters = "aeouAEOUsSqd가각\u1100\u1161\u11a8\u0905\u093c\u0915"
    marks = [c for c in range(0x300, 0x370)] + [0x05B0, 0x093C, 0x0F71, 0x0F72, 0x3099, 0x302A, 0x1161, 0x11A8, 0x212B, 0x0958]
    state = 1
    for _ in range(3000):
        text = ""
        for place in range(6):
            state = (state * 1103515245 + 12345) % 2**31
            text += letters[(state >> 8) % len(letters)] if place % 3 == 0 else chr(marks[(state >> 8) % len(marks)])
        yield text


def sha(texts):
    return hashlib.sha256("\n".join(unicodedata.normalize("NFC", text) for text in texts).encode()).hexdigest()


pathlib.Path(__file__).with_name("canonical.txt").write_text("\n".join([*decompositions(), *classes()]) + "\n")
print("Unicode", unicodedata.unidata_version)
print("each code point ", sha(chr(code) for code in CODES))
print("each, decomposed", sha(unicodedata.normalize("NFD", chr(code)) for code in CODES))
print("drawn           ", sha(drawn()))
