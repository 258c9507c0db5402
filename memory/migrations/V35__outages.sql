-- A lease that ended since the database was away says less about the work than one whose hub died.

update lane set lapsed = lapsed * 4 where lapsed > 0;
update work set lapsed = lapsed * 4 where lapsed > 0;
comment on column lane.lapsed is 'leases in a row that ended by themselves: 4 for each whose hub died or hung, 1 for each whose hub lived and lost the database';
comment on column work.lapsed is 'the same of the leases with it; they are not among the attempts';
