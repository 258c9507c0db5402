-- heading: What they asked us to remember
-- place: prefix
select 'fact:' || id as source, null as role, created_at as at, text
from fact
where contact_id = :contact
order by id desc
