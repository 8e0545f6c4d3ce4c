"""Makes the files beside this script, and with each image NAME the bytes [3, H, W] that Pillow decodes it to, as NAME.rgb.

Needs NumPy and Pillow:  python3 make.py
"""

import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

rng = np.random.default_rng(1)
y, x = np.mgrid[0:12, 0:16]
colours = np.stack([x * 16, y * 20, 255 - x * 8 - y * 8], -1).clip(0, 255).astype(np.uint8)
picture = Image.fromarray(colours)


def expect(name, image):
    np.asarray(image.convert("RGB")).transpose(2, 0, 1).tofile(name + ".rgb")


def save(name, image, **options):
    image.save(name, **options)
    with Image.open(name) as stored:
        expect(name, ImageOps.exif_transpose(stored))


def on_white(image):
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image)


def png16(name, values, colour_type):
    """A PNG of 16 bits; Pillow writes none with colours."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    height, width = values.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


save("rgb.png", picture)
save("rgb.bmp", picture)
save("lossless.webp", picture, lossless=True)
save("lossy.webp", picture, quality=90)
save("baseline.jpg", picture, quality=95, subsampling=0)
save("progressive.jpg", picture, quality=95, subsampling=0, progressive=True)
save("grey.jpg", picture.convert("L"), quality=95)
save("grey.png", picture.convert("L"))
save("palette.png", picture.quantize(16))
save("palette.bmp", picture.quantize(16))
save("bilevel.png", picture.convert("1"))
save("cmyk.jpg", picture.convert("CMYK"), quality=95, subsampling=0)

# Sixteen bits: the upper eight are what is expected, up to rounding.
wide = (colours.astype(np.uint16) * 257) ^ 0x55
png16("rgb16.png", wide, 2)
expect("rgb16.png", Image.fromarray((wide >> 8).astype(np.uint8)))
png16("grey16.png", wide[..., 0], 0)
expect("grey16.png", Image.fromarray((wide[..., 0] >> 8).astype(np.uint8)))

# Transparency, on white.
alpha = np.dstack([colours, ((x * 17 + y * 5) % 256).astype(np.uint8)])
Image.fromarray(alpha).save("alpha.png")
expect("alpha.png", on_white(Image.fromarray(alpha)))
Image.fromarray(alpha).save("alpha.webp", lossless=True, exact=True)
expect("alpha.webp", on_white(Image.fromarray(alpha)))
grey_alpha = Image.fromarray(alpha).convert("LA")
grey_alpha.save("grey-alpha.png")
expect("grey-alpha.png", on_white(grey_alpha))
holes = picture.quantize(16)
holes.save("palette-alpha.png", transparency=3)
with Image.open("palette-alpha.png") as stored:
    expect("palette-alpha.png", on_white(stored))

# Animations, of which the first frame counts.
frames = [picture, Image.new("RGB", picture.size, "red"), Image.new("RGB", picture.size, "blue")]
for name, options in [("animated.webp", {"lossless": True}), ("animated.png", {}), ("animated.gif", {})]:
    frames[0].save(name, save_all=True, append_images=frames[1:], duration=100, loop=0, **options)
    with Image.open(name) as stored:
        expect(name, stored)

# All orientations of EXIF.
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    save(f"exif{orientation}.jpg", picture, quality=95, subsampling=0, exif=exif)
exif = Image.Exif()
exif[0x0112] = 6
save("exif6.webp", picture, lossless=True, exif=exif)

# Resampling.
smooth = Image.fromarray(rng.integers(0, 256, (9, 12, 3), dtype=np.uint8)).resize((60, 45), Image.BICUBIC)
smooth.save("wide.png")
expect("wide.fit16", smooth.resize((21, 16), Image.LANCZOS).crop((2, 0, 18, 16)))
expect("wide.stretch16", smooth.resize((16, 16), Image.LANCZOS))
expect("wide.stretch100", smooth.resize((100, 100), Image.LANCZOS))
padded = Image.new("RGB", (16, 16), "white")
padded.paste(smooth.resize((16, 12), Image.LANCZOS), (0, 2))
expect("wide.pad16", padded)

# NumPy's archives in MedMNIST's layout.
def arrays(counts, shape):
    rows = np.random.default_rng(2)
    result = {}
    for split, count in counts.items():
        result[f"{split}_images"] = rows.integers(0, 256, (count, *shape), dtype=np.uint8)
        result[f"{split}_labels"] = (np.arange(count, dtype=np.uint8) % 3)[:, None]
    return result


counts = {"train": 7, "val": 3, "test": 2}
grey = arrays(counts, (5, 4))
np.savez_compressed("grey.npz", **grey)
grey["train_images"].tofile("grey.npz.bytes")
large = arrays(counts, (28, 28))
np.savez_compressed("grey28.npz", **{name: array // 64 * 64 if name.endswith("images") else array for name, array in large.items()})
rgb = arrays(counts, (5, 4, 3))
np.savez("rgb.npz", **{name: array.ravel().astype(np.int64) if name.endswith("labels") else array for name, array in rgb.items()})
rgb["test_images"].transpose(0, 3, 1, 2).tofile("rgb.npz.bytes")
np.savez("objects.npz", train_images=np.array([{}], dtype=object))
np.savez("fortran.npz", train_images=np.asfortranarray(grey["train_images"]), train_labels=grey["train_labels"])
np.savez("floats.npz", train_images=grey["train_images"] / 255.0, train_labels=grey["train_labels"])
np.savez("big-endian.npz", train_images=grey["train_images"], train_labels=grey["train_labels"].astype(">i4"))
np.savez("several.npz", train_images=grey["train_images"], train_labels=np.zeros((7, 14), np.uint8))
np.savez("volumes.npz", train_images=np.zeros((2, 4, 4, 4), np.uint8), train_labels=np.zeros(2, np.uint8))
np.savez("fields.npz", train_images=np.zeros(2, dtype=[("a", "u1"), ("b", "u1")]))
np.savez("negative.npz", train_images=grey["train_images"], train_labels=np.full(7, -1))
np.savez("numbers.npz", train_images=grey["train_images"], train_labels=np.arange(7) * 70000)
np.savez("fewer.npz", train_images=grey["train_images"], train_labels=grey["train_labels"][:3])
np.savez("other.npz", images=grey["train_images"], targets=grey["train_labels"])
