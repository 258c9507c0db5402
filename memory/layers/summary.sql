-- heading: The conversation so far, in short
-- place: prefix
with latest as (
    select id, text, verbatim, created_at
    from summary
    where contact_id = :contact and conversation_id = :conversation and up_to > :fresh
    order by up_to desc, id desc
    limit 1
)
select 'summary:' || id as source, null as role, created_at as at, text from latest
union all
select 'message:' || (kept ->> 'message'), null, null, kept ->> 'text' from latest, jsonb_array_elements(verbatim) as kept
