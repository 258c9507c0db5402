-- The search over everything that was ever said --------------------------------------------------------------------------------

create function signs(embedding real[]) returns bit varying
    language sql immutable strict parallel safe
    as $$ select string_agg(case when x > 0 then '1' else '0' end, '')::bit varying from unnest(embedding) as x $$;
comment on function signs is 'on which side of each axis a vector lies; vectors that differ in few signs are near each other';

-- The shim of V1, in less than half the time.
do $$
begin
    if not exists (select from pg_extension where extname = 'vector') then
        create or replace function vector_cosine_distance(a real[], b real[]) returns double precision
            language sql immutable strict parallel safe
            as 'select 1 - sum(x::float8 * y) from (select unnest(a) as x, unnest(b) as y) as pair';
    end if;
end
$$;

alter table recollection
    add conversation_id bigint references conversation,
    add place           int,
    add sitting         bigint,
    add speaker         text,
    add size            int,
    add tags            text[] not null default '{}',
    add stage           text,
    add topic           text,
    add signs           bit varying generated always as (signs(embedding::real[])) stored;

-- What an earlier version kept.
update recollection
set conversation_id = told.conversation_id, place = told.place, sitting = told.sitting, size = told.size,
    tags = case when told.text like '%?' then array['question'] else '{}' end
from (
    select id, text, conversation_id, length(text) as size, row_number() over talk as place,
           max(id) filter (where pause is null or pause > interval '6 hours') over talk as sitting
    from (
        select message.*, message.said_at - lag(message.said_at) over (partition by message.conversation_id order by id) as pause
        from message join recollection on message_id = id
    ) as said
    window talk as (partition by conversation_id order by id)
) as told
where message_id = told.id;

create table recollection_word (
    conversation_id bigint not null,
    word            text   not null collate "C",
    place           int    not null,
    primary key (conversation_id, word, place)
);
comment on table recollection_word is 'which turns of a conversation hold a word, stemmed or as it is written: an index of recollection, which nothing references and which is erased with it';

insert into recollection_word (conversation_id, word, place)
select recollection.conversation_id, lexeme, place
from recollection join message on message.id = message_id, unnest(to_tsvector('english', text) || to_tsvector('simple', text));

alter table recollection
    alter conversation_id set not null,
    alter place set not null,
    alter sitting set not null,
    alter size set not null,
    drop words;

-- A search reads these by their indexes alone, where a vacuum has been.
alter table recollection set (autovacuum_vacuum_insert_scale_factor = 0.02);
alter table recollection_word set (autovacuum_vacuum_insert_scale_factor = 0.02);

create function unword() returns trigger
    language plpgsql
    as $$
begin
    delete from recollection_word using gone
    where recollection_word.conversation_id = gone.conversation_id and recollection_word.place = gone.place;
    return null;
end
$$;
create trigger recollection_unword after delete on recollection referencing old table as gone for each statement execute function unword();

drop index recollection_contact;
create index recollection_contact on recollection (contact_id, conversation_id, place) include (message_id, signs);
create index recollection_conversation on recollection (conversation_id, message_id);

comment on column recollection.place is 'counts the turns of a conversation: what was said before and after';
comment on column recollection.sitting is 'the message that began the sitting: turns without a pause of six hours';
comment on column recollection.speaker is 'the name of the person who said it; null when a model did';
comment on column recollection.size is 'characters';
comment on column recollection.tags is 'quote | objection | commitment | number | time | question';

create table speaker (
    contact_id bigint not null references contact,
    name       text   not null,
    primary key (contact_id, name)
);
comment on table speaker is 'the names of those who spoke with a contact, who is one of them; a search takes them out of the question';

-- The second wall --------------------------------------------------------------------------------------------------------------
-- What is laid into a prompt is read by a role that sees the rows of one contact, the one that serai.contact names, and none while
-- nothing does. The owner of the tables, which is who the hub is otherwise, sees them all.

create function has_wall() returns boolean
    language plpgsql
    as $$
begin
    perform set_config('role', 'serai_recall', true);
    perform set_config('role', 'none', true);
    return true;
exception
    when insufficient_privilege or invalid_parameter_value then
        return false;
end
$$;
comment on function has_wall is 'whether this user may become serai_recall';

create procedure open_wall()
    language plpgsql
    as $$
declare
    walled regclass;
begin
    perform pg_advisory_xact_lock(hashtext('serai_recall')); -- two hubs that start at once would both change what is granted
    for walled in
        select polrelid from pg_policy join pg_class on pg_class.oid = polrelid
        where polname = 'theirs' and relnamespace = current_schema()::regnamespace and not has_table_privilege('serai_recall', polrelid, 'select')
    loop
        execute format('grant select on %s to serai_recall', walled);
    end loop;
    -- Tables that later migrations make may be read by layers; those with a contact call wall().
    execute format('grant usage on schema %I to serai_recall', current_schema());
    execute format('alter default privileges in schema %I grant select on tables to serai_recall', current_schema());
end
$$;
comment on procedure open_wall is 'lets serai_recall read what stands behind the wall; at each start too, because the role may have come since';

create procedure wall(name regclass, contact text default 'contact_id')
    language plpgsql
    as $$
begin
    execute format('alter table %s enable row level security', name);
    execute format('create policy theirs on %s for select using (%I = nullif(current_setting(''serai.contact'', true), '''')::bigint)', name, contact);
    if has_wall() then
        call open_wall();
    end if;
end
$$;
comment on procedure wall is 'lets searches see only the rows of their contact';

do $$
begin
    if not exists (select from pg_roles where rolname = 'serai_recall') then
        create role serai_recall nologin;
    end if;
    if not has_wall() then
        execute format('grant serai_recall to %I', current_user);
    end if;
exception
    when duplicate_object or unique_violation then
        null; -- another hub on this server was faster
    when insufficient_privilege then
        null; -- the hub says at each start what a superuser has to run
end
$$;

-- A frame is its reply's, and words are their conversation's.
alter table frame enable row level security;
create policy theirs on frame for select using (exists (select from message where id = reply_id));
alter table recollection_word enable row level security;
create policy theirs on recollection_word for select using (conversation_id = any (array(select id from conversation)));

call wall('contact', 'id');
call wall('address');
call wall('conversation');
call wall('message');
call wall('fact');
call wall('recollection');
call wall('speaker');
