-- How far the queues are that take what this schema publishes: what is later may be unfinished when a broker is lost.
create table handled (
    queue      text primary key,
    wire_name  text not null,
    through    timestamptz not null     -- when the latest message handled had been published
);

-- What this schema's service could not handle: bytes that are no message, a message that fails every time or that
-- kills the process. The others behind it went on.
create table dead_letters (
    dead_letter_id  uuid primary key,   -- UUIDv5 of queue and bytes: the same message is kept once
    queue           text not null,
    wire_name       text not null,
    message_id      uuid,               -- null when even that could not be read
    body            bytea not null,
    trace           text,
    reason          text not null,
    error           text not null,      -- the kind of error, never its text, which may quote the message
    died_at         timestamptz not null,
    times           integer not null,
    requeued_at     timestamptz,
    check (reason in ('unreadable', 'failed', 'killed_the_process')),
    check (times > 0)
);
create index dead_letters_by_age on dead_letters (died_at);
