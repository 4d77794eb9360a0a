"""Rename the root of every stored pad from `text` to `content`, the name that stock clients use."""

import zlib

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from midcycle.engines.crdt.lib0 import Reader, buffer

_OLD, _NEW = b"text", b"content"
_STRING, _KIND = 4, 0x1F


def renamed(update: bytes) -> bytes:
    """Return a Yjs update (version 1, of a flat text) with another name for its root."""
    reader = Reader(update)
    pieces: list[bytes] = []
    done = 0
    for _ in range(reader.number()):
        amount, _client, _clock = reader.number(), reader.number(), reader.number()
        for _ in range(amount):
            info = reader.byte()
            for _ in range(2 * (bool(info & 0x80) + bool(info & 0x40))):
                reader.number()
            if not info & 0xC0:
                reader.number()
                begin = len(update) - reader.left
                if reader.buffer() == _OLD:
                    pieces += [update[done:begin], buffer(_NEW)]
                    done = len(update) - reader.left
            if info & _KIND == _STRING:
                reader.buffer()
            else:
                reader.number()
    return b"".join([*pieces, update[done:]])


def rename(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:  # noqa: ARG001 - Django's signature
    """Write every state and every log row anew."""
    snapshots, updates = apps.get_model("pads", "Snapshot"), apps.get_model("pads", "Update")
    for snapshot in snapshots.objects.only("state").iterator(chunk_size=50):
        snapshots.objects.filter(pk=snapshot.pk).update(state=zlib.compress(renamed(zlib.decompress(bytes(snapshot.state))), 6))
    for row in updates.objects.only("body").iterator(chunk_size=500):
        changed = renamed(bytes(row.body))
        if changed != bytes(row.body):
            updates.objects.filter(pk=row.pk).update(body=changed)


class Migration(migrations.Migration):

    dependencies = [
        ('pads', '0002_naming_locks_and_versions'),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
