-- Many servers give every folder the same UIDVALIDITY: how far a block has read holds for the mailbox that it was read in, and for no other.

alter table mailbox add place text;
comment on column mailbox.place is 'host, user and folder it holds for; null: not noted yet, and taken for what the block names now';
