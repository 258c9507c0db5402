-- heading: What was said earlier and may bear on this
-- place: turn
-- Everything that was ever said to and by this contact, by meaning and by words; docs/recall.md tells what each part is worth.
-- The knobs; 0 turns a part off.
with knob as (
    select 1.0 as meaning,           -- what nearness in meaning counts
           1.0 as wording,           -- what shared words count
           0.3 as inflected,         -- of a word as it is written, beside its stem
           0.4 as echo,              -- of the meaning of what was said right before and after
           0.4 as sitting,           -- of the best three turns of the same sitting
           0.85 as question,         -- what remains of a turn that ends by asking
           0.85 as short,            -- what remains of a turn of a few words
           0.4 as named,             -- added for the turns of who is named in the question
           0.3 as dated,             -- added for turns that speak of a time, when a time is asked for
           0.15 as least_meaning,     -- below both of these nothing is told
           0.3 as least_wording
), share (by, of) as (
    -- What the words of a turn count for its neighbours: an answer seldom repeats what it was asked.
    values (0, 1.0), (1, 0.8), (-1, 0.5), (2, 0.4), (-2, 0.4)
), asked as materialized (
    select (:embedding::real[])::vector as embedding, signs(:embedding::real[]) as signs
), term as materialized (
    -- The words that are asked for, any of them: their stems, and as they are written. Of a long text the longest.
    select lexeme, max(weight) as weight, ('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''')::tsquery as query
    from (
        select lexeme, 1.0 as weight from unnest(to_tsvector('english', :asked))
        union all
        select lexeme, inflected from unnest(to_tsvector('simple', :asked)), knob where to_tsvector('english', lexeme) <> ''
    ) as word
    group by lexeme
    order by length(lexeme) desc
    limit 24
), said as materialized (
    select message_id, conversation_id, place, bit_count(recollection.signs # asked.signs) as apart
    from recollection, asked
    where contact_id = :contact
), near as (
    select message_id from said where message_id < :first and message_id <> all (:shown) order by apart limit 200
), match as materialized (
    select message_id, conversation_id, place, words from recollection
    where contact_id = :contact and words @@ (select string_agg(query::text, '|')::tsquery from term)
), hit as materialized (
    select message_id, conversation_id, place, lexeme from match cross join term where words @@ query
), worth as materialized (
    -- A word that few turns hold says more.
    select lexeme, (weight * power(ln(1 + (turns + 0.5) / (coalesce(held, 0) + 0.5)), 1.2))::float8 as worth
    from term left join (select lexeme, count(*) as held from hit group by lexeme) as holding using (lexeme),
         (select count(*) as turns from said) as counted
), seed as (
    select conversation_id, place, array_agg(lexeme) as lexemes, array_agg(worth) as worths
    from hit join worth using (lexeme) group by message_id, 1, 2 order by sum(worth) desc limit 400
), spread as materialized (
    select conversation_id, place, sum(worth) as wording
    from (
        select conversation_id, place + by as place, lexeme, max(worth * of) as worth
        from seed cross join unnest(lexemes, worths) as held (lexeme, worth) cross join share
        group by 1, 2, 3
    ) as word
    group by 1, 2
    order by wording desc
    limit 150
), worded as materialized (
    select message_id, wording from spread join said using (conversation_id, place)
    where message_id < :first and message_id <> all (:shown)
), found as materialized (
    select recollection.*, wording, 1 - (recollection.embedding <=> asked.embedding) as meaning
    from recollection left join worded using (message_id), asked
    where contact_id = :contact
      and message_id = any (array(select message_id from near union select message_id from worded)) -- as an array: found one by one
), echoed as materialized (
    -- What stands beside it need not be looked at: how many signs differ tells its meaning well enough.
    select found.*, found.meaning + knob.echo * (coalesce(cos(pi() * before.apart / length(found.signs)), 0)
                                                 + coalesce(cos(pi() * after.apart / length(found.signs)), 0)) as near
    from knob, found
    left join said as before on before.conversation_id = found.conversation_id and before.place = found.place - 1
    left join said as after on after.conversation_id = found.conversation_id and after.place = found.place + 1
), scaled as (
    -- Each side from 0 to 1 over all candidates, then added: ranks would forget by how much one is better.
    select told.*, knob.meaning * coalesce((near - min(near) over ()) / nullif(max(near) over () - min(near) over (), 0), 0)
                   + knob.wording * coalesce(told.wording / nullif(max(told.wording) over (), 0), 0) as both_sides
    from echoed as told, knob
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
)
select 'message:' || message_id as source, judged.role, judged.said_at as at, message.text,
       judged.conversation_id, judged.speaker, judged.tags, judged.score, judged.meaning, coalesce(judged.wording, 0) as wording,
       array(select lexeme from hit where hit.message_id = judged.message_id order by lexeme) as words
from judged join message on message.id = message_id, knob
where judged.meaning >= knob.least_meaning or judged.wording >= knob.least_wording * (select sum(worth) from worth)
order by round(judged.score::numeric, 3) desc, judged.said_at desc
limit :most
