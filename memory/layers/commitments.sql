-- heading: Promises that are open. Ours that are overdue: apologise, then make good. Theirs: remind them gently
-- place: turn
-- cut: never
select 'commitment:' || id as source, null as role, made_at as at,
       case when due_at < :now then 'OVERDUE' when due_at is null then 'open' else 'pending' end
       || case who when 'us' then ', we promised: ' else ', they promised: ' end || what
       || coalesce(' (due ' || to_char(due_at at time zone :zone, 'Dy DD Mon YYYY HH24:MI') || ')', '') as text
from commitment
where contact_id = :contact and done_at is null
order by due_at < :now desc nulls last, due_at nulls last, id
limit 12
