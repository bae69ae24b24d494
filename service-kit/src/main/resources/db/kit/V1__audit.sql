-- Who read or did what. Rows are only ever added.
create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    person_id text not null,
    session_id text not null,
    roles text not null,
    action text not null,
    subject text,
    detail text not null
);

create index audit_by_subject on audit (subject, at desc, id desc) where subject is not null;
create index audit_by_person on audit (person_id, at desc, id desc);
create index audit_by_time on audit using brin (at);

-- The record of what was done cannot be changed by the program that does it.
create function audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'an audit row stays as it is';
end
$$;

create trigger audit_stays before update or delete or truncate on audit
    for each statement execute function audit_stays();
