"""Writes the expectations of OptimizerTests: the weights that torch.optim reaches in 100 steps from the gradients of Trajectory.cs. Run with PyTorch 1.13 or later."""
import torch

SETTINGS = {
    "adam": lambda w: torch.optim.Adam([w], lr=0.01, betas=(0.9, 0.999), eps=1e-8),
    "adam, decayed": lambda w: torch.optim.Adam([w], lr=0.01, betas=(0.5, 0.99), eps=1e-8, weight_decay=0.1),
    "adamw": lambda w: torch.optim.AdamW([w], lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1),
    "rmsprop": lambda w: torch.optim.RMSprop([w], lr=0.01, alpha=0.9, eps=1e-8),
    "rmsprop, momentum, decayed": lambda w: torch.optim.RMSprop([w], lr=0.001, alpha=0.99, eps=1e-8, momentum=0.9, weight_decay=0.1),
    "sgd": lambda w: torch.optim.SGD([w], lr=0.01),
    "sgd, momentum": lambda w: torch.optim.SGD([w], lr=0.01, momentum=0.9),
    "sgd, nesterov, decayed": lambda w: torch.optim.SGD([w], lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.1),
}

for name, create in SETTINGS.items():
    weights = torch.tensor([1.0, -2.0, 0.5, 3.0], dtype=torch.float64, requires_grad=True)
    slopes = torch.tensor([1.0, 0.1, 2.0, 0.5], dtype=torch.float64)
    optimizer = create(weights)
    for step in range(100):
        weights.grad = slopes * weights.detach() + torch.cos(torch.arange(4, dtype=torch.float64) + step)
        optimizer.step()
    print(f'        ["{name}"] = [{", ".join(repr(value) for value in weights.tolist())}],')
