from django.db import migrations, models


def note_incomplete(apps, schema_editor):
    """What waits for its texts already is no news to anybody."""
    catalogs = apps.get_model("posync", "Catalog").objects.using(schema_editor.connection.alias)
    catalogs.filter(texts_left__gt=0).update(waiting_for="incomplete")


class Migration(migrations.Migration):
    dependencies = [("posync", "0008_mark_the_folder_of_catalogs")]

    operations = [
        migrations.AddField(
            model_name="catalog",
            name="waiting_for",
            field=models.CharField(blank=True, default="", max_length=30),
            preserve_default=False,
        ),
        migrations.RunPython(note_incomplete, migrations.RunPython.noop, elidable=True),
    ]
