-- heading: What is known of them
-- place: prefix
-- Their profile, path by path. The last daily snapshot stands in only where there is none at all: of what was taken out the rows are still there, and a
-- snapshot must not bring it back.
select 'profile:' || min(id) as source, null as role, min(learned_at) as at, path || ' = ' || string_agg(value, '; ' order by id) as text
from profile_fact
where contact_id = :contact and deleted_by is null
group by path
union all
(select 'snapshot:' || day, null, day::timestamptz, line
 from snapshot
 where contact_id = :contact and profile <> '{}' and not exists (select from profile_fact where contact_id = :contact)
 order by day desc limit 1)
order by text
