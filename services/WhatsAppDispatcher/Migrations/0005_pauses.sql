-- Gateway numbers that rest: no message of theirs is claimed, but one now and then to find out whether it is over.
create table pauses (
    store_id       text not null,
    instance_id    text not null,
    reason         text not null,
    began_at       timestamptz not null,
    next_probe_at  timestamptz not null,    -- before it not one request
    probe          uuid,                    -- claim of the message that tried last; its success ends the pause
    primary key (store_id, instance_id),
    check (reason in ('token_refused', 'asked_to_wait'))
);
