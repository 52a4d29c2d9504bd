"""Engines that run the fits of a comparison on processes and on other machines."""

from ogive.comparison.running.backends.addresses import make_engine

__all__ = ["make_engine"]
