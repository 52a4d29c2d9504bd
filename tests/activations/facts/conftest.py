"""A cache of their own for the tests of facts, empty at the beginning."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OGIVE_CACHE", str(folder))
        yield folder
