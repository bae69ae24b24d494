-- When somebody fell silent last as part of an outage, and when people were told last how many it concerns.
alter table alert.group_outage add column spread_at timestamptz, add column told_at timestamptz;
update alert.group_outage set spread_at = opened_at, told_at = opened_at;
alter table alert.group_outage alter column spread_at set not null, alter column told_at set not null;
