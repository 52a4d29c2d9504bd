"""Benchmarks against the peers; never run as tests."""
