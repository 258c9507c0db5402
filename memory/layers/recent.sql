-- heading: What was said last
-- place: talk
-- The last messages of this talk, newest first, up to the turn that is being answered.
select 'message:' || id as source, role, said_at as at, text
from message
where contact_id = :contact
  and conversation_id = :conversation
  and id < :first
  and id > :fresh
  and role in ('user', 'assistant')
order by id desc
limit 15
