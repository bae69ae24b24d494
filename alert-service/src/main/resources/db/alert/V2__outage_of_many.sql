-- Outages of many: a street, a relay, a mobile network, a model, or everything fell silent at once. The id is that of the
-- signal that told of it; while one lasts, detection goes on from these rows. Times are the log's clock.
create table alert.group_outage (
    id text primary key,
    subject text not null,
    opened_at timestamptz not null,
    -- few enough have been silent since; null while more are
    calm_since timestamptz,
    ended_at timestamptz
);
create unique index group_outage_open on alert.group_outage (subject) where ended_at is null;

create table alert.group_outage_member (
    outage text not null references alert.group_outage,
    device text not null,
    subject text not null,
    silent_since timestamptz not null,
    back_at timestamptz,
    primary key (outage, device)
);
