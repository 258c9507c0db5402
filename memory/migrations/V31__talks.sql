-- Talks that stand by themselves ---------------------------------------------------------------------------------------------------------

alter table conversation add reach bigint generated always as (case when starts_with(key, 'job:') then id else 0 end) stored;
comment on column conversation.reach is
    'conversations of one contact with the same reach know of each other: 0 for all but the isolated ones (job:7), of which each has its own';

-- Behind the wall a query sees the conversations within its reach, and with them what the view talk tells; what is known of a contact as a whole was never
-- said in an isolated talk, and is not told in one.
alter policy theirs on conversation using (
    contact_id = nullif(current_setting('serai.contact', true), '')::bigint and reach = coalesce(nullif(current_setting('serai.reach', true), ''), '0')::bigint);

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
