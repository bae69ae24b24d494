-- People, places and the device stock. Times come from the caller; nothing here asks for the time.
create extension if not exists btree_gist;

create table areas (
    path    text primary key check (path ~ '^[a-z0-9-]+(/[a-z0-9-]+)*$'),
    name_zh text not null,
    name_en text not null,
    station text
);
comment on column areas.station is 'the one station that answers for the area and for every area below it without its own';

create table facilities (
    id        text primary key,
    tier      text not null check (tier in ('DISTRICT_CENTRE', 'STREET_CENTRE', 'STATION', 'MEAL_POINT', 'MUTUAL_AID_POINT', 'INSTITUTION')),
    name_zh   text not null,
    name_en   text not null,
    area      text not null references areas (path),
    address   text not null default '',
    phone     text not null default '',
    parent    text references facilities (id)
);
alter table areas add foreign key (station) references facilities (id);

create table dwellings (
    id      text primary key,
    address text not null,
    area    text not null references areas (path),
    station text references facilities (id)
);

create table persons (
    id            text primary key,
    username      text not null unique check (username = lower(username)),
    display_name  text not null,
    phone         text not null default '',
    roles         text[] not null,
    areas         text[] not null,
    station       text references facilities (id),
    password_hash text,
    active        boolean not null default true
);
comment on column persons.password_hash is 'PHC string of Argon2id; null: cannot log in';

create table residents (
    id                    text primary key,
    name                  text not null,
    birth_date            date,
    sex                   text not null check (sex in ('FEMALE', 'MALE', 'UNKNOWN')),
    phone                 text not null default '',
    dwelling              text references dwellings (id),
    status                text not null check (status in ('HOME', 'AWAY', 'HOSPITAL', 'MOVED_OUT', 'DECEASED')),
    status_since          timestamptz not null,
    risk_notes            text[] not null default '{}',
    heart_rate_low        double precision,
    heart_rate_watch_low  double precision,
    heart_rate_watch_high double precision,
    heart_rate_high       double precision,
    spo2_low              double precision,
    spo2_watch_low        double precision,
    check (num_nulls(heart_rate_low, heart_rate_watch_low, heart_rate_watch_high, heart_rate_high, spo2_low, spo2_watch_low) in (0, 6))
);
create index on residents (dwelling);

create table resident_status_changes (
    number      bigint generated always as identity primary key,
    resident    text not null references residents (id),
    status      text not null,
    since       timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text references persons (id),
    note        text not null default ''
);
create index on resident_status_changes (resident, number desc);
comment on column resident_status_changes.recorded_by is 'null: written when the resident was registered';

create table contacts (
    id         text primary key,
    resident   text not null references residents (id),
    name       text not null,
    relation   text not null,
    phone      text not null,
    call_order integer not null check (call_order >= 1),
    holds_key  boolean not null,
    person     text references persons (id),
    unique (resident, call_order)
);
create index on contacts (person);

create table devices (
    id                      text primary key,
    kind                    text not null,
    model                   text not null,
    counts_down             boolean not null,
    report_interval_seconds bigint not null check (report_interval_seconds > 0),
    state                   text not null check (state in ('IN_STOCK', 'IN_USE', 'IN_REPAIR', 'RETIRED')),
    keeper                  text references facilities (id)
);
comment on column devices.keeper is 'facility whose stock it is; says where an unbound device belongs';

create table bindings (
    device  text not null references devices (id),
    subject text not null,
    period  tstzrange not null check (not isempty(period) and not lower_inf(period) and lower_inc(period) and not upper_inc(period)),
    constraint one_subject_at_a_time exclude using gist (device with =, period with &&)
);
create unique index on bindings (device, lower(period));
create index on bindings (subject);

create table consents (
    id           text primary key,
    resident     text not null references residents (id),
    family       text not null references persons (id),
    scope        text not null check (scope in ('ALARMS', 'VITALS')),
    valid_from   timestamptz not null,
    valid_to     timestamptz,
    withdrawn_at timestamptz,
    check (valid_to is null or valid_to > valid_from)
);
create index on consents (family, resident);

create table sessions (
    token_hash   bytea primary key check (octet_length(token_hash) = 32),
    id           text not null unique,
    person       text not null references persons (id),
    staff        boolean not null,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null
);
create index on sessions (expires_at);

create table login_attempts (
    number        bigint generated always as identity primary key,
    username_hash bytea not null,
    address       text not null,
    at            timestamptz not null,
    succeeded     boolean not null
);
create index on login_attempts (address, at);
create index on login_attempts (at);
comment on column login_attempts.username_hash is 'SHA-256: people type passwords into the wrong field';
