"""Each class against the rest: regions of answers, probabilities, and labels column by column."""
