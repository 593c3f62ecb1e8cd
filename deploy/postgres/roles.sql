-- Run once by the PostgreSQL image, as its superuser, when it makes its database.
-- recado_owner owns the tables and migrates; recado_services runs the services and may only read and write rows.
\getenv owner_password RECADO_OWNER_PASSWORD
\getenv services_password RECADO_SERVICES_PASSWORD
create role recado_owner login password :'owner_password';
create role recado_services login password :'services_password';
alter database recado owner to recado_owner;
