"""What PyTorch takes for the fits of `PateSim.Benchmarks networks`: same shapes, batches, rule and threads.

Usage: python3 networks_torch.py [threads] [seconds] [jobs]   (Debian: python3-torch, libopenblas0-pthread)
Prints the time of each job in seconds, from the best of many short runs.
"""
import sys
import time

import torch
from torch import nn

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
torch.set_num_threads(threads)
torch.manual_seed(1)


def mlp():
    return nn.Sequential(nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 10))


def cnn():
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(512, 128), nn.ReLU(), nn.Linear(128, 10))


def epoch(model, optimiser, x, y, batch):
    loss_of = nn.CrossEntropyLoss()
    order = torch.randperm(len(x))
    for first in range(0, len(x), batch):
        rows = order[first:first + batch]
        optimiser.zero_grad()
        loss_of(model(x[rows]), y[rows]).backward()
        optimiser.step()


def adam(model):
    return torch.optim.Adam(model.parameters(), lr=0.001)


def best(work, factor):
    """The least wall and processor time of many short runs, times a factor."""
    wall = processor = float("inf")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        used, start = time.process_time(), time.perf_counter()
        work()
        wall = min(wall, time.perf_counter() - start)
        processor = min(processor, time.process_time() - used)
    return wall * factor, processor * factor


def epoch_of(make):
    model = make()
    optimiser = adam(model)
    # Two steps are timed and stand for the 469 of an epoch of 60,000.
    epoch(model, optimiser, x[:256], y[:256], 128)
    return best(lambda: epoch(model, optimiser, x[:256], y[:256], 128), 60000 / 256)


def small_fit():
    model = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
    optimiser = adam(model)
    for _ in range(10):
        epoch(model, optimiser, x[:240], y[:240], 32)


x = torch.rand(256, 784)
y = torch.randint(0, 10, (256,))
jobs = {
    "mlp-784-200-10": lambda: epoch_of(mlp),
    "cnn-16-32-128": lambda: epoch_of(cnn),
    "250-fits-of-240": lambda: best(small_fit, 250),
}
for name in sys.argv[3:] or jobs:
    print("torch {} wall {:.3f} processor {:.3f}".format(name, *jobs[name]()), flush=True)
