"""Makes the .pt files and the constants of TorchScriptTests: run it in its folder.

Debian 12: python3-torch 1.13, python3-pil 9.4, python3-numpy 1.24.
"""

import numpy as np
import torch
from PIL import Image


def image(height, width):
    """The image that the tests make too: values that no resizing reproduces by chance."""
    rows, columns = np.mgrid[0:height, 0:width]
    return np.sin(rows * 1.3 + columns * 0.7 + 0.2).astype(np.float32)


def pillow(picture, size, kind):
    return np.asarray(Image.fromarray(picture, mode="F").resize((size, size), resample=kind), dtype=np.float32)


def torch_bilinear(picture, size):
    return torch.nn.functional.interpolate(torch.tensor(picture)[None, None], size=(size, size), mode="bilinear", align_corners=False)[0, 0].numpy()


def tensorflow_bilinear(picture, size):
    """TensorFlow 1: resize_bilinear(align_corners=False, half_pixel_centers=False), pixel by pixel."""
    height, width = picture.shape
    result = np.zeros((size, size), dtype=np.float64)
    for row in range(size):
        for column in range(size):
            y, x = row * height / size, column * width / size
            top, left = int(np.floor(y)), int(np.floor(x))
            bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
            dy, dx = y - top, x - left
            upper = picture[top, left] * (1 - dx) + picture[top, right] * dx
            lower = picture[bottom, left] * (1 - dx) + picture[bottom, right] * dx
            result[row, column] = upper * (1 - dy) + lower * dy
    return result


class Features(torch.nn.Module):
    """Means of the channels, and their mean squares."""

    def forward(self, images):
        return torch.cat([images.mean([2, 3]), (images * images).mean([2, 3])], 1)


class Pair(torch.nn.Module):
    """Features that still have a height and width of 1, and two logits."""

    def forward(self, images):
        features = images.mean([2, 3], keepdim=True)
        return features, torch.stack([features.sum([1, 2, 3]), images.amax([1, 2, 3])], 1)


class Pixels(torch.nn.Module):
    """The pixels themselves."""

    def forward(self, images):
        return images.flatten(1)


class Flat(torch.nn.Module):
    """One number for each image, without a dimension for features."""

    def forward(self, images):
        return images.mean([1, 2, 3])


class Narrow(torch.nn.Module):
    """Takes two channels only."""

    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(4, 2, 1, 1))

    def forward(self, images):
        return torch.conv2d(images, self.weight).flatten(1)


def show(name, values):
    print(name, ", ".join(f"{value:.6f}" for value in np.asarray(values).reshape(-1)))


for module, name in [(Features(), "means"), (Pair(), "pair"), (Pixels(), "pixels"), (Flat(), "flat"), (Narrow(), "narrow")]:
    torch.jit.script(module).save(f"{name}.pt")
for height, width, size in [(7, 5, 3), (3, 4, 6)]:
    picture = image(height, width)
    show(f"{height}x{width} to {size} pillow-bicubic", pillow(picture, size, Image.BICUBIC))
    show(f"{height}x{width} to {size} pillow-bilinear", pillow(picture, size, Image.BILINEAR))
    show(f"{height}x{width} to {size} torch-bilinear", torch_bilinear(picture, size))
    show(f"{height}x{width} to {size} tensorflow-bilinear", tensorflow_bilinear(picture, size))
