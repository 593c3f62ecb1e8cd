alter table credentials add column not_before timestamptz;
alter table credentials add column not_after timestamptz;
alter table credentials add column signing bytea;   -- sealed secrets of Standard Webhooks
