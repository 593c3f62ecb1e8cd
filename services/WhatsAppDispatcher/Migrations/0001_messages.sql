create table gateways (
    store_id      text not null,
    instance_id   text not null,
    settings      text not null,        -- JSON, as in the bundle
    position      integer not null,     -- as in the bundle; the first one sends
    primary key (store_id, instance_id)
);

-- Whether the shop's phone is connected to WhatsApp, as the gateway last said; unknown counts as connected.
create table instances (
    store_id     text not null,
    instance_id  text not null,
    connected    boolean not null,
    changed_at   timestamptz not null,
    primary key (store_id, instance_id)
);

create table messages (
    message_id          uuid primary key,
    store_id            text not null,
    instance_id         text not null,
    journey_id          uuid not null,
    event_id            uuid not null,
    recipient           text not null,
    content             text not null,      -- MessageContent, JSON
    status              text not null,
    attempt             integer not null,   -- sends that definitely did not happen
    due_at              timestamptz not null,
    expires_at          timestamptz not null,
    claim               uuid,               -- fencing token of the process that works on it
    lease_until         timestamptz,
    gateway_message_id  text,
    reason              text,
    trace               text,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    check (status in ('waiting', 'claimed', 'sending', 'sent', 'delivered', 'read', 'failed', 'suppressed', 'uncertain')),
    check ((lease_until is not null) = (status in ('claimed', 'sending')))
);
create index messages_due on messages (due_at) where status = 'waiting';
create index messages_expiring on messages (expires_at) where status = 'waiting';
create index messages_leased on messages (lease_until) where lease_until is not null;
create unique index messages_at_gateway on messages (store_id, instance_id, gateway_message_id) where gateway_message_id is not null;

-- Asked for before or after the message arrived here; read once more in the transaction that arms a send.
create table cancellations (
    message_id    uuid primary key,
    reason        text not null,
    cancelled_at  timestamptz not null
);

-- Receipts that came before the answer to the send they speak of.
create table parked_receipts (
    receipt_id          uuid primary key,
    store_id            text not null,
    instance_id         text not null,
    gateway_message_id  text not null,
    body                text not null,      -- GatewayReceipt, JSON
    trace               text,
    parked_at           timestamptz not null
);
create index parked_receipts_of on parked_receipts (gateway_message_id);
create index parked_receipts_by_age on parked_receipts (parked_at);
