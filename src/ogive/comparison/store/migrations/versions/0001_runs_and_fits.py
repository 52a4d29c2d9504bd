"""Runs, fits, and which run refers to which fits."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "ogive_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("data_name", sa.Text),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("task", sa.String(32), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("environment", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sa.Column("notices", sa.Text, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("updated", sa.DateTime, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("seconds", sa.Float(53), nullable=False),
        sa.Column("n_repeats", sa.Integer, nullable=False),
        sa.Column("stopped", sa.Text),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("process", sa.Text, nullable=False),
    )
    op.create_table(
        "ogive_fits",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float(53), nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
    )
    op.create_table(
        "ogive_run_fits",
        sa.Column(
            "run",
            sa.Integer,
            sa.ForeignKey("ogive_runs.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("key", sa.String(64), sa.ForeignKey("ogive_fits.key"), primary_key=True),
    )
    op.create_index("ogive_run_fits_key", "ogive_run_fits", ["key"])


def downgrade() -> None:
    """Drop them."""
    for table in ("ogive_run_fits", "ogive_fits", "ogive_runs"):
        op.drop_table(table)
