-- What was erased ----------------------------------------------------------------------------------------------------------------

create table erasure (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null,
    erased_by  text        not null,
    rows       int         not null,
    erased_at  timestamptz not null default now()
);
comment on table erasure is 'that a contact was erased, by whom and when: nothing of what was known';
