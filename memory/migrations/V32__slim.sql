-- What the model saw, in a tenth of the room -----------------------------------------------------------------------------------------------

-- A frame says everything twice, in its layers and in the messages as the model got them, and most of it stands in the transcript too. It is kept deflated
-- (RFC 1950) after a dictionary: the stem, which is the same from turn to turn, and the messages it quotes. What was kept before stays as it is, in prompt.
alter table frame
    alter prompt drop not null,
    add packed bytea,
    add stem   bytea,
    add quotes int[],
    add quoted jsonb,
    add constraint frame_kept check (num_nonnulls(prompt, packed) = 1);
alter table frame alter packed set storage external; -- what is deflated cannot be compressed again
comment on column frame.prompt is 'as JSON, when it was kept by an earlier version';
comment on column frame.packed is 'as JSON, deflated after a dictionary of the stem and what is quoted (io.serai.memory.Pack)';
comment on column frame.stem is 'the digest of its stem';
comment on column frame.quotes is 'the messages it quotes, in the order of the dictionary: how far before the reply their ids are';
comment on column frame.quoted is 'of the messages it quotes, those that the transcript has otherwise, or will; null where it has them as they were told';

create table frame_stem (
    digest bytea primary key,
    text   text  not null
);
comment on table frame_stem is 'what frames have in common: who we are and how layers are called; nothing of anybody, by its SHA-256';

create function quotes_of(frame) returns jsonb
    language sql stable
    as $$
    select coalesce(jsonb_agg(coalesce(nullif($1.quoted -> (place - 1)::int, 'null'),
                                       jsonb_build_object('role', role, 'at', said_at, 'text', text)) order by place), '[]')
    from unnest($1.quotes) with ordinality as quote (back, place) left join message on id = $1.reply_id - back
$$;
comment on function quotes_of is 'what a frame quotes, as it was told';

create function keep_quotes() returns trigger
    language plpgsql
    as $$
begin
    update frame set quoted = quotes_of(frame)
    from message reply
    where reply.id = frame.reply_id and reply.contact_id = old.contact_id and reply.id > old.id and reply.id - old.id = any (frame.quotes);
    return new;
end
$$;
create trigger message_keep_quotes before update of id, role, text, said_at on message for each row
    when ((old.id, old.role, old.text, old.said_at) is distinct from (new.id, new.role, new.text, new.said_at))
    execute function keep_quotes();
comment on function keep_quotes is 'a message that is worded anew stays in the frames that quote it as it was';
