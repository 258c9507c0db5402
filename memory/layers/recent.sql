-- heading: What was said last
-- place: talk
-- isolated: told
-- The last messages of this talk, newest first, up to the turn that is being answered; commands and what they answered are no part of it, and what was
-- compacted stands in the summary. Where the talk begins is asked last, so that no more than the end of it is read.
select 'message:' || id as source, role, said_at as at, text
from (
    select * from talk
    where contact_id = :contact
      and conversation_id = :conversation
      and (id < :first or role = 'assistant') -- an answer may have been written after they went on
      and not command
    order by id desc
    limit 15
) as said
where id > greatest(:fresh, compacted_to)
order by id desc
