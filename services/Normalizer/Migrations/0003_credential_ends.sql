alter table credentials add column not_before timestamptz;
alter table credentials add column not_after timestamptz;
alter table credentials add column signing bytea;   -- always null here: who only reads checks no signatures
