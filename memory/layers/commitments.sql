-- heading: Promises that are open. Ours that are overdue: apologise, then make good. Theirs: remind them gently
-- place: turn
-- cut: never
-- Twelve, overdue ones first; of the others it is told how many there are. What is due as a day begins was promised for the one that ends: that is told.
-- Their own words stand beside it where they are few, with the day on which they were said: "tomorrow" means nothing by itself.
with promised as (
    select *, row_number() over (order by due_at < :now desc nulls last, due_at nulls last, id) as place,
           concat_ws('; ',
               'due ' || case when due_at = date_trunc('day', due_at, :zone)
                              then to_char((due_at - interval '1 second') at time zone :zone, 'Dy DD Mon YYYY')
                              else to_char(due_at at time zone :zone, 'Dy DD Mon YYYY HH24:MI') end,
               case when length(due) <= 40 then 'said on ' || to_char(made_at at time zone :zone, 'Dy DD Mon YYYY') || ': "' || due || '"' end
           ) as term
    from commitment
    where contact_id = :contact and done_at is null
)
select source, role, at, text
from (
    select place, 'commitment:' || id as source, null as role, made_at as at,
           case when due_at < :now then 'OVERDUE' when due_at is null then 'open' else 'pending' end
           || case who when 'us' then ', we promised: ' else ', they promised: ' end || what
           || coalesce(' (' || nullif(term, '') || ')', '') as text
    from promised where place <= 12
    union all
    select 13, 'commitments', null, null,
           'Warning: ' || count(*) || ' more open promises are not shown, ' || count(*) filter (where due_at < :now) || ' of them overdue'
    from promised where place > 12 having count(*) > 0
) as told
order by place
