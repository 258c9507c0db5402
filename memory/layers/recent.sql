-- heading: What was said last
-- place: talk
-- isolated: told
-- The last messages of this talk, newest first, up to the turn that is being answered; commands and what they answered are no part of it, and what was
-- compacted stands in the summary. Where the talk begins is asked last, so that no more than the end of it is read.
-- Fifteen, or as many as the search does not know yet, which it learns some seconds after the reply: who talks fast is not forgotten meanwhile.
-- What tools told is pruned: only that they were asked, what with, and where the transcript has it.
with said as (
    select * from talk
    where contact_id = :contact
      and conversation_id = :conversation
      and (id < :first or role = 'assistant') -- an answer may have been written after they went on
      and not command
    order by id desc
    limit greatest(15, (
        select count(*) from (
            select from message
            where contact_id = :contact and conversation_id = :conversation and role in ('user', 'assistant')
              and id > (select coalesce(max(message_id), 0) from recollection where contact_id = :contact and conversation_id = :conversation)
            limit 60
        ) as unknown))
), told as (
    select id, role, said_at as at, text from said where id > greatest(:fresh, compacted_to)
    union all
    select used.* from said cross join lateral (
        select min(id), 'tool', min(said_at), '[pruned] ' || string_agg(concat(author, ' ', left(arguments, 200), ' -> message:', id), '; ' order by id)
        from message where for_reply = said.id and contact_id = :contact and role = 'tool' and forgotten_at is null
        having count(*) > 0
    ) as used
    where role = 'assistant' and id > greatest(:fresh, compacted_to)
)
select 'message:' || id as source, role, at, text from told order by id desc
