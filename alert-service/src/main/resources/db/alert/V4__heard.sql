-- When each device of a subject was heard and how far its silence was told, as JSON: read when the state cannot be.
alter table alert.rule_state add column heard text not null default '[]';
