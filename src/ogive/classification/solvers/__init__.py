"""Solvers of logistic and softmax regression."""
