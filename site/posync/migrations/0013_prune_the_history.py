from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("posync", "0012_name_who_did_it")]

    operations = [
        migrations.AddField("change", "file_digest", models.CharField(blank=True, max_length=64)),
        migrations.AddField("change", "pruned", models.BooleanField(default=False)),
        migrations.AddField("conflict", "pruned", models.BooleanField(default=False)),
    ]
