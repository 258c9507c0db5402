-- heading: What is known of them
-- place: prefix
-- Their profile, path by path: first what has one value, then five of each list, the newest first, then five more of each, so that no list crowds out the
-- others. The last daily snapshot stands in only where there is none at all: of what was taken out the rows are still there, and a snapshot must not
-- bring it back.
with known as (
    select id, learned_at, path, value, said,
           case when path like '%[%' then 1 + (row_number() over (partition by split_part(path, '[', 1) order by said desc) - 1) / 5 else 0 end as round
    from profile_fact cross join lateral (select row (coalesce(again_id, message_id, 0), id)) as moment (said)
    where contact_id = :contact and deleted_by is null
)
select source, role, at, text
from (
    select round, 'profile:' || max(id) as source, null as role, max(learned_at) as at, path || ' = ' || string_agg(value, '; ' order by said desc) as text
    from known
    group by round, path
    union all
    (select 0, 'snapshot:' || day, null, day::timestamptz, line
     from snapshot
     where contact_id = :contact and profile <> '{}' and not exists (select from profile_fact where contact_id = :contact)
     order by day desc limit 1)
) as told
order by round, text
