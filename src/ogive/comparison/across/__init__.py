"""Several comparisons seen together: do the candidates differ beyond one data set?"""
