-- What was said ------------------------------------------------------------------------------------------------------------------

-- Whatever is learned from the transcript, or told of it, is read from here, so that one place says what counts. Machines' mail, forged senders who wait
-- for a person to look, and codes told to strangers do not. What people in a group said to each other does: the next question may be about it.
create view talk with (security_invoker) as
select said.id, said.conversation_id, conversation.contact_id, conversation.fresh_from, conversation.compacted_to, said.role, said.author, said.text,
       said.tokens, said.answer_id, said.said_at,
       case said.role when 'user' then reply.author is not distinct from 'command' else said.author is not distinct from 'command' end as command,
       said.role = 'assistant' and said.author is not distinct from 'apology' as apology
from message said
join conversation on conversation.id = said.conversation_id
left join message reply on reply.id = said.answer_id
where (said.role = 'user' or said.role = 'assistant' and said.author is distinct from 'pairing')
  and said.held_by is null
  and (said.suppressed_by is null or said.suppressed_by = 'not-addressed');
comment on view talk is 'what they and we said to each other; behind the wall, since who asks it is who reads the tables (security_invoker)';
comment on column talk.fresh_from is 'what was said up to here came before the last /new';
comment on column talk.compacted_to is 'what was said up to here stands in the summary';
comment on column talk.command is 'an order, or what it was answered';
comment on column talk.apology is 'said instead of an answer that could not be found';

-- What was made findable before this was so.
delete from recollection using message
where message.id = message_id and message.role in ('user', 'assistant') and message_id not in (select id from talk);

create or replace procedure open_wall()
    language plpgsql
    as $$
declare
    walled regclass;
begin
    perform pg_advisory_xact_lock(hashtext('serai_recall')); -- two hubs that start at once would both change what is granted
    for walled in
        select polrelid from pg_policy join pg_class on pg_class.oid = polrelid
        where polname = 'theirs' and relnamespace = current_schema()::regnamespace and not has_table_privilege('serai_recall', polrelid, 'select')
        union
        select oid from pg_class
        where relkind = 'v' and 'security_invoker=true' = any (reloptions) and relnamespace = current_schema()::regnamespace
          and not has_table_privilege('serai_recall', oid, 'select')
    loop
        execute format('grant select on %s to serai_recall', walled);
    end loop;
    -- Tables and views that later migrations make may be read by layers; tables with a contact call wall(), views say security_invoker.
    execute format('grant usage on schema %I to serai_recall', current_schema());
    execute format('alter default privileges in schema %I grant select on tables to serai_recall', current_schema());
end
$$;

do $$
begin
    if has_wall() then
        call open_wall();
    end if;
end
$$;

-- A conversation is one contact's: without this a search for both expects next to nothing, and reads a long talk from its beginning.
create statistics message_talker (dependencies) on conversation_id, contact_id from message;
