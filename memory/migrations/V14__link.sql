-- Proof that two addresses are one person's -------------------------------------------------------------------------------------------

alter table address add is_group boolean not null default false;
comment on column address.is_group is 'more people than one read what is sent there';

create table link (
    address_id bigint      primary key references address on delete cascade,
    code       text        not null unique,
    expires_at timestamptz not null,
    used_by    bigint      references address on delete cascade
);
create index link_used on link (used_by);
comment on table link is 'codes told to an address, to be given from another one of the same person, once';
