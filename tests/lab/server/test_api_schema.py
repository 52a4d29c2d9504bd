"""Any request that the description of the API allows, and many it does not: by schemathesis."""

import pytest
from hypothesis import HealthCheck, given, settings

schemathesis = pytest.importorskip("schemathesis")
pytest.importorskip("ogive_lab", reason="the lab is not installed")

from schemathesis.checks import CHECKS, load_all_checks  # noqa: E402
from schemathesis.generation import GenerationMode  # noqa: E402

from ogive_lab import create_app  # noqa: E402
from ogive_lab.functions import catalogue  # noqa: E402

load_all_checks()
# Named one by one, so that a new version of schemathesis changes nothing.
CHECKED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
    ]
)
EXAMPLES = 6


def _operations():
    schema = schemathesis.openapi.from_dict(create_app().openapi())
    return [found.ok() for found in schema.get_all_operations()]


OPERATIONS = _operations()
# Where nothing is asked for, nothing wrong can be sent.
CASES = [(operation, GenerationMode.POSITIVE) for operation in OPERATIONS]
CASES += [(one, GenerationMode.NEGATIVE) for one in OPERATIONS if one.body or one.query]
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def lab(start):
    """Return a lab that thinks about no formula for long."""
    with pytest.MonkeyPatch.context() as patch, start() as running_lab:
        patch.setattr(catalogue, "SECONDS_OF_FACTS", 1.0)
        yield running_lab


@pytest.mark.parametrize(
    ("operation", "mode"), CASES, ids=[f"{one.label} {mode.value}" for one, mode in CASES]
)
def test_every_answer_is_as_described_and_every_error_in_both_languages(lab, operation, mode):
    @BOUNDED
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case):
        answer = case.call(base_url=lab.address, timeout=60)
        case.validate_response(answer, checks=CHECKED)
        if answer.status_code >= 400:
            error = answer.json()["error"]
            assert error["en"] and error["zh"]
            assert "Traceback" not in answer.text

    ask()
