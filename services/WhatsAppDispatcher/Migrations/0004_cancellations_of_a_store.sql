-- Whose message is called back: one store's word does not count for another's message. Empty where an earlier version did not say.
create table cancellations_of_stores (
    store_id      text not null,
    message_id    uuid not null,
    reason        text not null,
    cancelled_at  timestamptz not null,
    primary key (message_id, store_id)
);
insert into cancellations_of_stores (store_id, message_id, reason, cancelled_at)
    select coalesce(m.store_id, ''), c.message_id, c.reason, c.cancelled_at
    from cancellations c left join messages m on m.message_id = c.message_id;
drop table cancellations;
alter table cancellations_of_stores rename to cancellations;
