-- What a contact had forgotten -----------------------------------------------------------------------------------------------------

alter table message add forgotten_at timestamptz;
comment on column message.forgotten_at is
    'when its contact had what it says forgotten: it stands in the transcript, and is no longer told, found or learned from';

-- As in V15, without what was forgotten.
create or replace view talk with (security_invoker) as
select said.id, said.conversation_id, conversation.contact_id, conversation.fresh_from, conversation.compacted_to, said.role, said.author, said.text,
       said.tokens, said.answer_id, said.said_at,
       case said.role when 'user' then reply.author is not distinct from 'command' else said.author is not distinct from 'command' end as command,
       said.role = 'assistant' and said.author is not distinct from 'apology' as apology
from message said
join conversation on conversation.id = said.conversation_id
left join message reply on reply.id = said.answer_id
where (said.role = 'user' or said.role = 'assistant' and said.author is distinct from 'pairing')
  and said.held_by is null
  and (said.suppressed_by is null or said.suppressed_by = 'not-addressed')
  and said.forgotten_at is null;
