-- A notice of a ladder that no longer climbs is withdrawn before it is sent.
alter table alert.notice drop constraint notice_state_check;
alter table alert.notice add constraint notice_state_check
    check (state in ('ready', 'sending', 'sent', 'failed', 'unknown', 'withdrawn'));
