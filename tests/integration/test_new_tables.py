"""A step of a migration that makes many tables at once."""

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from midcycle.web.tables import NewTables

NUMBER = ("id", models.BigAutoField(primary_key=True))
STEP = NewTables(
    tables=[
        migrations.CreateModel(
            "Hen", [("id", models.BigAutoField(primary_key=True)), ("egg", models.ForeignKey("farm.egg", models.CASCADE))]
        ),
        migrations.CreateModel(
            "Egg",
            [NUMBER, ("size", models.IntegerField())],
            options={"constraints": [models.CheckConstraint(condition=models.Q(size__gt=0), name="an_egg_has_a_size")]},
        ),
    ]
)


def tables() -> set[str]:
    """Find those of the step that are there."""
    return {name for name in connection.introspection.table_names() if name.startswith("farm_")}


@pytest.mark.django_db(transaction=True)
def test_tables_are_made_at_once_whichever_names_the_other_and_go_again():
    empty, full = ProjectState(), ProjectState()
    assert full.apps.get_models() == []  # drawn before the step, as `migrate` does
    STEP.state_forwards("farm", full)
    with connection.schema_editor() as editor:
        STEP.database_forwards("farm", editor, empty, full)
    assert tables() == {"farm_hen", "farm_egg"}
    hen, egg = full.apps.get_model("farm", "Hen"), full.apps.get_model("farm", "Egg")
    assert hen.objects.create(egg=egg.objects.create(size=3)).egg.size == 3
    with pytest.raises(IntegrityError):
        egg.objects.create(size=0)
    with connection.schema_editor() as editor:
        STEP.database_backwards("farm", editor, full, empty)
    assert tables() == set()


def test_a_migration_is_written_with_it_as_it_was_read():
    text = written(STEP)
    read: dict = {}
    exec(text, read)  # noqa: S102 - what Django itself wrote just now
    again = read["Migration"].operations[0]
    assert written(again) == text
    assert again.describe() == "Make tables for Hen, Egg"


def written(step: NewTables) -> str:
    """Give the text of a migration with this step."""
    migration = type("Migration", (migrations.Migration,), {"operations": [step]})
    return MigrationWriter(migration("0001_initial", "farm"), include_header=False).as_string()
