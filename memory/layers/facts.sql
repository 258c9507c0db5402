-- heading: What they asked us to remember
-- place: prefix
-- Newest first, 4 000 characters at most, and of each no more than 1 000; what is beyond is told of, but not told.
with short as (
    select id, created_at,
           case when length(text) > 1000 then left(text, 1000) || ' [cut: the first 1000 of ' || length(text) || ' characters]' else text end as text
    from fact where contact_id = :contact
), counted as (
    select *, sum(length(text)) over (order by id desc) as so_far from short
)
select 'fact:' || id as source, null as role, created_at as at, text from counted where so_far <= 4000
union all
select 'facts', null, null, 'Warning: ' || count(*) || ' older things they asked us to remember are not shown' from counted where so_far > 4000 having count(*) > 0
