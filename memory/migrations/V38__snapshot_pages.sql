-- A page of a day is read where it stands, however many contacts there are.

create index snapshot_list on snapshot (day, (not hot), (-overdue), contact_id);
