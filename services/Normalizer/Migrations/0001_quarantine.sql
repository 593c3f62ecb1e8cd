-- What was well-formed and could not be understood; kept whole, so that it can be tried again.
create table quarantine (
    webhook_id   uuid primary key,
    store_id     text not null,
    source       text not null,
    reason       text not null,
    field        text,
    received_at  timestamptz not null,
    webhook      bytea not null         -- the WebhookReceived
);
create index quarantine_of on quarantine (store_id, received_at);

-- What was understood and means nothing to us (presence, echoes, groups), by what it was.
create table ignored (
    store_id  text not null,
    source    text not null,
    what      text not null,
    day       text not null,            -- UTC, 2026-01-31
    count     bigint not null,
    primary key (store_id, source, what, day)
);
