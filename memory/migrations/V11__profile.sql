-- What operators noted ---------------------------------------------------------------------------------------------------------

create table note (
    id              bigint generated always as identity primary key,
    contact_id      bigint      not null references contact,
    conversation_id bigint      references conversation,
    category        text        not null check (category in ('strategy', 'relationship', 'context', 'warning', 'opportunity')),
    content         text        not null,
    priority        text        not null check (priority in ('high', 'medium', 'low')),
    pinned          boolean     not null,
    expires_at      timestamptz,
    created_by      text        not null,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    version         int         not null default 1
);
create index note_contact on note (contact_id);
comment on column note.conversation_id is 'null: it holds in every conversation of the contact';
comment on column note.version is 'counts the edits: the entity tag of the API';

-- What is known of a contact ---------------------------------------------------------------------------------------------------

create table profile_fact (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null references contact,
    path       text        not null,
    value      text        not null,
    message_id bigint      references message,
    told_by    text        not null,
    learned_at timestamptz not null,
    deleted_by text
);
create unique index profile_fact_once on profile_fact (contact_id, path, lower(value));
create index profile_fact_message on profile_fact (message_id);
comment on column profile_fact.path is 'as identity.company, pain_points[] or product_interest.products[heat pump x].moq; a path that ends in [] has many values';
comment on column profile_fact.told_by is 'model | rules | operator | contact';
comment on column profile_fact.deleted_by is 'who took it out; it stays here so that no extraction brings it back';

create table profile_change (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null references contact,
    path       text        not null,
    was        text        not null,
    now        text        not null,
    message_id bigint      references message,
    changed_at timestamptz not null,
    told_in    bigint      references message
);
create index profile_change_contact on profile_change (contact_id);
comment on column profile_change.told_in is 'the reply whose prompt told of it; null while none has';

create table commitment (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null references contact,
    who        text        not null check (who in ('us', 'them')),
    what       text        not null,
    due        text,
    due_at     timestamptz,
    done_at    timestamptz,
    message_id bigint      not null references message,
    made_at    timestamptz not null
);
create unique index commitment_once on commitment (contact_id, message_id, who, lower(what));
comment on column commitment.due is 'the words in which it was promised';
comment on column commitment.due_at is 'overdue from this moment on, by the clock, until it is done';

create table study (
    conversation_id bigint      primary key references conversation,
    learned_to      bigint      not null default 0,
    failures        int         not null default 0,
    error           text,
    tried_at        timestamptz
);
comment on table study is 'how far a conversation was read for the profile; what failed is read again with the next turn';

-- What was said, in short ------------------------------------------------------------------------------------------------------

create table summary (
    id              bigint generated always as identity primary key,
    contact_id      bigint      not null references contact,
    conversation_id bigint      not null references conversation,
    text            text        not null,
    verbatim        jsonb       not null default '[]',
    up_to           bigint      not null,
    made_by         text        not null,
    created_at      timestamptz not null
);
create unique index summary_once on summary (conversation_id, up_to, made_by);
create index summary_contact on summary (contact_id);
comment on column summary.verbatim is 'what the prose does not say and must not be lost: [{message, text}]';
comment on column summary.made_by is 'model | extract';

alter table conversation add compacted_to bigint not null default 0;
alter table conversation add compacted_at timestamptz;
alter table conversation add idle_at timestamptz;
alter table conversation add reactivation text;
comment on column conversation.compacted_to is 'messages up to this id stand in the summary and no longer in the talk';
comment on column conversation.idle_at is 'when somebody began to put it to rest';
comment on column conversation.reactivation is 'where things stood when they went quiet';

alter table contact add dormant_at timestamptz;
comment on column contact.dormant_at is 'nothing heard for 90 days; taken back with the next message';

-- How things stood, day by day -------------------------------------------------------------------------------------------------

create table snapshot (
    day         date    not null,
    contact_id  bigint  not null references contact,
    stage       text    not null,
    hot         boolean not null,
    quotes      int     not null,
    pending     int     not null,
    overdue     int     not null,
    profile     jsonb   not null,
    line        text    not null,
    primary key (day, contact_id)
);
create index snapshot_contact on snapshot (contact_id, day);
comment on column snapshot.line is 'the contact in one line, told when the profile itself cannot be';
