create table credentials (
    token_sha256  text primary key,
    store_id      text not null,
    source        text not null,
    channel       text,                 -- the partner, or the gateway instance
    demo          boolean not null
);

-- Every version that ever ran: a journey stays on the one it started with.
create table automations (
    store_id       text not null,
    automation_id  text not null,
    version        integer not null,
    definition     text not null,       -- JSON, as in the bundle
    active         boolean not null,
    primary key (store_id, automation_id, version)
);

-- A person, and the boundary of consistency: whoever decides about a person holds this row's lock.
create table contacts (
    contact_id   uuid primary key,
    store_id     text not null,
    merged_into  uuid                   -- another contact that turned out to be the same person
);

create table contact_keys (
    store_id    text not null,
    key         text not null,
    contact_id  uuid not null,
    phone       text,                   -- E.164, told together with this key; empty when several were
    primary key (store_id, key)
);
create index contact_keys_of on contact_keys (contact_id);

create table events (
    event_id     uuid primary key,
    store_id     text not null,
    webhook_id   uuid not null,
    contact_id   uuid not null,
    type         text not null,
    source       text not null,
    occurred_at  timestamptz not null,
    received_at  timestamptz not null,
    body         bytea not null         -- the CommerceEvent
);
create index events_by_webhook on events (webhook_id);

-- "It happened": a purchase, an order. A late cart event finds it and starts nothing.
create table markers (
    contact_id  uuid not null,
    type        text not null,
    subject     text not null,          -- cart:…, order:…, or empty for the person as a whole
    at          timestamptz not null,
    primary key (contact_id, type, subject)
);

create table journeys (
    journey_id          uuid primary key,
    store_id            text not null,
    contact_id          uuid not null,
    automation_id       text not null,
    automation_version  integer not null,
    subject             text not null,
    things              text not null,         -- the event's keys that name things: cart:…, order:…, as JSON
    people              text not null,         -- those that name persons: email:…, document:…, customer:…
    event_id            uuid not null,
    state               text not null,
    step                integer not null,
    base_at             timestamptz not null,  -- waits count from here
    due_at              timestamptz,           -- only while waiting
    message_id          uuid,                  -- of the last request
    reason              text,
    recipient           text,
    trace               text,
    started_at          timestamptz not null,
    updated_at          timestamptz not null,
    check (state in ('waiting', 'no_phone', 'requested', 'completed', 'stopped', 'failed')),
    check ((state = 'waiting') = (due_at is not null))
);
create index journeys_due on journeys (due_at) where state = 'waiting';
create index journeys_of on journeys (contact_id, started_at);

create table timeline (
    entry_id            uuid primary key,
    store_id            text not null,
    event_id            uuid not null,
    at                  timestamptz not null,
    recorded_at         timestamptz not null,
    what                text not null,
    automation_id       text,
    message_id          uuid,
    reason              text,
    detail              text,
    gateway_message_id  text
);
create index timeline_of on timeline (event_id);
create index timeline_by_gateway_message on timeline (store_id, gateway_message_id) where gateway_message_id is not null;
