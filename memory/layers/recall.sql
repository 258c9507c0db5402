-- heading: What was said earlier and may bear on this
-- place: turn
-- Meaning and words together, each worth at most one half; what is nearest in neither is not told.
with asked as (
    select (:embedding::real[])::vector as embedding,
           -- Any of the words, not all of them: a question seldom repeats what it asks for.
           replace((plainto_tsquery('english', :said) || plainto_tsquery('simple', :said))::text, '&', '|')::tsquery as words
), found as (
    select message_id, recollection.role, said_at,
           greatest(0, 1 - (recollection.embedding <=> asked.embedding)) as meaning,
           ts_rank_cd(recollection.words, asked.words, 1)::float8 as wording
    from recollection, asked
    where contact_id = :contact
      and message_id < :first
      and message_id <> all (:shown)
), scored as (
    select *, meaning / 2 + wording / nullif(max(wording) over (), 0) / 2 as both_halves from found
)
select 'message:' || message_id as source, scored.role, scored.said_at as at, message.text
from scored join message on message.id = message_id
where meaning > 0.3 or wording > 0
order by coalesce(both_halves, meaning / 2) desc, message_id desc
limit 8
