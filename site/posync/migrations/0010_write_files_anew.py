from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_anew(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Let the next export write each file whose layout is an older one; it leaves the others alone."""
    apps.get_model("posync", "Catalog").objects.update(needs_export=True)


class Migration(migrations.Migration):
    dependencies = [
        ("posync", "0009_note_what_is_waited_for"),
    ]

    operations = [
        migrations.RunPython(write_anew, migrations.RunPython.noop),
    ]
