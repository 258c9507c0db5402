-- Work at which a hub died ------------------------------------------------------------------------------------------------------------

alter table lane add lapsed int not null default 0;
create index lane_suspect on lane (queue, due_at) where lapsed > 0 and due_at is not null;
comment on column lane.lapsed is 'how many leases in a row ended by themselves, since whoever had the lane died or hung';

alter table work add lapsed int not null default 0;
comment on column work.lapsed is 'how many leases with it in a row ended by themselves; they are not among the attempts';
comment on column work.attempts is 'counted before the work; the times at which the hub died are counted apart';
