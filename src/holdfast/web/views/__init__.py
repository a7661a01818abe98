"""The pages, one module a page; each takes its accounts from the desk and nowhere else."""
