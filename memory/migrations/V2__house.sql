-- Who speaks -------------------------------------------------------------------------------------------------------------------

create table contact (
    id         bigint generated always as identity primary key,
    name       text,
    time_zone  text,
    created_at timestamptz not null default now()
);

create table address (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null references contact,
    channel    text        not null,
    account    text        not null,
    handle     text        not null,
    created_at timestamptz not null default now(),
    unique (channel, account, handle)
);
create index address_contact on address (contact_id);

create table conversation (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null references contact,
    key        text        not null,
    fresh_from bigint      not null default 0,
    created_at timestamptz not null default now(),
    unique (contact_id, key)
);
comment on column conversation.fresh_from is 'messages up to this id came before the last /new';

-- What was said ----------------------------------------------------------------------------------------------------------------

create table message (
    id              bigint generated always as identity primary key,
    public_id       uuid        not null default gen_random_uuid() unique,
    conversation_id bigint      not null references conversation,
    contact_id      bigint      not null references contact,
    address_id      bigint      references address,
    role            text        not null check (role in ('user', 'assistant', 'system', 'tool')),
    author          text,
    text            text        not null,
    attachments     jsonb       not null default '[]',
    channel         text        not null,
    account         text        not null,
    external_id     text,
    thread          text,
    tokens          int         not null,
    answer_id       bigint      references message,
    said_at         timestamptz not null,
    stored_at       timestamptz not null default now()
);
create unique index message_once on message (channel, account, external_id);
create index message_conversation on message (conversation_id, id);
create index message_address on message (address_id, id) where role = 'user';
create index message_answer on message (answer_id) where answer_id is not null;
comment on column message.external_id is 'the channel''s own id: the same id on the same channel and account is the same message';
comment on column message.answer_id is 'the reply that answered it';

create table fact (
    id         bigint generated always as identity primary key,
    contact_id bigint      not null references contact,
    message_id bigint      unique references message,
    text       text        not null,
    created_at timestamptz not null default now()
);
create index fact_contact on fact (contact_id);
comment on table fact is 'what a contact asked us to remember';

create table recollection (
    message_id bigint      primary key references message,
    contact_id bigint      not null references contact,
    role       text        not null,
    said_at    timestamptz not null,
    words      tsvector    not null,
    embedding  vector      not null
);
create index recollection_contact on recollection (contact_id);
comment on table recollection is 'a message as the search over everything that was ever said sees it';

create table frame (
    reply_id   bigint      primary key references message,
    prompt     jsonb       not null,
    created_at timestamptz not null default now()
);
comment on table frame is 'what the model saw when it wrote this reply';

create table model_call (
    id              bigint generated always as identity primary key,
    conversation_id bigint        references conversation,
    role            text          not null,
    model           text          not null,
    provider        text          not null,
    tokens_in       int           not null,
    tokens_out      int           not null,
    cost            numeric(14, 6) not null,
    millis          int           not null,
    outcome         text          not null,
    called_at       timestamptz   not null
);
create index model_call_conversation on model_call (conversation_id);
comment on column model_call.cost is 'in the currency of the prices in application.yaml';

-- What is to be done -----------------------------------------------------------------------------------------------------------

create table lane (
    queue           text        not null,
    conversation_id bigint      not null references conversation,
    epoch           bigint      not null default 0,
    owner           text,
    due_at          timestamptz,
    primary key (queue, conversation_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index lane_due on lane (queue, due_at) where due_at is not null;
comment on table lane is 'the work of one conversation in one queue: done in order, by one worker at a time';
comment on column lane.due_at is 'when a worker may take it: while it waits, the time of its next work; while it is owned, the end of the lease';

create table work (
    id              bigint generated always as identity primary key,
    queue           text        not null,
    conversation_id bigint      not null references conversation,
    subject_id      bigint      not null,
    due_at          timestamptz not null,
    attempts        int         not null default 0,
    epoch           bigint,
    error           text,
    created_at      timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0.05);
create index work_lane on work (queue, conversation_id, id);
comment on column work.subject_id is 'the message, parcel or reply it is about';
comment on column work.attempts is 'counted before the work, so that work that kills the process is counted too';
comment on column work.epoch is 'the lease that took it last';

create table parcel (
    id              bigint generated always as identity primary key,
    reply_id        bigint      not null references message,
    conversation_id bigint      not null references conversation,
    address_id      bigint      not null references address,
    part            int         not null,
    text            text        not null,
    thread          text,
    state           text        not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead')),
    provider_id     text,
    begun_at        timestamptz,
    sent_at         timestamptz,
    created_at      timestamptz not null default now(),
    unique (reply_id, part)
);
comment on column parcel.state is 'a parcel that is found in ''sending'' by a new attempt may have arrived already';

create table dead_letter (
    id              bigint generated always as identity primary key,
    queue           text        not null,
    conversation_id bigint      not null references conversation,
    shape           text        not null,
    subjects        bigint[]    not null,
    body            jsonb,
    reason          text        not null,
    trace           text        not null,
    attempts        int         not null,
    may_have_arrived boolean    not null default false,
    died_at         timestamptz not null default now()
);
create index dead_letter_conversation on dead_letter (conversation_id);

-- What lies at the counter: replies for those who come and fetch them (web chat, completions, webhooks) ---------------------------

create table counter (
    id         bigint generated always as identity primary key,
    address_id bigint      not null references address,
    parcel_id  bigint      not null unique references parcel,
    reply_id   bigint      not null references message,
    text       text        not null,
    created_at timestamptz not null default now()
);
create index counter_address on counter (address_id, id);
comment on table counter is 'one row a parcel, however often it is sent: the id is the event id of the stream';

-- Who may do what --------------------------------------------------------------------------------------------------------------

create table staff (
    name       text        primary key,
    password   text        not null,
    role       text        not null check (role in ('viewer', 'operator', 'engineer', 'admin')),
    created_at timestamptz not null default now()
);
comment on column staff.password is 'hashed, with the name of the algorithm in front';

create table token (
    id           bigint generated always as identity primary key,
    name         text        not null unique,
    hash         bytea       not null unique,
    role         text        not null check (role in ('viewer', 'operator', 'engineer', 'admin')),
    created_at   timestamptz not null default now(),
    last_used_at timestamptz
);
comment on column token.hash is 'SHA-256 of the token; the token itself is 256 random bits and shown once';

create table secret (
    name  text  primary key,
    value bytea not null
);
comment on table secret is 'keys that the hub makes for itself, such as the one that signs cookies';
