-- Platforms that push over HTTP. The register has each under the same name as a vendor account, with its devices.
create table gateway.push_account (
    account    text primary key,
    dialect    text not null check (dialect in ('onenet', 'ctwing', 'huawei', 'anban')),
    state      text not null check (state in ('active', 'disabled')),
    secret     bytea not null,
    used_at    timestamptz,
    old_secret bytea,
    old_until  timestamptz,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    changed_by text not null
);
comment on column gateway.push_account.secret is 'AES-256-GCM under a key that is not in the database';
comment on column gateway.push_account.used_at is 'when a sender first proved itself with secret; until then old_secret is what it has';
comment on column gateway.push_account.old_secret is 'holds until old_until, so that a secret is changed without a gap';

-- What a vendor's names mean on our wire.
create table gateway.push_word (
    account text not null references gateway.push_account (account) on delete cascade,
    model   text not null,
    name    text not null,
    value   text not null,
    means   text not null,
    primary key (account, model, name, value)
);
comment on column gateway.push_word.model is 'empty for every model';
comment on column gateway.push_word.value is 'empty for whatever value';
