from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("posync", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="catalog",
            name="texts_left",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="catalog",
            index=models.Index(
                condition=models.Q(("texts_left__gt", 0)), fields=["texts_left"], name="posync_texts_left"
            ),
        ),
    ]
