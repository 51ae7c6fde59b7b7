from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("posync", "0004_compress_bases")]

    operations = [
        migrations.CreateModel(
            name="EntryRename",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("app_label", models.CharField(max_length=100)),
                ("model_name", models.CharField(max_length=100)),
                ("old_path", models.TextField()),
                ("new_path", models.TextField()),
            ],
            options={
                "verbose_name": "renamed entry",
                "verbose_name_plural": "renamed entries",
                "ordering": ["pk"],
            },
        ),
    ]
