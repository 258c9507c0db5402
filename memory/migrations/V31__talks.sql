-- Talks that stand by themselves ---------------------------------------------------------------------------------------------------------

alter table conversation add reach bigint generated always as (case when starts_with(key, 'job:') then id else 0 end) stored;
comment on column conversation.reach is
    'conversations of one contact with the same reach know of each other: 0 for all but the isolated ones (job:7), of which each has its own';

-- Behind the wall a query sees the conversations within its reach, and with them what the view talk tells; what is known of a contact as a whole was
-- never said in an isolated talk, and is not told in one.
alter policy theirs on conversation using (
    contact_id = nullif(current_setting('serai.contact', true), '')::bigint
    and reach = coalesce(nullif(current_setting('serai.reach', true), ''), '0')::bigint);

alter policy theirs on summary using (
    contact_id = nullif(current_setting('serai.contact', true), '')::bigint and conversation_id = any (array(select id from conversation)));

do $$
declare
    shared regclass;
begin
    foreach shared in array array['fact', 'profile_fact', 'profile_change', 'commitment', 'snapshot']::regclass[] loop
        execute format($policy$
            alter policy theirs on %s using (
                contact_id = nullif(current_setting('serai.contact', true), '')::bigint
                and coalesce(nullif(current_setting('serai.reach', true), ''), '0') = '0')$policy$, shared);
    end loop;
end
$$;

-- What other systems say of a talk -------------------------------------------------------------------------------------------------------

create function merge_patch(target jsonb, patch jsonb) returns jsonb
    language plpgsql immutable parallel safe
    as $$
declare
    merged jsonb := case when jsonb_typeof(target) = 'object' then target else '{}' end;
    name text;
    value jsonb;
begin
    if jsonb_typeof(patch) <> 'object' then
        return patch;
    end if;
    for name, value in select * from jsonb_each(patch) loop
        merged := case value when 'null' then merged - name else merged || jsonb_build_object(name, merge_patch(merged -> name, value)) end;
    end loop;
    return merged;
end
$$;
comment on function merge_patch is 'JSON Merge Patch (RFC 7396, 2)';

create aggregate merge_patches(jsonb) (sfunc = merge_patch, stype = jsonb, initcond = '{}');

alter table conversation add context jsonb not null default '{}';
comment on column conversation.context is 'what other systems and operators say of it: told to the model as data';

create table context_patch (
    message_id bigint primary key references message on update cascade on delete cascade,
    patch      jsonb  not null
);
comment on table context_patch is 'what a message brought into the context of its conversation, so that it goes where the message goes';
alter table context_patch enable row level security; -- no search sees it

-- What was said again --------------------------------------------------------------------------------------------------------------------

alter table profile_fact add again_id bigint references message;
create index profile_fact_again on profile_fact (again_id) where again_id is not null;
comment on column profile_fact.again_id is 'the message that says it last; null while only message_id does';
