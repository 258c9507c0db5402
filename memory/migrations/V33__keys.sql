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
