from django.db import migrations, models


def remember_todays_version(apps, schema_editor):
    catalogs = apps.get_model("posync", "Catalog").objects.using(schema_editor.connection.alias)
    known = catalogs.exclude(file_digest="").values_list("pk", "file_digest")
    for pk, digest in known.iterator(chunk_size=1000):
        catalogs.filter(pk=pk).update(file_versions=bytes.fromhex(digest)[:16])


class Migration(migrations.Migration):
    dependencies = [("posync", "0006_remember_stopped_translations")]

    operations = [
        migrations.AddField("catalog", "file_versions", models.BinaryField(default=b"")),
        migrations.RunPython(remember_todays_version, migrations.RunPython.noop, elidable=True),
    ]
