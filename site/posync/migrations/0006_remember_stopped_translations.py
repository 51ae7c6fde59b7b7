from django.db import migrations, models


def note_stopped(apps, schema_editor):
    catalogs = apps.get_model("posync", "Catalog").objects.using(schema_editor.connection.alias)
    catalogs.filter(translation__enabled=False).update(stopped=True)


class Migration(migrations.Migration):
    dependencies = [("posync", "0005_remember_renamed_entries")]

    operations = [
        migrations.AddField(model_name="catalog", name="stopped", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="catalog", name="restarted", field=models.BooleanField(default=False)),
        migrations.RunPython(note_stopped, migrations.RunPython.noop),
    ]
