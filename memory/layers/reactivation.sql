-- heading: They are back after a silence: where things stood
-- place: turn
-- Once they have been answered the silence is over, and with it this layer. Three messages make a talk: who said less has left nothing open.
with before as (
    select max(said_at) as last, count(*) as messages
    from (select said_at from message where contact_id = :contact and id < :first and role in ('user', 'assistant') order by id desc limit 3) as latest
)
select 'conversation:' || conversation.id as source, null as role, last as at,
       extract(day from :now - last) || ' days of silence. ' || coalesce(reactivation, 'Nothing was left open.') as text
from before, conversation
where contact_id = :contact and conversation.id = :conversation
  and last < :now - interval '7 days'
  and messages >= 3
