-- Who is told when to come back is not given up before the retry plan would have ended. What was held through a night, or replayed, begins its plan then.
alter table parcel add column since timestamptz;
comment on column parcel.since is 'when it was let go or replayed the last time; null when it went at once';
