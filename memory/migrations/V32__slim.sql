-- What the model saw, in a tenth of the room -----------------------------------------------------------------------------------------------

-- A frame says everything twice, in its layers and in the messages as the model got them, and most of it stands in the transcript too. It is kept
-- deflated (RFC 1950) after a dictionary: the stem, which is the same from turn to turn, and the messages it quotes. What was kept before stays as it
-- is, in prompt.
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
    if old.text is distinct from new.text then
        -- A reply that is just being kept is waited for, or waits and looks again. Who words anew holds the contact already, before the message
        -- (io.serai.contact.Couple has the order); who moves a time by hand waits for nobody.
        perform from contact where id = old.contact_id for update;
    end if;
    update frame set quoted = quotes_of(frame)
    from message reply
    where reply.id = frame.reply_id and reply.contact_id = old.contact_id and reply.id > old.id and reply.id - old.id = any (frame.quotes);
    return new;
end
$$;
create trigger message_keep_quotes before update of id, role, text, said_at on message for each row
    when (old.held_by is null and (old.id, old.role, old.text, old.said_at) is distinct from (new.id, new.role, new.text, new.said_at))
    execute function keep_quotes();
comment on function keep_quotes is 'a message that is worded anew stays in the frames that quote it as it was; one that is held is quoted by none';

-- What a turn means, in a fifth of the room -------------------------------------------------------------------------------------------------

-- Of an axis of a vector six bits are enough: the sign and five of how far it lies from zero, in steps of an eighth of 1/sqrt(axes), which is how far
-- it lies in the root mean square. Cosines are off by 0.003 then, where those of two turns differ by 0.12. Bits of the same rank lie together, a plane
-- of them, so that counting bits, which is as fast with pgvector and without, tells a cosine.
create function planes(embedding real[]) returns bit varying
    language sql immutable strict parallel safe
    as $$
    select (string_agg((rung >> 5)::text, '') || string_agg((rung >> 4 & 1)::text, '') || string_agg((rung >> 3 & 1)::text, '')
            || string_agg((rung >> 2 & 1)::text, '') || string_agg((rung >> 1 & 1)::text, '') || string_agg((rung & 1)::text, ''))::bit varying
    from (
        select case when x > 0 then 32 + step else 31 - step end as rung
        from (select x, least(31, floor(abs(x::float8) * 8 * sqrt(cardinality(embedding))))::int as step from unnest(embedding) as x) as stepped
    ) as axis
$$;
comment on function planes is 'a vector of length one as six planes of bits: the signs, then the larger steps before the smaller';

-- A rung is 31.5 and half of the sum of 2^plane where the bit is one, less 2^plane where it is none. So the product of two of them, less 31.5 each, is
-- a sum over pairs of planes: of the axes where both bits are the same, less those where they differ. Pairs of the same rank are counted at once, by
-- laying the one over the other turned around.
create function facets(planes bit varying) returns table (weight float8, start int, facet bit varying)
    language sql immutable strict parallel safe
    as $$
    select power(2, 3 + by) / (64 * axes), 1 + greatest(-by, 0) * axes, substring(turned from 1 + greatest(by, 0) * axes for (6 - abs(by)) * axes)
    from generate_series(-5, 5) as by, (
        select axes, string_agg(substring(planes from 1 + plane * axes for axes)::text, '' order by plane desc)::bit varying as turned
        from generate_series(0, 5) as plane, (select length(planes) / 6 as axes) as counted
        group by axes
    ) as other
$$;
comment on function facets is
    'what a vector is compared by: a cosine is the sum of weight * (length(facet) - 2 * bit_count(facet # substring(other from start for length(facet))))';

alter table recollection alter signs drop expression;
alter table recollection alter embedding type bit varying using substring(planes(embedding::real[]) from length(signs) + 1);
alter table recollection rename embedding to planes;
alter table recollection alter signs set not null;
comment on column recollection.signs is 'the first plane of what it means';
comment on column recollection.planes is 'the others; see planes()';

-- What lies at the counter ------------------------------------------------------------------------------------------------------------------

alter table counter alter text drop not null;
comment on column counter.text is 'null when it is the whole reply as the transcript has it';
