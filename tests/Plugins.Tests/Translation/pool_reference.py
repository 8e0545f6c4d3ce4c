"""The image pool of CycleGAN image by image, as arXiv:1612.07828, section 2.3, and the authors' code have it; draws are given, so that ImagePoolTests can use the same. Prints what that test holds as Golden."""
import numpy as np

random = np.random.RandomState(20)
size, batches, count = 5, 6, 4
pool, out, places, coins = [], [], [], []
for batch in range(batches):
    drawn, coin = random.randint(size, size=count), random.rand(count) < 0.5
    places.append(drawn.tolist())
    coins.append(coin.tolist())
    for image in range(count):
        value = batch * count + image + 1
        if len(pool) < size:
            pool.append(value)
            out.append(value)
        elif coin[image]:
            out.append(pool[drawn[image]])
            pool[drawn[image]] = value
        else:
            out.append(value)
print("places", places)
print("coins", str(coins).lower())
print("shown", out)
print("pool", pool)
