import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0002_note_agendas'),
        ('meetups', '0003_what_everybody_sees'),
        ('topics', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Apart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Invite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=12)),
                ('state', models.CharField(default='proposed', max_length=12)),
                ('asked_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Moderator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('led', models.PositiveSmallIntegerField(default=0)),
                ('most', models.PositiveSmallIntegerField(default=2)),
                ('languages', models.CharField(blank=True, max_length=80)),
                ('wish', models.CharField(blank=True, max_length=300)),
                ('volunteered_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('free_minutes', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='RemoteWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('timezone', models.CharField(max_length=64)),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Walk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='room',
            name='layout',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='room',
            name='layouts',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='room',
            name='microphones',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='fixed_room',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agenda.room'),
        ),
        migrations.AddField(
            model_name='session',
            name='fixed_slot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agenda.slot'),
        ),
        migrations.AddField(
            model_name='session',
            name='length',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='session',
            name='must',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='session',
            name='started_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='slot',
            name='only',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.CheckConstraint(condition=models.Q(('layout__in', ('', 'fishbowl', 'circle', 'boardroom', 'classroom', 'theatre'))), name='a_room_stands_in_a_known_layout'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('length__gte', 1), ('length__lte', 4)), name='a_session_takes_a_few_slots'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('only__in', ('', 'plenary', 'general_session', 'working_group', 'lightning', 'presentation', 'birds_of_a_feather', 'free_time', 'wrap_up'))), name='a_slot_is_kept_for_a_known_format'),
        ),
        migrations.AddField(
            model_name='absence',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='absence',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='agenda.slot'),
        ),
        migrations.AddField(
            model_name='apart',
            name='meetup',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aparts', to='meetups.meetup'),
        ),
        migrations.AddField(
            model_name='apart',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apart',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='closure',
            name='room',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='agenda.room'),
        ),
        migrations.AddField(
            model_name='closure',
            name='slot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='agenda.slot'),
        ),
        migrations.AddField(
            model_name='invite',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invites', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invite',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invites', to='agenda.session'),
        ),
        migrations.AddField(
            model_name='moderator',
            name='meetup',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderators', to='meetups.meetup'),
        ),
        migrations.AddField(
            model_name='moderator',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderates', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='promise',
            name='meetup',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='promise', to='meetups.meetup'),
        ),
        migrations.AddField(
            model_name='remotewindow',
            name='meetup',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remote_windows', to='meetups.meetup'),
        ),
        migrations.AddField(
            model_name='remotewindow',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remote_windows', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='walk',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agenda.room'),
        ),
        migrations.AddField(
            model_name='walk',
            name='room',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='walks', to='agenda.room'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.UniqueConstraint(fields=('person', 'slot'), name='a_person_is_away_once'),
        ),
        migrations.AddConstraint(
            model_name='apart',
            constraint=models.UniqueConstraint(fields=('meetup', 'one', 'other'), name='two_people_are_kept_apart_once'),
        ),
        migrations.AddConstraint(
            model_name='apart',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='two_people_are_two'),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.UniqueConstraint(fields=('room', 'slot'), name='a_room_is_shut_once'),
        ),
        migrations.AddConstraint(
            model_name='invite',
            constraint=models.UniqueConstraint(fields=('session', 'person'), name='a_moderator_is_asked_once_for_a_session'),
        ),
        migrations.AddConstraint(
            model_name='invite',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ('lead', 'shadow'))), name='a_moderator_leads_or_shadows'),
        ),
        migrations.AddConstraint(
            model_name='invite',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('proposed', 'asked', 'confirmed', 'declined'))), name='an_invite_is_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='moderator',
            constraint=models.UniqueConstraint(fields=('meetup', 'person'), name='a_person_volunteers_once'),
        ),
        migrations.AddConstraint(
            model_name='moderator',
            constraint=models.CheckConstraint(condition=models.Q(('most__gte', 1)), name='a_moderator_takes_one_session_or_more'),
        ),
        migrations.AddConstraint(
            model_name='remotewindow',
            constraint=models.UniqueConstraint(fields=('meetup', 'person'), name='one_remote_window_for_each_person'),
        ),
        migrations.AddConstraint(
            model_name='remotewindow',
            constraint=models.CheckConstraint(condition=models.Q(('starts', models.F('ends')), _negated=True), name='a_remote_window_has_a_length'),
        ),
        migrations.AddConstraint(
            model_name='walk',
            constraint=models.UniqueConstraint(fields=('room', 'other'), name='a_walk_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='walk',
            constraint=models.CheckConstraint(condition=models.Q(('room__lt', models.F('other'))), name='a_walk_is_between_two_rooms'),
        ),
    ]
