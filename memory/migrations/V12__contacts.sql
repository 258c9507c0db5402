-- What was erased ----------------------------------------------------------------------------------------------------------------

create table erasure (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null,
    erased_by  text        not null,
    rows       int         not null,
    erased_at  timestamptz not null default now()
);
comment on table erasure is 'that a contact was erased, by whom and when: nothing of what was known';

-- Who turned out to be the same ---------------------------------------------------------------------------------------------------

alter table contact add merged_into bigint references contact;
create index contact_merged on contact (merged_into) where merged_into is not null;
comment on column contact.merged_into is 'who this one turned out to be; what was theirs is that one''s now';

create table contact_merge (
    id        bigint generated always as identity primary key,
    kept_id   bigint      not null references contact,
    merged_id bigint      not null references contact,
    merged_by text        not null,
    merged_at timestamptz not null default now(),
    undone_by text,
    undone_at timestamptz
);
create index contact_merge_kept on contact_merge (kept_id);
create index contact_merge_merged on contact_merge (merged_id);

create table contact_merge_row (
    merge_id bigint not null references contact_merge,
    "table"  text   not null,
    row_id   bigint not null,
    primary key (merge_id, "table", row_id)
);
comment on table contact_merge_row is 'what changed hands, so that it can be given back';

-- What searches see of what was learned -------------------------------------------------------------------------------------------

call wall('note');
call wall('profile_fact');
call wall('profile_change');
call wall('commitment');
call wall('summary');
call wall('snapshot');
