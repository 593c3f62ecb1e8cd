alter table stores add column link_hosts text not null default '[]';   -- JSON, as in the bundle
