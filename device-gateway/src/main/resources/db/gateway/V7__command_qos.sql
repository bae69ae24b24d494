alter table gateway.mqtt_session add column granted_qos smallint not null default 1 check (granted_qos in (0, 1));
comment on column gateway.mqtt_session.granted_qos is 'of the subscription to commands, where there is one';

alter table gateway.command
    drop constraint command_state_check,
    add constraint command_state_check
        check (state in ('queued', 'sent', 'acknowledged', 'replied', 'expired', 'failed')),
    add column failure text;
comment on column gateway.command.failure is 'why it can never be sent to this device';
