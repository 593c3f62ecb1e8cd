-- Every schema has these two. The outbox is written in the transaction that changes state; the relay publishes it.
create table outbox (
    id          uuid primary key,          -- UUIDv7: the order of writing
    message_id  uuid not null,
    wire_name   text not null,
    body        bytea not null,
    trace       text,                      -- W3C traceparent of the cause
    created_at  timestamptz not null,
    due_at      timestamptz not null,      -- later than created_at when the broker did not take it
    sent_at     timestamptz                -- kept for a day after, so that a lost broker can be filled again
);
create index outbox_unsent on outbox (due_at, id) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- What this schema has already handled, claimed in the transaction that does the work.
create table inbox (
    queue       text not null,
    message_id  uuid not null,
    handled_at  timestamptz not null,
    primary key (queue, message_id)
);
create index inbox_handled on inbox (handled_at);
