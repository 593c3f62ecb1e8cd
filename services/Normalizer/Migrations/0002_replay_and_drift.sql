-- What was tried again and understood stays for its time, so that asking twice gives the same answer.
alter table quarantine add column replayed_at timestamptz;
drop index quarantine_of;
create index quarantine_of on quarantine (store_id, received_at, webhook_id);
create index quarantine_by_age on quarantine (received_at);

create table credentials (
    token_sha256  text primary key,
    store_id      text not null,
    source        text not null,
    channel       text,                 -- the partner, or the gateway instance
    demo          boolean not null
);

-- What the documents of the sources do not know: names, constants and masked examples, never what somebody wrote.
create table drift (
    store_id    text not null,
    source      text not null,
    kind        text not null,
    path        text not null,          -- empty for 'other'
    value       text not null,          -- empty for a new field
    count       bigint not null,        -- webhooks
    first_seen  timestamptz not null,
    last_seen   timestamptz not null,
    example     text not null,          -- the first one, masked
    primary key (store_id, source, kind, path, value),
    check (kind in ('field', 'block', 'type', 'status', 'notification', 'other')),
    check (count > 0)
);
create index drift_by_age on drift (last_seen);
