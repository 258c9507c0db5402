-- Which routes, Kamelets, layers and prompts ran when, and who changed them -----------------------------------------------------

create table route_text (
    hash text primary key,
    text text not null
);
comment on table route_text is 'every text that ever ran, once, by its SHA-256';

create table route_revision (
    id         bigint generated always as identity primary key,
    made_at    timestamptz not null default now(),
    author     text        not null,
    outcome    text        not null check (outcome in ('applied', 'refused', 'failed')),
    manifest   jsonb       not null,
    diff       text        not null,
    faults     jsonb       not null default '[]',
    millis     int         not null default 0
);
create index route_revision_applied on route_revision (id) where outcome = 'applied';
comment on column route_revision.manifest is 'the hash of each file by its path; what was refused need not be in route_text';
comment on column route_revision.outcome is 'refused: rehearsed and found wrong; failed: rehearsed and found right, and yet it could not be put to work';
