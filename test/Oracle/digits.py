"""The network of the digits example learns as it does in PyTorch: a hundred steps have the same losses in f64.

REQUIRES: torch
RUN: %python %s %t %source_dir/docs/Examples/Digits

The model is the example's own, with f32 replaced by f64; data, batches, learning rate and momentum are those of its
training program.
"""

import gzip
import pathlib
import sys

import torch

import tensors
from compiled import Library

STEPS, BATCH = 100, 32
LEARNING_RATE, MOMENTUM = 0.2, 0.9
TOLERANCE = 1e-10
SHAPES = [(64, 64), (64,), (64, 10), (10,)]


def read_digits(path):
    """The training split: images between 0 and 1, and labels."""
    with gzip.open(path, "rt") as file:
        rows = torch.tensor([list(map(int, line.split(","))) for line in file])
    rows = rows[torch.arange(len(rows)) % 5 != 4]
    return rows[:, :64].double() / 16, rows[:, 64].int()


def batches(images, labels):
    """One pass after the other, each in random order; what does not fill a batch waits."""
    generator = torch.Generator().manual_seed(20240229)
    while True:
        for rows in torch.randperm(len(images), generator=generator).split(BATCH):
            if len(rows) == BATCH:
                yield images[rows], labels[rows]


def initial_parameters():
    """Weights between ±sqrt(6 / (rows + columns)), biases 0."""
    random = tensors.Random(20240229)
    return [random.uniform(*shape) * (6 / sum(shape)) ** 0.5 if len(shape) == 2 else torch.zeros(shape).double()
            for shape in SHAPES]


def train(differentiate, data):
    """The losses of the steps of gradient descent with momentum."""
    parameters = initial_parameters()
    velocities = [torch.zeros_like(parameter) for parameter in parameters]
    losses = []
    for _, (images, labels) in zip(range(STEPS), batches(*data)):
        loss, gradients = differentiate(parameters, images, labels)
        losses.append(loss.item())
        for parameter, velocity, gradient in zip(parameters, velocities, gradients):
            velocity.mul_(MOMENTUM).sub_(LEARNING_RATE * gradient)
            parameter.add_(velocity)
    return torch.tensor(losses, dtype=torch.float64)


def in_torch(parameters, images, labels):
    parameters = [parameter.clone().requires_grad_() for parameter in parameters]
    weights, bias, output_weights, output_bias = parameters
    logits = torch.tanh(images @ weights + bias) @ output_weights + output_bias
    loss = torch.nn.functional.cross_entropy(logits, labels.long())
    return loss.detach(), torch.autograd.grad(loss, parameters)


def compiled(model, folder):
    library = Library([model], folder, "--value-and-grad=loss", "--wrt=0,1,2,3")

    def differentiate(parameters, images, labels):
        outputs = [torch.zeros(()).double()] + [torch.zeros(shape).double() for shape in SHAPES]
        loss, *gradients = library.call("loss_value_and_grad", [*parameters, images, labels], outputs)
        return loss, gradients
    return differentiate


def main(folder, example):
    model = (example / "model.mlir").read_text().replace("f32", "f64")
    data = read_digits(example / "digits.csv.gz")
    losses, wanted = train(compiled(model, folder), data), train(in_torch, data)
    error = ((losses - wanted).abs() / wanted).max().item()
    print(f"{STEPS} steps, loss from {losses[0]:.4f} to {losses[-1]:.4f}, greatest relative difference {error:.1e}")
    # Nobody learns nothing.
    sys.exit(not (error <= TOLERANCE and losses[-1] < losses[0] / 4))


torch.set_num_threads(1)
main(*map(pathlib.Path, sys.argv[1:]))
