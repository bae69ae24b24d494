-- How a device may prove itself, and its key before the newest while that is not in use yet.
alter table gateway.device_key
    alter column salt drop not null,
    alter column hash drop not null,
    alter column issued_at drop not null,
    add column accepts     text not null default 'BOTH' check (accepts in ('KEY', 'CERTIFICATE', 'BOTH')),
    add column used_at     timestamptz,
    add column old_salt    bytea,
    add column old_hash    bytea,
    add column old_ends_at timestamptz,
    add column revoked_at  timestamptz;
comment on column gateway.device_key.used_at is 'first connection with the newest key: from then on the old one is worth nothing';
comment on column gateway.device_key.revoked_at is 'connections that were opened before this are ended';

-- Devices delivered together, with one key in their firmware that is good for one thing: to ask for a key of their own.
create table gateway.batch (
    id         text primary key,
    salt       bytea not null,
    hash       bytea not null,
    closes_at  timestamptz not null,
    created_by text not null,
    created_at timestamptz not null
);

create table gateway.claim (
    device        text primary key,
    batch         text not null references gateway.batch (id),
    salt          bytea not null,
    hash          bytea not null,
    issued_at     timestamptz,
    claimed_at    timestamptz,
    wrong_codes   integer not null default 0,
    wrong_code_at timestamptz
);
create index on gateway.claim (batch);
comment on column gateway.claim.issued_at is 'a key of its own was last sent to it';
comment on column gateway.claim.claimed_at is 'it connected with that key: the batch key is worth nothing for it any more';
create index on gateway.device_key (device) where revoked_at is not null;
