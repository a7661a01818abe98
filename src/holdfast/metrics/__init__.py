"""The catalogue of metrics: each one definition, valid at any as-of day; roll-ups, primitives, kernels."""
