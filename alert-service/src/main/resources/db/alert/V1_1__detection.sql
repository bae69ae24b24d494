-- What detection keeps. Times are the log's clock.

-- How far each lane has been evaluated; moved in the transaction of the effect.
create table alert.lane_position (
    consumer text primary key,
    position bigint not null,
    clock timestamptz,
    -- the silence of devices counts from here at the earliest: the end of our last outage
    listening_since timestamptz
);

-- What the rules of a lane remember of a subject, with the version of its form and the last batch it contains.
create table alert.rule_state (
    lane text not null,
    subject text not null,
    version integer not null,
    applied bigint not null,
    state bytea not null,
    primary key (lane, subject)
) with (fillfactor = 70);

-- Entries that a rule or the incident desk could not deal with; place -1 is the passing of time.
create table alert.set_aside_event (
    lane text not null,
    batch bigint not null,
    place integer not null,
    rule text not null,
    device text not null,
    subject text not null,
    error text not null,
    at timestamptz not null,
    primary key (lane, batch, place, rule)
);
create index set_aside_event_at on alert.set_aside_event (at);

-- Signs of life in the alarm lane, for the lane that judges silence.
create table alert.alarm_heard (
    device text primary key,
    subject text not null,
    at timestamptz not null
);
create index alarm_heard_at on alert.alarm_heard (at);

-- Our own outages, by the number of the telemetry batch that ended them, and whom to check afterwards.
create table alert.outage (
    batch bigint primary key,
    from_at timestamptz not null,
    to_at timestamptz not null
);
create table alert.outage_check (
    outage bigint not null references alert.outage (batch),
    subject text not null,
    heard_before timestamptz not null,
    heard_again timestamptz,
    primary key (outage, subject)
);
create index outage_check_open on alert.outage_check (subject) where heard_again is null;
