-- heading: What is known of them
-- place: prefix
-- Their profile, path by path; while there is none, the last daily snapshot that told one.
with told as (
    select min(id) as id, min(learned_at) as at, path, string_agg(value, '; ' order by id) as value
    from profile_fact
    where contact_id = :contact and deleted_by is null
    group by path
)
select 'profile:' || id as source, null as role, at, path || ' = ' || value as text from told
union all
(select 'snapshot:' || day, null, day::timestamptz, line
 from snapshot
 where contact_id = :contact and profile <> '{}' and not exists (select from told)
 order by day desc limit 1)
order by text
