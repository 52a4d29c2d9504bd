import pytest

from ogive.passwords import without_passwords


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("--track https://me:s3cr%40t@host/x", "--track https://me:***@host/x"),
        (
            "--store postgresql+psycopg://a:b@h/d --track http://c:d@e:5",
            "--store postgresql+psycopg://a:***@h/d --track http://c:***@e:5",
        ),
        ("postgresql://a:b@c@h/d", "postgresql://a:***@h/d"),
        ("postgresql://h/d?user=a&password=b&x=1", "postgresql://h/d?user=a&password=***&x=1"),
        ("compare('http://a:b@c', 'x@y')", "compare('http://a:***@c', 'x@y')"),
        ("--track http://host:5000", "--track http://host:5000"),
        ("--scheduler tcp://10.0.0.1:8786 a@b.csv", "--scheduler tcp://10.0.0.1:8786 a@b.csv"),
        ("--store sqlite:////home/me/x.db", "--store sqlite:////home/me/x.db"),
    ],
)
def test_passwords_and_nothing_else_are_hidden(typed, shown):
    assert without_passwords(typed) == shown
