-- What every channel needs, whichever it is ------------------------------------------------------------------------------------

create table ownership (
    name  text        primary key,
    owner text        not null,
    until timestamptz not null
);
comment on table ownership is 'what only one hub may do at a time, such as polling one bot or one mailbox, and who does it';

create table attachment (
    id      uuid        primary key default gen_random_uuid(),
    name    text        not null,
    type    text        not null,
    bytes   bytea       not null,
    kept_at timestamptz not null default now()
);
comment on table attachment is 'files that came with messages; message.attachments names them by their place, attachment:<id>';
