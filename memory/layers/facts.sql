-- heading: What they asked us to remember
-- place: prefix
-- Newest first, 4 000 characters at most; what is beyond is told of, but not told.
with counted as (
    select id, created_at, text, sum(length(text)) over (order by id desc) as so_far from fact where contact_id = :contact
)
select 'fact:' || id as source, null as role, created_at as at, text from counted where so_far <= 4000
union all
select 'facts', null, null, 'Warning: ' || count(*) || ' older things they asked us to remember are not shown' from counted where so_far > 4000 having count(*) > 0
