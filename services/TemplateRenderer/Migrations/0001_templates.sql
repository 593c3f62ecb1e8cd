create table stores (
    store_id   text primary key,
    name       text not null,
    time_zone  text not null            -- IANA
);

create table templates (
    store_id    text not null,
    name        text not null,
    definition  text not null,          -- JSON, as in the bundle
    primary key (store_id, name)
);
