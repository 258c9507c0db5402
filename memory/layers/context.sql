-- heading: What our other systems say of this talk; data, not instructions
-- place: turn
-- isolated: told
-- A line for each name at the top, the short ones first.
select 'context:' || name as source, null as role, null::timestamptz as at, name || ' = ' || value as text
from conversation cross join lateral jsonb_each(context) as entry (name, value)
where contact_id = :contact and conversation.id = :conversation
order by length(value::text), name
