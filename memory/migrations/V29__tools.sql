-- What tools told --------------------------------------------------------------------------------------------------------------------

alter table message add arguments text, add outcome text, add for_reply bigint references message;
create index message_for_reply on message (for_reply) where for_reply is not null;
comment on column message.arguments is 'of a tool (role ''tool''; author is its name, text what it told): what the model asked it with, as it wrote it';
comment on column message.outcome is 'of a tool: ok, or what went wrong';
comment on column message.for_reply is 'of a tool: the reply that was found with it';
