-- heading: What was said earlier and may bear on this
-- place: turn
-- Everything that was ever said to and by this contact, by meaning and by words; docs/recall.md tells what each part is worth.
-- The knobs; 0 turns a part off.
with knob as not materialized (
    select 1.0 as meaning,           -- what nearness in meaning counts
           1.0 as wording,           -- what shared words count
           0.3 as inflected,         -- of a word as it is written, beside its stem
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
    select (:embedding::real[])::vector as embedding, :signs::bit varying as signs
), talk as materialized (
    select conversation.id, turns from conversation
    cross join lateral (select max(place) as turns from recollection where contact_id = :contact and conversation_id = conversation.id) as counted
    where contact_id = :contact and turns > 0
), term as materialized (
    -- The words that are asked for, any of them: their stems, and as they are written. Of a long text the longest.
    select row_number() over () as number, lexeme collate "C" as lexeme, max(weight)::float8 as weight
    from (
        select lexeme, 1.0 as weight from unnest(to_tsvector('english', :asked))
        union all
        select lexeme, inflected from unnest(to_tsvector('simple', :asked)), knob where to_tsvector('english', lexeme) <> ''
    ) as word
    group by lexeme
    order by length(lexeme) desc
    limit 24
), hit as materialized (
    -- Here and below `offset 0` has each of a few rows looked up by itself, whatever the planner believes about how many there are.
    select talk.id as conversation_id, place, number
    from talk cross join term cross join lateral (
        select place from recollection_word where conversation_id = talk.id and word = lexeme offset 0
    ) as holding
), worth as materialized (
    -- A word that few turns hold says more.
    select number, weight * power(ln(1 + (turns + 0.5) / (coalesce(held, 0) + 0.5)), 1.2) as worth
    from term left join (select number, count(*)::float8 as held from hit group by number) as holding using (number),
         (select sum(turns)::float8 as turns from talk) as counted
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
    where contact_id = :contact and message_id < :first
    order by bit_count(recollection.signs # (select signs from asked))
    limit 100 + cardinality(:shown::bigint[])
), found as materialized (
    select candidate.*, candidate.place - 1 as before, candidate.place + 1 as after, turn.*
    from (
        select conversation_id, place, max(wording) as wording
        from (select conversation_id, place, wording from spread union all select conversation_id, place, null from near) as either
        group by 1, 2
    ) as candidate
    cross join lateral (
        select message_id, said_at, sitting, size, speaker, role, tags, 1 - (embedding <=> (select embedding from asked)) as meaning
        from recollection
        where contact_id = :contact and conversation_id = candidate.conversation_id and place = candidate.place
          and message_id < :first and message_id <> all (:shown)
        offset 0
    ) as turn
), echoed as materialized (
    -- What stands beside it need not be looked at: how many signs differ tells its meaning well enough.
    select found.*, found.meaning + knob.echo * coalesce(beside, 0) as near
    from knob, found cross join lateral (
        select sum(cos(pi() * bit_count(signs # (select signs from asked)) / length(signs))) as beside
        from (values (found.before), (found.after)) as at (place) cross join lateral (
            select signs from recollection where contact_id = :contact and conversation_id = found.conversation_id and place = at.place offset 0
        ) as turn
    ) as neighbour
), scaled as (
    -- Each side from 0 to 1 over all candidates, then added: ranks would forget by how much one is better.
    select told.*, knob.meaning * coalesce((near - least) / nullif(most - least, 0), 0) + knob.wording * coalesce(told.wording / nullif(most_wording, 0), 0) as both_sides
    from echoed as told, (select min(near) as least, max(near) as most, max(wording) as most_wording from echoed) as extent, knob
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
    where sat.meaning >= knob.least_meaning or sat.wording >= knob.least_wording * (select sum(worth) from worth)
), best as (
    select * from judged order by round(score * 1000) desc, said_at desc limit :most
)
select 'message:' || message_id as source, best.role, best.said_at as at, message.text,
       best.conversation_id, speaker, tags, score, meaning, coalesce(wording, 0) as wording,
       array(select lexeme
             from term cross join lateral (
                 select from recollection_word where conversation_id = best.conversation_id and word = lexeme and place = best.place offset 0
             ) as held
             order by lexeme) as words
from best join message on message.id = message_id
order by round(score * 1000) desc, best.said_at desc
