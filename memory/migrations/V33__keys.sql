-- Who names whom -----------------------------------------------------------------------------------------------------------------------------

-- When a contact is erased, each address, conversation and message that goes is looked for in every table that may name it. Each foreign key leads an
-- index, so that this costs what the contact has and not what the hub has.
create index note_conversation on note (conversation_id) where conversation_id is not null;
create index parcel_conversation on parcel (conversation_id);
create index parcel_address on parcel (address_id);

-- Replies and what tools told are at an address, too.
create index message_at_address on message (address_id, id);
drop index message_address;
alter index message_at_address rename to message_address;

-- As before, with the conversation in front: nobody looks into a queue without saying whose, except by lane_due.
alter table lane drop constraint lane_pkey, add primary key (conversation_id, queue);
drop index work_lane;
create index work_lane on work (conversation_id, queue, id);

-- A parcel that is sent changes its state twice. With the state in none of its indexes (nor in what an index is limited to) no index learns of it, which
-- is more than the two new ones cost.
update parcel set held_until = null where state <> 'held' and held_until is not null;
drop index parcel_held;
create index parcel_held on parcel (held_until) where held_until is not null;
comment on column parcel.held_until is 'the end of the quiet hours that it waits for; null unless its state is held';

-- What happened, page by page ------------------------------------------------------------------------------------------------------------------

-- A page of a timeline reads from each of its tables no more than a page.
create index message_said on message (contact_id, said_at);
create index commitment_made on commitment (contact_id, made_at);
create index profile_fact_learned on profile_fact (contact_id, learned_at) where deleted_by is null;
drop index fact_contact;
create index fact_contact on fact (contact_id, created_at);
drop index note_contact;
create index note_contact on note (contact_id, created_at);
drop index profile_change_contact;
create index profile_change_contact on profile_change (contact_id, changed_at);
drop index summary_contact;
create index summary_contact on summary (contact_id, created_at);

-- And a page of a history at the counter, where a reply stands once, however many parts it has.
create index counter_place on counter (address_id, reply_id, id);
