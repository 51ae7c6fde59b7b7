from django.db import migrations

from posync.db.compressed_field import CompressedField, compressed, decompressed


def _rewrite(apps, schema_editor, rewritten):
    catalogs = apps.get_model("posync", "Catalog").objects.using(schema_editor.connection.alias)
    # One by one: the files of a large site together are more than the memory that it runs in.
    for pk in list(catalogs.values_list("pk", flat=True)):
        base = catalogs.values_list("base", flat=True).get(pk=pk)
        catalogs.filter(pk=pk).update(base=rewritten(bytes(base)))


def compress(apps, schema_editor):
    _rewrite(apps, schema_editor, compressed)


def decompress(apps, schema_editor):
    _rewrite(apps, schema_editor, decompressed)


class Migration(migrations.Migration):
    dependencies = [("posync", "0003_keep_replaced_comments")]

    operations = [
        # Before the field changes here, and after it changed back there: the bytes are meant as they are stored.
        migrations.RunPython(compress, decompress, elidable=True),
        migrations.AlterField("catalog", "base", CompressedField(default=b"")),
    ]
