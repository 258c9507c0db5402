-- What is asked of the messages of one contact must not take longer the more contacts there are.
create index message_contact on message (contact_id, id);

-- Whoever is erased takes their messages with them: each that goes is looked for here.
create index counter_reply on counter (reply_id);
create index commitment_message on commitment (message_id);
create index profile_change_message on profile_change (message_id) where message_id is not null;
create index profile_change_told on profile_change (told_in) where told_in is not null;
