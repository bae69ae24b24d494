-- Readings come in blocks: what one device measured of one subject within one hour (UTC), as it reached the store together.
-- The body's form is in org.anban.gateway.block. A partition a day, made by the store when needed.
drop table gateway.reading;

create table gateway.reading_block (
    hour       timestamptz not null,
    batch      bigint not null,
    subject_no integer not null,
    device_no  integer not null,
    readings   integer not null,
    body       bytea storage external not null
) partition by range (hour);
comment on column gateway.reading_block.hour is 'the start of the hour in which all of it was measured';
comment on column gateway.reading_block.batch is 'how far the log had been read: of two values for one device, signal and instant that of the later block counts';
