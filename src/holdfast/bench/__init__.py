"""Holdfast measured on invented data of a given size: seconds and memory of its own work on this machine."""

from __future__ import annotations
