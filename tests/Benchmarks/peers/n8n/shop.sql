-- What the workflows remember: nothing is sent for a key that is known.
create table seen (key text primary key, at timestamptz not null default now());

-- The key when it is new, no row when it is not: a workflow without a row ends by itself, so that no node has to compare anything.
create function remember(text) returns setof text language sql as
  $$ insert into seen (key) values ($1) on conflict do nothing returning key $$;
