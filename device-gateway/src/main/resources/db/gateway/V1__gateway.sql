-- What a device proves itself with. The key itself is nowhere: only its salted hash.
create table gateway.device_key (
    device    text primary key,
    salt      bytea not null,
    hash      bytea not null,
    issued_at timestamptz not null
);

-- One durable session a device, so that "session present" is the truth after a kill.
create table gateway.mqtt_session (
    device         text primary key,
    expiry_seconds bigint not null,
    subscribed     boolean not null,
    connected      boolean not null,
    changed_at     timestamptz not null,
    last_heard     timestamptz not null
) with (fillfactor = 50);

create table gateway.command (
    id            text primary key,
    device        text not null,
    body          text not null,
    created_by    text not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    state         text not null check (state in ('queued', 'sent', 'acknowledged', 'replied', 'expired')),
    sent_at       timestamptz,
    acknowledged_at timestamptz,
    replied_at    timestamptz,
    outcome       text
);
create index command_undelivered on gateway.command (device, created_at) where state in ('queued', 'sent');

create table gateway.set_aside (
    device       text not null,
    reason       text not null,
    count        bigint not null,
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    last_example text not null,
    primary key (device, reason)
);

-- Fields that we do not know, by device model: what a decoder should learn next.
create table gateway.unknown_field (
    model   text not null,
    field   text not null,
    count   bigint not null,
    last_at timestamptz not null,
    primary key (model, field)
);

create table gateway.consumer (
    consumer text primary key,
    position bigint not null
);

-- Small numbers for long names, so that a reading and its index entry are small.
create table gateway.series_subject (
    number  integer generated always as identity primary key,
    subject text not null unique
);
create table gateway.series_device (
    number integer generated always as identity primary key,
    device text not null unique
);

-- One row an event; a signal that was not measured costs one bit. A partition a day, made by the store when needed.
create table gateway.reading (
    subject_no        integer not null,
    device_no         integer not null,
    at                timestamptz not null,
    received_at       timestamptz,
    device_at         timestamptz,
    heart_rate        real,
    spo2              real,
    respiration_rate  real,
    body_temperature  real,
    systolic          real,
    diastolic         real,
    steps             real,
    battery           real,
    in_bed            real,
    worn              real,
    motion            real,
    signal_quality    real,
    room_temperature  real,
    humidity          real,
    lat               double precision,
    lon               double precision
) partition by range (at);
comment on column gateway.reading.received_at is 'only where it is more than a minute after "at"';
comment on column gateway.reading.device_at is 'only where the device''s clock was not believed';
