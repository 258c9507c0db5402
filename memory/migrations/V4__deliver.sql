-- Getting it there ---------------------------------------------------------------------------------------------------------------

alter table parcel
    add column kind           text not null default 'answer' check (kind in ('answer', 'urgent', 'daily', 'conversation')),
    add column asked_at       timestamptz,
    add column attempts       int  not null default 0,
    add column epoch          bigint,
    add column unknown_policy text check (unknown_policy in ('hold', 'resend')),
    add column retry          text,
    add column error          text,
    add column held_until     timestamptz,
    add column folded_into    bigint references parcel,
    drop constraint parcel_state_check,
    drop constraint parcel_reply_id_part_key,
    add constraint parcel_state_check check (state in ('waiting', 'sending', 'sent', 'dead', 'held', 'rerouted', 'folded')),
    add constraint parcel_once unique (reply_id, address_id, part);
create index parcel_held on parcel (held_until) where state = 'held';
create index parcel_folded on parcel (folded_into) where folded_into is not null;
comment on column parcel.kind is 'an answer to what was asked, or the kind of a message that nobody asked for';
comment on column parcel.asked_at is 'when it was asked what this answers';
comment on column parcel.attempts is 'how often its sending began, or could not even begin';
comment on column parcel.epoch is 'the lease under which it was sent last: how a try ended is written by who began it';
comment on column parcel.unknown_policy is 'what its channel does when nobody knows whether it arrived';
comment on column parcel.retry is 'the retry plan of its channel; null: the plan of the hub';
comment on column parcel.error is 'why it was not sent the last time';
comment on column parcel.held_until is 'the end of the quiet hours that it waits for';
comment on column parcel.folded_into is 'the parcel that carries its text';

alter table address
    add column stopped_at  timestamptz,
    add column stopped_why text;
comment on column address.stopped_at is 'since when it takes nothing more; it is tried again once it is heard from';

create table account_pause (
    channel   text        not null,
    account   text        not null,
    why       text        not null,
    paused_at timestamptz not null default now(),
    probe_at  timestamptz not null,
    primary key (channel, account)
);
comment on table account_pause is 'accounts of ours that are not let in: their parcels wait without using up attempts';
comment on column account_pause.probe_at is 'when the next parcel may find out whether it is let in again';

create table delivery_preference (
    contact_id   bigint  primary key references contact,
    main         text,
    urgent       text,
    daily        text,
    conversation text,
    fallbacks    text[]  not null default '{}',
    off          text[]  not null default '{}',
    quiet_from   time,
    quiet_to     time,
    check ((quiet_from is null) = (quiet_to is null))
);
comment on table delivery_preference is 'by which channels a contact wants to be reached, and when not; names of channels';
