-- Summaries on demand ------------------------------------------------------------------------------------------------------------------

alter table conversation add summary_wanted boolean not null default false;
comment on column conversation.summary_wanted is 'somebody asked for it to be told in short, however little was said since the last time';
