"""Rows for a module and what it answers: batches, statistics, losses on others."""
