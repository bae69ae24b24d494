-- Who may speak for whom, how, and whether a device is still trusted.
alter table devices
    add column topics  text not null default 'anban',
    add column zone    text not null default 'Asia/Shanghai',
    add column sender  text not null default 'DEVICE' check (sender in ('DEVICE', 'RELAY', 'ACCOUNT')),
    add column carrier text not null default '',
    drop constraint devices_state_check,
    add constraint devices_state_check
        check (state in ('IN_STOCK', 'IN_USE', 'IN_REPAIR', 'LOST', 'BLOCKED', 'RETIRED'));
comment on column devices.topics is 'topic profile of the model';
comment on column devices.zone is 'of the times that the model sends without one';
comment on column devices.carrier is 'mobile network of its SIM; empty if it has none';

create table children (
    speaker text not null references devices (id),
    name    text not null check (length(name) between 1 and 200),
    device  text not null unique references devices (id),
    primary key (speaker, name),
    check (speaker <> device)
);
comment on table children is 'for whom a relay or a vendor account speaks; names are the speaker''s own';

create table standing_changes (
    number      bigint generated always as identity primary key,
    device      text not null references devices (id),
    state       text not null,
    reason      text not null,
    recorded_at timestamptz not null,
    recorded_by text not null references persons (id)
);
create index on standing_changes (device, number desc);
