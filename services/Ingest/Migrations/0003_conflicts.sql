-- A sender's other words for a fact that somebody asked to be forgotten are found by it. There are few.
create index webhooks_in_conflict on webhooks (conflicts_with) where conflicts_with is not null;
