-- A person who asks to be forgotten is found with all that was about them.
create index events_of on events (contact_id);
create index contacts_merged on contacts (merged_into) where merged_into is not null;
-- That somebody was, and how much there was; not who.
create table erasures (
    erasure_id  uuid primary key,
    store_id    text not null,
    erased_at   timestamptz not null,
    keys        integer not null,
    events      integer not null,
    journeys    integer not null,
    messages    integer not null
);
