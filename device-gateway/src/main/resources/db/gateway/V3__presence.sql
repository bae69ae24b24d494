-- What is known of each device from what was heard of it: one row a device, merged each few seconds.
create table gateway.presence (
    device          text primary key,
    relay           text,
    connected       boolean,
    changed_at      timestamptz,
    heard_at        timestamptz,
    signals         jsonb not null default '{}',
    battery         integer,
    signal_quality  integer,
    worn            boolean,
    flaps           integer,
    flaps_at        timestamptz,
    flapping_since  timestamptz,
    may_be_lost     bigint not null default 0,
    may_be_lost_at  timestamptz,
    clone_since     timestamptz,
    clone_at        timestamptz,
    take_overs      integer,
    clone_addresses integer
) with (fillfactor = 50);
comment on column gateway.presence.relay is 'through whom it was heard last; null if it has connections of its own';
comment on column gateway.presence.connected is 'null if it never had a connection of its own';
comment on column gateway.presence.signals is 'by signal: at (Unix seconds), and within or usually (seconds until the next)';
comment on column gateway.presence.flaps is 'short connections within the hour before flaps_at';
comment on column gateway.presence.may_be_lost is 'alarms at QoS 0: misconfigured, for such an alarm is not sent again';
comment on column gateway.presence.take_overs is 'of the suspected clone, since clone_since';
