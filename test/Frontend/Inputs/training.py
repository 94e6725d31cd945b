"""Trains what training.cpp has trained, with PyTorch's optimisers, and compares: `training.py FOLDER`."""

import os
import sys

import numpy
import torch

os.chdir(sys.argv[1])
torch.set_default_dtype(torch.float64)
x = torch.tensor([[1, 0, 1], [0, 1, 0], [1, 1, 0], [-1, 2, 1.0]])
y = torch.tensor([[1], [0], [-1], [2.0]])
initial = {
    "first_weights": [[.1, -.2], [.3, .4], [-.5, .6]],
    "first_bias": [.1, -.1],
    "second_weights": [[.7], [-.8]],
    "second_bias": [.2],
}
optimisers = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "schedule": lambda p: torch.optim.SGD(p, lr=0.2),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "adamw_default": lambda p: torch.optim.AdamW(p, lr=0.05),
}
for name, make in optimisers.items():
    net = {key: torch.tensor(value, requires_grad=True) for key, value in initial.items()}
    optimiser = make(list(net.values()))
    losses = []
    for step in range(1, 21):
        if name == "schedule":
            optimiser.param_groups[0]["lr"] = 0.2 / step ** 0.5
        optimiser.zero_grad()
        hidden = torch.tanh(x @ net["first_weights"] + net["first_bias"])
        loss = ((hidden @ net["second_weights"] + net["second_bias"] - y) ** 2).mean()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    found = numpy.load(name + ".npz")
    for key, value in net.items():
        numpy.testing.assert_allclose(found[key], value.detach().numpy(), rtol=1e-12, atol=1e-14, err_msg=name)
    numpy.testing.assert_allclose(numpy.load(name + "_losses.npy"), losses, rtol=1e-12, err_msg=name)
    if "adamw" in name:
        assert found["step_count"] == 20 and found["mean_first_weights"].shape == (3, 2)
