create table credentials (
    token_sha256  text primary key,
    store_id      text not null,
    source        text not null,
    channel       text,                 -- the partner, or the gateway instance
    demo          boolean not null
);

-- What arrived, byte for byte.
create table webhooks (
    webhook_id      uuid primary key,
    store_id        text not null,
    source          text not null,
    channel         text,
    received_at     timestamptz not null,
    body            bytea not null,     -- never json: its parser refuses bytes that a sender may send
    conflicts_with  uuid
);
create index webhooks_by_time on webhooks (store_id, received_at);

-- One row per fact a sender told, however often it told it.
create table idempotency_keys (
    key          uuid primary key,      -- hash of store, source, channel and the source's own identity fields
    claim        uuid not null,         -- of the one request that came first
    webhook_id   uuid not null,
    body_sha256  text not null,
    expires_at   timestamptz not null   -- after this the same fields are a new fact
);
create index idempotency_keys_by_expiry on idempotency_keys (expires_at);
