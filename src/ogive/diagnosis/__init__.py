"""What happens inside a network: measurements of its layers on data."""

from ogive.diagnosis.layers import LayerStatistics, layer_statistics

__all__ = ["LayerStatistics", "layer_statistics"]
