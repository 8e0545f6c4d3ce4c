#!/usr/bin/env python3
"""Loads a DCGAN generator that `plugingan export RUN --samples N` has written, and makes images with it.

    python3 load_generator.py generator.safetensors --check generator.samples.safetensors
    python3 load_generator.py generator.safetensors --out image.ppm --seed 3 --label 8

Needs nothing but torch. For another architecture, exchange build(); the names in the file are those of the network's own layers.
"""
import argparse
import json
import struct
import sys
from collections import OrderedDict

import torch
from torch import nn

TYPES = {"BOOL": torch.bool, "U8": torch.uint8, "I8": torch.int8, "I16": torch.int16, "I32": torch.int32,
         "I64": torch.int64, "F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64}
STAGES = {28: (7, 2), 32: (4, 3), 56: (7, 3), 64: (4, 4), 112: (7, 4), 128: (4, 5)}


def read(path):
    """The tensors of a safetensors file by name, and its metadata."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = TYPES[entry["dtype"]]
        flat = torch.frombuffer(data, dtype=torch.uint8, count=end - begin, offset=begin).clone() if end > begin else torch.empty(0, dtype=torch.uint8)
        tensors[name] = flat.view(kind).reshape(entry["shape"])
    return tensors, metadata


class Generator(nn.Module):
    """Latent [N, L] and, where there are classes, class [N] to image [N, C, H, W] in [-1, 1]."""

    def __init__(self, channels, size, width, latent, class_count):
        super().__init__()
        base, stages = STAGES[size]
        maps = [width * min(8, 2 ** (max(stages - 1, 2) - stage)) for stage in range(stages)]
        self.classes = nn.Embedding(class_count, 10) if class_count else None
        layers = [("project", nn.Linear(latent + (10 if class_count else 0), maps[0] * base * base, bias=False)),
                  ("unflatten", nn.Unflatten(1, (maps[0], base, base))),
                  ("norm0", nn.BatchNorm2d(maps[0])),
                  ("activation0", nn.ReLU())]
        for stage in range(1, stages):
            layers += [(f"up{stage}", nn.ConvTranspose2d(maps[stage - 1], maps[stage], 4, 2, 1, bias=False)),
                       (f"norm{stage}", nn.BatchNorm2d(maps[stage])),
                       (f"activation{stage}", nn.ReLU())]
        layers += [("image", nn.ConvTranspose2d(maps[-1], channels, 4, 2, 1)), ("range", nn.Tanh())]
        self.layers = nn.Sequential(OrderedDict(layers))

    def forward(self, latent, label=None):
        if self.classes is not None:
            latent = torch.cat([latent, self.classes(label)], 1)
        return self.layers(latent)


def build(metadata):
    """The network that the metadata describes, without its weights."""
    architecture, data, condition = (json.loads(metadata[key]) for key in ("architecture", "data", "condition"))
    if architecture["name"] != "dcgan":
        sys.exit(f"this script builds dcgan, the file holds {architecture['name']}")
    sample = data["sample"]
    return Generator(sample["channels"], sample["height"], architecture["width"], architecture["latent"], len(condition.get("names", [])))


def load(path):
    """The generator, ready to use."""
    tensors, metadata = read(path)
    generator = build(metadata)
    generator.load_state_dict({name[len("generator."):]: value for name, value in tensors.items() if name.startswith("generator.")})
    return generator.eval()


def check(generator, path):
    """Compares the generator's samples to those in the file."""
    tensors, _ = read(path)
    with torch.no_grad():
        ours = generator(tensors["latent"], tensors.get("condition"))
    difference = (ours - tensors["samples"]).abs().max().item()
    print(f"{len(ours)} samples, largest difference {difference:.2e}")
    return difference < 1e-4


def save(image, path):
    """Writes an image [C, H, W] in [-1, 1] as PPM, or as PGM where it has one channel."""
    pixels = ((image + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0)
    height, width, channels = pixels.shape
    with open(path, "wb") as file:
        file.write(f"P{5 if channels == 1 else 6}\n{width} {height}\n255\n".encode())
        file.write(bytes(pixels.flatten().tolist()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("generator")
    parser.add_argument("--check", metavar="SAMPLES", help="compare to the samples in this file")
    parser.add_argument("--out", metavar="IMAGE", help="write one image")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--label", type=int, default=0, help="its class, where the model has classes")
    options = parser.parse_args()
    generator = load(options.generator)
    if options.out:
        torch.manual_seed(options.seed)
        inputs = generator.layers.project.in_features - (10 if generator.classes is not None else 0)
        with torch.no_grad():
            save(generator(torch.randn(1, inputs), torch.tensor([options.label]))[0], options.out)
    if options.check and not check(generator, options.check):
        sys.exit("the samples differ by more than 1e-4")


if __name__ == "__main__":
    main()
