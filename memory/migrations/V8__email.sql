-- Email ------------------------------------------------------------------------------------------------------------------------

create table mailbox (
    name         text        primary key,
    uid_validity bigint      not null,
    uid          bigint      not null,
    fresh_from   bigint      not null,
    since        timestamptz not null,
    trying       bigint,
    tries        int         not null default 0,
    polled_at    timestamptz not null default now()
);
comment on table mailbox is 'how far each mailbox has been read; UIDs mean something only together with their UIDVALIDITY (RFC 3501, section 2.3.1.1)';
comment on column mailbox.uid is 'the last mail that was accepted, put aside or left alone';
comment on column mailbox.fresh_from is 'mails below it were there before we first looked: of those only unread ones that came after "since" are taken';
comment on column mailbox.trying is 'the mail that is being accepted; tries are counted before, so that a mail that kills the hub is put aside too';

create table mail (
    account    text        not null,
    handle     text        not null,
    message_id text        not null,
    thread     text        not null,
    subject    text        not null,
    ancestors  text        not null,
    verified   boolean     not null,
    ours       boolean     not null,
    automatic  boolean     not null,
    at         timestamptz not null default now(),
    primary key (account, handle, message_id, verified)
);
create index mail_thread on mail (account, handle, thread, at);
comment on table mail is 'what went to and fro with an address, so that an answer joins the thread it belongs to and machines do not answer each other for ever';
comment on column mail.ancestors is 'the References of the mail (RFC 5322, section 3.6.4)';
comment on column mail.verified is 'whether its thread is one with the real owner of the handle, as far as our mail server can tell';
comment on column mail.automatic is 'ours: an answer by a machine; theirs: one that such an answer may follow';

create table mail_aside (
    id           bigint generated always as identity primary key,
    mailbox      text        not null,
    uid_validity bigint      not null,
    uid          bigint      not null,
    why          text        not null,
    raw          bytea,
    at           timestamptz not null default now(),
    unique (mailbox, uid_validity, uid)
);
comment on table mail_aside is 'mails that could not be read, as they came (null when too large); kept for 30 days, and flagged in their mailbox';
