-- heading: What was said last
-- place: talk
-- The last messages of this talk, newest first, up to the turn that is being answered; commands and what they answered are no part of it, nor is
-- what a machine sent, and what was compacted stands in the summary. What people in a group said to each other is: the next question may be about it.
select 'message:' || said.id as source, said.role, said.said_at as at, said.text
from message said
join conversation on conversation.id = said.conversation_id
left join message reply on reply.id = said.answer_id
where said.contact_id = :contact
  and said.conversation_id = :conversation
  and (said.id < :first or said.role = 'assistant') -- an answer may have been written after they went on
  and said.id > greatest(:fresh, conversation.compacted_to)
  and (said.role = 'user' or said.role = 'assistant' and said.author not in ('command', 'pairing'))
  and said.held_by is null
  and (said.suppressed_by is null or said.suppressed_by = 'not-addressed')
  and reply.author is distinct from 'command'
order by said.id desc
limit 15
