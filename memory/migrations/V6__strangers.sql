-- Strangers: who may be answered, and what waits until somebody decides ---------------------------------------------------------------

alter table address
    add standing   text not null default 'new' check (standing in ('new', 'admitted', 'refused')),
    add decided_by text,
    add decided_at timestamptz,
    add unverified text not null default '';
alter table address drop constraint address_channel_account_handle_key;
alter table address add unique (channel, account, handle, unverified);
create index address_decided on address (standing) where standing <> 'new';
comment on column address.standing is 'what a person decided about it; the policy of its channel decides about who is new';
comment on column address.unverified is
    'empty, unless the channel does not vouch for the sender: then the thread, which is an address with a contact and a memory of its own';

create table pairing (
    address_id bigint      primary key references address on delete cascade,
    channel    text        not null,
    code       text        not null unique,
    made_at    timestamptz not null,
    expires_at timestamptz not null
);
create index pairing_channel on pairing (channel, expires_at);
comment on table pairing is 'codes that strangers were told, so that an operator knows whom to let in';

alter table message
    add suppressed_by text,
    add held_by       text,
    add rewords       bigint references message;
create index message_held on message (address_id, id) where held_by is not null;
create index message_rewords on message (rewords) where rewords is not null;
comment on column message.suppressed_by is 'the rule by which it is never answered';
comment on column message.held_by is 'the rule by which it waits for a person to decide about its sender';
comment on column message.rewords is 'the message it is a later wording of; that one was answered already';

create table wording (
    id          bigint      generated always as identity primary key,
    message_id  bigint      not null references message on delete cascade,
    channel     text        not null,
    account     text        not null,
    external_id text        not null,
    text        text        not null,
    replaced_at timestamptz not null default now(),
    unique (channel, account, external_id)
);
create index wording_message on wording (message_id);
comment on table wording is
    'what messages said before they were edited, each with the edit that replaced it; an edit that comes again finds itself here';

create table raw (
    message_id bigint      primary key references message on delete cascade,
    sent       text        not null,
    kept_at    timestamptz not null default now()
);
create index raw_kept on raw (kept_at);
comment on table raw is 'what the channel sent, for 30 days';

alter table attachment add message_id bigint references message on delete cascade;
create index attachment_orphan on attachment (kept_at) where message_id is null;
create index attachment_message on attachment (message_id) where message_id is not null;
