#!/usr/bin/env python3
"""The DCGAN that bench measures, in plain PyTorch: the same layers, losses, optimiser and updates.

    train.py --batch 64 --iterations 100        trains and prints one JSON document with images a second
    train.py --describe                         says which variants this PyTorch and machine can run
    train.py --follow                           trains at the pace of bench: reads numbers of iterations, answers with seconds

Networks: z 100 to 4W x 7 x 7, to 2W, to the image; 1 to 2W to 4W to 8W, to a logit (W is --width, 64). Non-saturating losses, Adam at 2e-4
with betas 0.5 and 0.999. One update of the discriminator and one of the generator share the generated batch.
"""

import argparse
import contextlib
import json
import shutil
import sys
import time

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

LATENT = 100
IMAGES = 10_000


def generator(width):
    return nn.Sequential(
        nn.Linear(LATENT, 4 * width * 7 * 7, bias=False),
        nn.Unflatten(1, (4 * width, 7, 7)),
        nn.BatchNorm2d(4 * width),
        nn.ReLU(inplace=True),
        nn.ConvTranspose2d(4 * width, 2 * width, 4, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(inplace=True),
        nn.ConvTranspose2d(2 * width, 1, 4, stride=2, padding=1),
        nn.Tanh(),
    )


def discriminator(width):
    return nn.Sequential(
        nn.Conv2d(1, 2 * width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(2 * width, 4 * width, 4, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(4 * width),
        nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(4 * width, 8 * width, 4, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(8 * width),
        nn.LeakyReLU(0.2, inplace=True),
        nn.Flatten(),
        nn.Linear(8 * width * 3 * 3, 1),
    )


def initialise(network):
    """The initial weights of DCGAN, arXiv:1511.06434."""
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
            nn.init.normal_(module.weight, 0.0, 0.02)
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1.0, 0.02)
        else:
            continue
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    return network


class Training:
    def __init__(self, options):
        self.options = options
        self.device = torch.device(options.device)
        torch.manual_seed(1)
        layout = torch.channels_last if options.channels_last else torch.contiguous_format
        g = initialise(generator(options.width)).to(self.device, memory_format=layout)
        d = initialise(discriminator(options.width)).to(self.device, memory_format=layout)
        extra = {"fused": True} if options.fused else {}
        self.for_g = torch.optim.Adam(g.parameters(), 2e-4, (0.5, 0.999), **extra)
        self.for_d = torch.optim.Adam(d.parameters(), 2e-4, (0.5, 0.999), **extra)
        # Resident on the device as bytes, as in bench.
        self.images = torch.randint(0, 256, (IMAGES, 1, 28, 28), dtype=torch.uint8).to(self.device)
        self.g, self.d = (torch.compile(g), torch.compile(d)) if options.compile else (g, d)

    def batch(self):
        chosen = torch.randint(0, IMAGES, (self.options.batch,), device=self.device)
        return self.images[chosen].float() / 127.5 - 1

    def precision(self):
        return torch.autocast(self.device.type, dtype=torch.bfloat16) if self.options.bf16 else contextlib.nullcontext()

    def iterate(self):
        real = self.batch()
        with self.precision():
            fake = self.g(torch.randn(self.options.batch, LATENT, device=self.device))
            loss = self.as_real(self.d(real)) + self.as_fake(self.d(fake.detach()))
        self.for_d.zero_grad(set_to_none=True)
        loss.backward()
        self.for_d.step()

        with self.precision():
            loss = self.as_real(self.d(fake))
        self.for_g.zero_grad(set_to_none=True)
        loss.backward()
        self.for_g.step()

    @staticmethod
    def as_real(logits):
        return binary_cross_entropy_with_logits(logits.float(), torch.ones_like(logits, dtype=torch.float32))

    @staticmethod
    def as_fake(logits):
        return binary_cross_entropy_with_logits(logits.float(), torch.zeros_like(logits, dtype=torch.float32))

    def run(self, iterations):
        self.wait()
        begin = time.perf_counter()
        for _ in range(iterations):
            self.iterate()
        self.wait()
        return time.perf_counter() - begin

    def wait(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)


def release():
    return tuple(int(part) for part in torch.__version__.split("+")[0].split(".")[:2] if part.isdigit())


def variants(device):
    """What can be measured: the usual loop, and what an expert would switch on."""
    on_gpu = device != "cpu"
    compiles = release() >= (2, 0) and (on_gpu or shutil.which("g++") is not None)
    yield "eager", []
    if on_gpu:
        yield "eager, fused Adam", ["--fused"]
    best = ["--fused"] if on_gpu else []
    yield "eager, bf16", [*best, "--bf16", "--channels-last"]
    if compiles:
        yield "compiled", [*best, "--compile"]
        yield "compiled, bf16", [*best, "--compile", "--bf16", "--channels-last"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", default="cpu", help="cpu, cuda:0")
    parser.add_argument("--threads", type=int, default=0, help="threads on the CPU, 0 for torch's choice")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--iterations", type=int, default=50)
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--fused", action="store_true", help="Adam in one kernel (CUDA)")
    parser.add_argument("--compile", action="store_true", help="torch.compile both networks")
    parser.add_argument("--bf16", action="store_true", help="autocast to bfloat16")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--describe", action="store_true")
    parser.add_argument("--follow", action="store_true")
    options = parser.parse_args()
    if options.threads > 0:
        torch.set_num_threads(options.threads)
    if options.describe:
        named = [{"name": name, "arguments": arguments} for name, arguments in variants(options.device)]
        print(json.dumps({"torch": torch.__version__, "variants": named}))
        return

    training = Training(options)
    if options.follow:
        print("ready", flush=True)
        for line in sys.stdin:
            print(json.dumps({"seconds": training.run(int(line))}), flush=True)
        return
    training.run(options.warm_up)
    rates = [options.batch * options.iterations / training.run(options.iterations) for _ in range(options.trials)]
    print(json.dumps({"torch": torch.__version__, "imagesPerSecond": rates}))


if __name__ == "__main__":
    main()
