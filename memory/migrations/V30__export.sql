-- What people fetch of what is kept about them ---------------------------------------------------------------------------------------

create table export_code (
    address_id bigint      primary key references address on delete cascade,
    asked_by   bigint      not null references contact on delete cascade,
    hash       bytea       not null unique,
    expires_at timestamptz not null,
    downloads  int         not null default 0
);
create index export_code_asked_by on export_code (asked_by);
comment on table export_code is 'codes by which people fetch a copy of what is kept about them; the last one that each address was told';
comment on column export_code.asked_by is 'whose the address was then: the code opens nothing once it is somebody else''s, after a merge or its undoing';
comment on column export_code.hash is 'SHA-256 of the code, which is 150 random bits';
call wall('export_code', 'asked_by');

-- Who has gone quiet -----------------------------------------------------------------------------------------------------------------

alter table contact add dormant_told_at timestamptz;
comment on column contact.dormant_told_at is 'when the admin was told that they are dormant; again each time they become so';
