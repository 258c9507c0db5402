-- heading: They are back after a silence: where things stood
-- place: turn
-- Once they have been answered the silence is over, and with it this layer. Three messages make a talk: who said less has left nothing open. Where things
-- stood, the conversation knows in which the last of it was said.
with before as (
    select max(said_at) as last, count(*) as messages,
           (array_agg(conversation.id order by said_at desc))[1] as conversation, (array_agg(reactivation order by said_at desc))[1] as stood
    from conversation cross join lateral (
        select said_at from talk where contact_id = :contact and conversation_id = conversation.id and id < :first order by id desc limit 3
    ) as said
    where contact_id = :contact and reach = :reach
)
select 'conversation:' || conversation as source, null as role, last as at,
       extract(day from :now - last) || ' days of silence.' || coalesce(' ' || stood, '') as text
from before
where last < :now - interval '7 days'
  and messages >= 3
