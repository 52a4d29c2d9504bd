"""Two classes and many: logistic and softmax regression, and reductions of many classes to two."""
