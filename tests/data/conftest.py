from hypothesis import settings

# The first example of a test pays for imports, and a shared machine stalls at times.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")
