alter table messages add column armed_at timestamptz;   -- the last look before the wire
alter table messages add column told_at timestamptz;    -- of the last step that was told; the next is never told as older
alter table messages add column fingerprint text;       -- SHA-256 of recipient and text: an echo of it has the same
create index messages_in_doubt on messages (armed_at) where status in ('sending', 'uncertain');

-- The shop's own messages as they came back, until they turn out to be known or to settle an uncertain send.
create table echoes (
    store_id            text not null,
    instance_id         text not null,
    gateway_message_id  text not null,
    fingerprint         text not null,
    occurred_at         timestamptz not null,   -- by the gateway's clock
    parked_at           timestamptz not null,
    primary key (store_id, instance_id, gateway_message_id)
);
create index echoes_of on echoes (store_id, instance_id, fingerprint);
create index echoes_by_age on echoes (parked_at);

-- What became of echoes.
create table echo_counts (
    store_id  text not null,
    what      text not null,
    day       text not null,    -- UTC, 2026-01-31
    count     bigint not null,
    primary key (store_id, what, day),
    check (what in ('settled', 'known', 'unmatched', 'no_phone'))
);
