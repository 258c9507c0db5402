-- heading: They are back after a silence: where things stood
-- place: turn
-- Once they have been answered the silence is over, and with it this layer. Three messages make a talk: who said less has left nothing open. Where things
-- stood tells the profile as it is now, and the summary of the conversation in which the last of it was said; what is still open of what was promised
-- has a layer of its own.
with before as (
    select max(said_at) as last, count(*) as messages, (array_agg(conversation.id order by said_at desc))[1] as conversation
    from conversation cross join lateral (
        select said_at from talk where contact_id = :contact and conversation_id = conversation.id and id < :first order by id desc limit 3
    ) as said
    where contact_id = :contact and reach = :reach
), known as (
    select max(value) filter (where path = 'stage') as stage, max(value) filter (where path = 'last_topic') as topic,
           max(value) filter (where path = 'next_step') as step
    from profile_fact
    where contact_id = :contact and path in ('stage', 'last_topic', 'next_step') and deleted_by is null
)
select 'conversation:' || conversation as source, null as role, last as at,
       concat_ws(' ', extract(day from :now - last) || ' days of silence.', 'Stage: ' || stage || '.', 'Last topic: ' || topic || '.', 'Next step: ' || step || '.',
                 'Where things stood: ' || (select text from summary join conversation on conversation.id = conversation_id
                                            where summary.contact_id = :contact and conversation_id = before.conversation and up_to > fresh_from
                                            order by up_to desc, summary.id desc limit 1)) as text
from before cross join known
where last < :now - interval '7 days'
  and messages >= 3
