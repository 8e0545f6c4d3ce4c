"""The expected values of StructuralSimilarityTests: multi-scale structural similarity as its authors define it (Wang, Simoncelli, Bovik, "Multi-scale structural similarity
for image quality assessment", Asilomar 2003, with the constants of Wang et al. 2004), on images whose intensities are 0 to 255. NumPy and SciPy (Debian: python3-numpy
python3-scipy). Run by hand: python3 ms_ssim_reference.py"""

import numpy
from scipy.signal import convolve2d

from frechet_reference import features

LEVELS = 255
C1, C2 = (0.01 * LEVELS) ** 2, (0.03 * LEVELS) ** 2
WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

offsets = numpy.arange(-5, 6)
bell = numpy.exp(-(offsets[:, None] ** 2 + offsets[None, :] ** 2) / (2 * 1.5**2))
WINDOW = bell / bell.sum()


def windowed(image):
    """The weighted mean around each pixel whose window lies within the image."""
    return convolve2d(image, WINDOW, mode="valid")


def terms(x, y):
    """Luminance, and contrast times structure, around each pixel."""
    mx, my = windowed(x), windowed(y)
    vx, vy, cov = windowed(x * x) - mx**2, windowed(y * y) - my**2, windowed(x * y) - mx * my
    return (2 * mx * my + C1) / (mx**2 + my**2 + C1), (2 * cov + C2) / (vx + vy + C2)


def halve(image):
    """A low-pass filter of 2×2 pixels, then every second pixel."""
    low = convolve2d(image, numpy.full((2, 2), 0.25), mode="valid")
    return low[::2, ::2]


def similarity(x, y, scales):
    weights = numpy.array(WEIGHTS[:scales]) / sum(WEIGHTS[:scales])
    product = 1.0
    for scale in range(scales):
        luminance, structure = terms(x, y)
        # Luminance counts at the last scale only.
        value = (luminance * structure).mean() if scale == scales - 1 else structure.mean()
        product *= max(value, 0) ** weights[scale]
        x, y = halve(x), halve(y)
    return product


def images(pairs, channels, height, width, contrast):
    """Intensities around the middle, and what is 6 parts of them and 4 of others."""
    drawn = features(6, 2 * pairs, channels * height * width).reshape(2, pairs, channels, height, width) / 1.5
    mixed = 0.6 * drawn[0] + 0.4 * drawn[1]
    return [127.5 + contrast * (255 * values - 127.5) for values in (drawn[0], mixed)]


for scales, shape in [(1, (2, 1, 11, 20)), (2, (3, 1, 28, 28)), (3, (2, 3, 64, 48)), (5, (1, 1, 176, 176))]:
    for contrast in [1, 0.1]:
        first, second = images(*shape, contrast)
        values = [numpy.mean([similarity(x, y, scales) for x, y in zip(*pair)]) for pair in zip(first, second)]
        print(f"{scales} scales, {shape}, contrast {contrast}: {', '.join(f'{value:.17g}' for value in values)}")
