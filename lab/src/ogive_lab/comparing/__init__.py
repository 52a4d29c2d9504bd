"""Tables of visitors and comparisons on them: what workers do, and what the server keeps of it.

Modules whose functions run in workers import the library where they need it; the server itself
holds neither tables nor results of that.
"""
