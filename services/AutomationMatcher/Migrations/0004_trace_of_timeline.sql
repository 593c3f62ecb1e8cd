alter table timeline add column trace_id text;      -- 32 hexadecimal digits; null where nobody knows
