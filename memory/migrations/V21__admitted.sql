-- Who is let in says now what they had said at the door ------------------------------------------------------------------------------

-- What waited for a decision gets a place behind what was said meanwhile: everything that reads a talk reads on from where it was.
alter table wording
    drop constraint wording_message_id_fkey,
    add constraint wording_message_id_fkey foreign key (message_id) references message on update cascade on delete cascade;
alter table raw
    drop constraint raw_message_id_fkey,
    add constraint raw_message_id_fkey foreign key (message_id) references message on update cascade on delete cascade;
alter table attachment
    drop constraint attachment_message_id_fkey,
    add constraint attachment_message_id_fkey foreign key (message_id) references message on update cascade on delete cascade;
alter table message
    drop constraint message_rewords_fkey,
    add constraint message_rewords_fkey foreign key (rewords) references message on update cascade;
comment on column message.id is 'its place in the talk; when it was said stands in said_at';

-- What a contact lends to the one they turn out to be --------------------------------------------------------------------------------

alter table contact_merge add lent_name text;
alter table contact_merge add lent_time_zone text;
comment on column contact_merge.lent_name is 'of the merged one, since the kept one had none; goes back when they are parted';
