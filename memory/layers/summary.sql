-- heading: The conversation so far, in short
-- place: prefix
-- isolated: told
-- What is quoted word for word stands below the prose, the newest first: what was said last is cut last. A long talk has thousands of such lines; three
-- hundred are more than the budget of a whole prompt (3 500 tokens, and no line costs less than 13) ever tells.
with latest as (
    select id, text, verbatim, created_at
    from summary
    where contact_id = :contact and conversation_id = :conversation and up_to > :fresh
    order by up_to desc, id desc
    limit 1
)
select source, role, at, text
from (
    select null::bigint as place, 'summary:' || id as source, null as role, created_at as at, text from latest
    union all
    (select place, 'message:' || (kept ->> 'message'), null, null, kept ->> 'text'
     from latest, jsonb_array_elements(verbatim) with ordinality as quoted (kept, place)
     order by place desc
     limit 300)
) as told
order by place desc nulls first
