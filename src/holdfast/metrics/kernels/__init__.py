"""Kernels: pure NumPy functions over batches, for what no table expression can say."""
