-- heading: What has just changed: confirm it in the answer
-- place: turn
-- Each is told in one prompt; the reply that is made of it marks it (profile_change.told_in). What was corrected or taken out since is not told.
select 'change:' || id as source, null as role, changed_at as at, path || ' was ' || was || ', now ' || now as text
from profile_change
where contact_id = :contact and told_in is null
  and exists (select from profile_fact as fact
              where fact.contact_id = :contact and fact.path = profile_change.path and lower(value) = lower(now) and deleted_by is null)
order by id desc
limit 10
