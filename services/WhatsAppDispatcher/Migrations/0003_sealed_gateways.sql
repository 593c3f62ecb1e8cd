-- The whole settings, sealed with the store's key: tokens cannot be read here, nor the address turned elsewhere.
-- settings is empty from then on; rows of earlier versions are sealed at the next start.
alter table gateways add column sealed bytea;
