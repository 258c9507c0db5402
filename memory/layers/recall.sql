-- heading: What was said earlier and may bear on this
-- place: turn
-- isolated: told
-- Everything that was ever said to and by this contact in the conversations within reach, by meaning and by words; docs/recall.md tells what each
-- part is worth.
-- The knobs; 0 turns a part off.
with knob as not materialized (
    select 1.0 as meaning,           -- what nearness in meaning counts
           1.0 as wording,           -- what shared words count
           0.3 as inflected,         -- of a word as it is written, beside its stem; of one character, or of Japanese endings
           0.2 as namesake,          -- of a word that is a name of who takes part, and may be meant as a word
           0.4 as echo,              -- of the meaning of what was said right before and after
           0.4 as sitting,           -- of the best three turns of the same sitting
           0.85 as question,         -- what remains of a turn that ends by asking
           0.85 as short,            -- what remains of a turn of a few words
           0.4 as named,             -- added for the turns of who is named in the question
           0.3 as dated,             -- added for turns that speak of a time, when a time is asked for
           0.15 as least_meaning,    -- below both of these nothing is told
           0.3 as least_wording
), share (by, of) as (
    -- What the words of a turn count for its neighbours: an answer seldom repeats what it was asked.
    values (0, 1.0::float8), (1, 0.8), (-1, 0.5), (2, 0.4), (-2, 0.4)
), asked as materialized (
    select :signs::bit varying as signs
), side as materialized (
    select * from facets(:planes::bit varying)
), talk as materialized (
    select conversation.id, turns from conversation
    cross join lateral (select max(place) as turns from recollection where contact_id = :contact and conversation_id = conversation.id) as counted
    where contact_id = :contact and reach = :reach and turns > 0
), term as materialized (
    -- The words that are asked for, any of them: their stems, and as they are written; and pieces of scripts that put no spaces between words. Of a
    -- long text the longest, and of pieces those of Chinese characters before those of letters, which are grammar more often.
    select row_number() over () as number, lexeme collate "C" as lexeme, max(weight)::float8 as weight, bool_or(piece) as piece
    from (
        select lexeme, 1.0 as weight, false as piece from unnest(to_tsvector('english', :asked))
        union all
        select lexeme, inflected, false from unnest(to_tsvector('simple', :asked)), knob where to_tsvector('english', lexeme) <> ''
        union all
        select lexeme, namesake, true from unnest(to_tsvector('english', :names)), knob
        union all
        select piece, case when length(piece) = 1 or piece ~ '^[ぁ-ゖ]+$' then inflected else 1.0 end, true from unnest(:pieces::text[]) as piece, knob
    ) as word
    group by lexeme
    order by length(lexeme) desc, lexeme collate "C" desc
    limit 24
), hit as materialized (
    -- Here and below `offset 0` has each of a few rows looked up by itself, whatever the planner believes about how many there are.
    select talk.id as conversation_id, place, number
    from talk cross join term cross join lateral (
        select place
        from (select places, sum(cardinality(places)) over (order by chunk desc) - cardinality(places) as newer
              from recollection_word where conversation_id = talk.id and word = lexeme) as chunked
        cross join lateral unnest(places) as place
        where newer < 500
        order by place desc
        limit 500
    ) as holding
), held as (
    -- Of a word that stands everywhere the last turns are read, and how many hold it is told by how far back they reach.
    select number, sum(case when read < 500 then read else read * turns / (turns - earliest + 1) end)::float8 as held
    from (select conversation_id, number, count(*) as read, min(place) as earliest from hit group by 1, 2) as reading join talk on talk.id = conversation_id
    group by number
), worth as materialized (
    -- A word that few turns hold says more. A piece that none holds may be no word, and a name need stand in no turn: neither is missed.
    select number, not piece or held > 0 as missed, weight * power(ln(1 + (turns + 0.5) / (coalesce(held, 0) + 0.5)), 1.2) as worth
    from term left join held using (number), (select sum(turns)::float8 as turns from talk) as counted
), seed as (
    select conversation_id, place from hit join worth using (number) group by 1, 2 order by sum(worth) desc limit 200
), spread as (
    select conversation_id, place, sum(worth) as wording
    from (
        select conversation_id, place + by as place, number, max(worth * of) as worth
        from seed join hit using (conversation_id, place) join worth using (number) cross join share
        group by 1, 2, 3
    ) as word
    group by 1, 2
    order by wording desc
    limit 150
), near as (
    select conversation_id, place from recollection
    where contact_id = :contact and conversation_id = any (array(select id from talk)) and message_id < :first
    order by bit_count(recollection.signs # (select signs from asked))
    limit 100 + cardinality(:shown::bigint[])
), candidate as (
    select conversation_id, place, max(wording) as wording
    from (select conversation_id, place, wording from spread union all select conversation_id, place, null from near) as either
    group by 1, 2
), found as materialized (
    select candidate.*, candidate.place - 1 as before, candidate.place + 1 as after, message_id, said_at, sitting, size, speaker, role, tags, stage, topic, meaning
    from candidate
    cross join lateral (
        select message_id, said_at, sitting, size, speaker, role, tags, stage, topic, signs || planes as planes
        from recollection
        where contact_id = :contact and conversation_id = candidate.conversation_id and place = candidate.place
          and message_id < :first and message_id <> all (:shown)
          and (role <> 'system' or conversation_id <> :conversation or message_id <= :fresh) -- the summary of this talk is a layer of its own
        offset 0
    ) as turn
    cross join lateral (
        select sum(weight * (length(facet) - 2 * bit_count(facet # substring(turn.planes from start for length(facet))))) as meaning from side offset 0
    ) as likened
), echoed as materialized (
    -- What stands beside it need not be looked at: how many signs differ tells its meaning well enough.
    select found.*, found.meaning + knob.echo * coalesce(beside, 0) as near
    from knob, found cross join lateral (
        select sum(cos(pi() * bit_count(signs # (select signs from asked)) / length(signs))) as beside
        from recollection
        where contact_id = :contact and conversation_id = found.conversation_id and place between before and after and place <> found.place
    ) as neighbour
), scaled as (
    -- Each side in standard deviations, from two below the mean of all candidates, then added: ranks would forget by how much one is better, and the two
    -- ends of a scale are two turns that happen to be there.
    select told.*, knob.meaning * :legible * (2 + coalesce((near - mean) / nullif(deviation, 0), 0))
                   + knob.wording * (2 + coalesce((coalesce(told.wording, 0) - mean_wording) / nullif(deviation_wording, 0), 0)) as both_sides
    from echoed as told, knob, (
        select avg(near) as mean, stddev_pop(near) as deviation,
               avg(coalesce(wording, 0)) as mean_wording, stddev_pop(coalesce(wording, 0)) as deviation_wording
        from echoed
    ) as extent
), sat as (
    select *, sum(both_sides) filter (where best <= 3) over (partition by sitting) / 3 as together
    from (select *, row_number() over (partition by sitting order by both_sides desc) as best from scaled) as ranked
), judged as (
    select sat.*,
           (both_sides + knob.sitting * together)
           * case when 'question' = any (tags) then knob.question else 1 end
           * case when size < 40 then knob.short else 1 end
           * case when speaker = any (:named) then 1 + knob.named else 1 end
           * case when :dated and 'time' = any (tags) then 1 + knob.dated else 1 end as score
    from sat, knob
    where sat.meaning * :legible >= knob.least_meaning or sat.wording >= knob.least_wording * (select sum(worth) filter (where missed) from worth)
), best as (
    select * from judged order by round(score * 1000) desc, said_at desc limit :most
)
select 'message:' || message_id as source, best.role, best.said_at as at, message.text,
       best.conversation_id, speaker, tags, stage, topic, score, meaning, coalesce(wording, 0) as wording,
       array(select lexeme
             from term cross join lateral (
                 select from recollection_word
                 where conversation_id = best.conversation_id and word = lexeme and chunk = best.place / 512 and best.place = any (places) offset 0
             ) as held
             order by lexeme) as words
from best join message on message.id = message_id
order by round(score * 1000) desc, best.said_at desc
