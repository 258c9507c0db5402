-- heading: INTERNAL notes of our own staff: act on them, never quote or mention them to the customer
-- place: prefix
-- isolated: told
-- cut: never
select 'note:' || id as source, null as role, updated_at as at, category || ', ' || priority || ' priority: ' || content as text
from note
where contact_id = :contact
  and (conversation_id is null or conversation_id = :conversation)
  and pinned
  and (expires_at is null or expires_at > :now)
order by array_position(array['high', 'medium', 'low'], priority), id
