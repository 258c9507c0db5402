-- Where things stood is read when they come back: what was prepared went stale with whatever was done, corrected or taken out meanwhile.

alter table conversation drop reactivation;
