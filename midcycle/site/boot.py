"""Starts Django in a process of ours."""

import os

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from midcycle.kernel.refusal import Refusal


def boot(*, tables: bool) -> None:
    """Set Django up once, and check that the tables are there when they are needed.

    Raises ConfigError when a setting is wrong, Refusal when the tables are missing or old.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "midcycle.site.settings")
    django.setup()
    if tables:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise Refusal("the database has no tables yet, or old ones; run midcycle migrate with the same --data first")
