import platform

import numpy as np

from ogive.report.environment import describe_environment


def test_versions_and_machine_are_named():
    described = describe_environment()
    assert described["Python"] == platform.python_version()
    assert described["NumPy"] == np.__version__
    assert described["ogive"]
    assert int(described["cores"]) >= 1
