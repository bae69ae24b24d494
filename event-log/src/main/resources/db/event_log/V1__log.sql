-- One table a lane, one row an appended batch. The appender numbers the rows itself, densely from 1; the primary key
-- is its fence. Segments (partitions by number) are attached ahead and detached behind by the log. Bodies are packed
-- already, so the server must not spend time on trying to compress them.
create table alarm_batch (
    number bigint primary key,
    at timestamptz not null,
    entries int not null,
    body bytea storage external not null
) partition by range (number);

create table telemetry_batch (
    number bigint primary key,
    at timestamptz not null,
    entries int not null,
    body bytea storage external not null
) partition by range (number);
