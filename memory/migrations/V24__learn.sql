-- What somebody took out ---------------------------------------------------------------------------------------------------------------

alter table profile_fact add deleted_at timestamptz;
update profile_fact set deleted_at = now() where deleted_by is not null;
comment on column profile_fact.deleted_at is 'null while it holds, or when a hub of a former version took it out; names and items of lists stay out for good; what may be so today and not tomorrow, only for what was said before';

comment on column contact.dormant_at is 'nothing heard for 90 days; what is heard later counts more, and the clock takes it back the next night';
