-- One open case for one subject: the set of its open incidents. Its row is what every change of them locks first.
create table alert.care_case (
    id        text        primary key,
    subject   text        not null,
    opened_at timestamptz not null,
    ended_at  timestamptz
);
create unique index care_case_open on alert.care_case (subject) where ended_at is null;

create table alert.incident (
    id             text        primary key,
    case_id        text        not null references alert.care_case,
    subject        text        not null,
    kind           text        not null,
    state          text        not null check (state in ('CANDIDATE', 'OPEN', 'TAKEN', 'CANCELLED', 'CLOSED')),
    priority       text        not null check (priority in ('P0', 'P1', 'P2', 'P3', 'P4')),
    name           text        not null,
    area           text        not null,
    station        text        not null,
    opened_at      timestamptz not null,
    event_at       timestamptz not null,
    received_at    timestamptz not null,
    device_at      timestamptz,
    clock_wrong    boolean     not null,
    first_event_at timestamptz not null,
    labelled       boolean     not null,
    delayed        boolean     not null,
    suspect        boolean     not null,
    looked         boolean     not null default false,
    ringing        boolean     not null default false,
    taken_by       text,
    taken_name     text,
    taken_at       timestamptz,
    clock_run      integer     not null,
    stale_at       timestamptz,
    joined         integer     not null default 0,
    version        integer     not null,
    changed_at     timestamptz not null,
    ended_at       timestamptz,
    ended_by       text,
    disposition    text,
    check ((state = 'TAKEN') = (taken_by is not null) or state = 'CLOSED'),
    check ((state in ('CANCELLED', 'CLOSED')) = (ended_at is not null)),
    check ((ended_at is null) = (disposition is null))
);
-- The promise "one open incident for one subject and one kind".
create unique index incident_open on alert.incident (subject, kind) where state in ('CANDIDATE', 'OPEN', 'TAKEN');
create index incident_of_case on alert.incident (case_id);
create index incident_of_subject on alert.incident (subject, opened_at desc);
create index incident_changed on alert.incident (changed_at);

-- What a rule or a person said. The same id never has a second effect.
create table alert.signal (
    id          text        primary key,
    incident    text        references alert.incident,
    at          timestamptz not null,
    received_at timestamptz not null,
    device_at   timestamptz,
    device      text,
    kind        text        not null,
    action      text        not null,
    text        text        not null,
    late        boolean     not null default false
);
create index signal_of_incident on alert.signal (incident, at);

create table alert.story (
    id        bigint      generated always as identity primary key,
    incident  text        not null references alert.incident,
    at        timestamptz not null,
    kind      text        not null,
    person    text,
    person_name text,
    text      text        not null,
    data      jsonb       not null default '{}'
);
create index story_of_incident on alert.story (incident, id);

-- A duty is a row. Rows are only ever added and claimed; one whose run is over is dropped when it is claimed.
create table alert.deadline (
    id       bigint      generated always as identity primary key,
    incident text        not null references alert.incident,
    kind     text        not null check (kind in ('CONFIRM', 'STEP', 'STALE')),
    step     integer     not null,
    run      integer     not null,
    priority text        not null,
    due_at   timestamptz not null
);
create index deadline_due on alert.deadline (due_at);
create index deadline_of_incident on alert.deadline (incident);

create table alert.notice (
    id              text        primary key,
    incident        text        not null references alert.incident,
    channel         text        not null,
    purpose         text        not null,
    recipient       text        not null,
    recipient_name  text        not null,
    number          text        not null,
    priority        text        not null,
    kind            text        not null,
    area            text        not null,
    text            text        not null,
    state           text        not null check (state in ('ready', 'sending', 'sent', 'failed', 'unknown')),
    attempts        integer     not null default 0,
    created_at      timestamptz not null,
    next_at         timestamptz not null,
    lease           text,
    lease_until     timestamptz,
    last_attempt_at timestamptz,
    receipt         text,
    receipt_at      timestamptz
);
create index notice_due on alert.notice (channel, next_at) where state in ('ready', 'sending', 'unknown');
create index notice_of_incident on alert.notice (incident, created_at);

create table alert.notice_attempt (
    id      bigint      generated always as identity primary key,
    notice  text        not null references alert.notice,
    at      timestamptz not null,
    outcome text        not null,
    detail  text        not null
);
create index notice_attempt_of_notice on alert.notice_attempt (notice, id);

create table alert.dispatch (
    id              text        primary key,
    incident        text        not null references alert.incident,
    case_id         text        not null references alert.care_case,
    responder       text        not null,
    responder_name  text        not null,
    responder_phone text        not null,
    state           text        not null
        check (state in ('ASSIGNED', 'ACCEPTED', 'EN_ROUTE', 'ARRIVED', 'INSIDE', 'DONE', 'CANCELLED')),
    created_at      timestamptz not null,
    changed_at      timestamptz not null
);
create index dispatch_of_case on alert.dispatch (case_id, created_at);

create table alert.phone_call (
    id        bigint      generated always as identity primary key,
    incident  text        not null references alert.incident,
    case_id   text        not null references alert.care_case,
    at        timestamptz not null,
    person    text        not null,
    person_name text      not null,
    party     text        not null check (party in ('resident', 'contact', 'other')),
    contact   text,
    number    text        not null,
    outcome   text        not null check (outcome in ('spoke', 'no_answer', 'silent', 'wrong_number')),
    text      text        not null
);
create index phone_call_of_case on alert.phone_call (case_id, at);

-- The same command of the same person on the same incident has one effect and one answer.
create table alert.command (
    incident   text        not null references alert.incident,
    person     text        not null,
    action     text        not null,
    command_id text        not null,
    at         timestamptz not null,
    answer     jsonb       not null,
    primary key (command_id, person, incident, action)
);

-- Consoles that can be rung: which login holds which stream, and when it last answered a beat.
create table alert.console_stream (
    id           text        primary key,
    person       text        not null,
    person_name  text        not null,
    roles        text        not null,
    areas        text        not null,
    opened_at    timestamptz not null,
    beat         bigint      not null default -1,
    confirmed_at timestamptz
);
create index console_stream_confirmed on alert.console_stream (confirmed_at);

create table alert.duty (
    person  text        primary key,
    on_duty boolean     not null,
    since   timestamptz not null
);
