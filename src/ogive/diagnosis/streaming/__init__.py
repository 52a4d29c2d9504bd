"""Statistics that grow by a batch at a time: units, inputs, sampled rows."""
