-- Words in a tenth of the rows ---------------------------------------------------------------------------------------------------------

-- Each word of each turn was a row of its own, and most of what a turn took on disk.
alter table recollection_word rename to recollection_word_each;
alter index recollection_word_pkey rename to recollection_word_each_pkey;

create table recollection_word (
    conversation_id bigint not null,
    word            text   not null collate "C",
    chunk           int    not null,
    places          int[]  not null,
    primary key (conversation_id, word, chunk)
) with (fillfactor = 80);
comment on table recollection_word is 'which turns of a conversation hold a word, stemmed or as it is written: an index of recollection, which nothing references and which is erased with it';
comment on column recollection_word.chunk is 'place / 512: a word that stands in a long talk everywhere is no long value';

insert into recollection_word (conversation_id, word, chunk, places)
select conversation_id, word, place / 512, array_agg(place order by place) from recollection_word_each group by 1, 2, 3;
drop table recollection_word_each;

alter table recollection_word enable row level security;
create policy theirs on recollection_word for select using (conversation_id = any (array(select id from conversation)));

create or replace function unword() returns trigger
    language plpgsql
    as $$
begin
    -- A talk that is gone altogether is the usual case: its contact was erased.
    delete from recollection_word
    where conversation_id in (select conversation_id from gone except select conversation_id from recollection where conversation_id in (select conversation_id from gone));
    update recollection_word
    set places = array(select place from unnest(recollection_word.places) as place where place <> all (went.places))
    from (select conversation_id, place / 512 as chunk, array_agg(place) as places from gone group by 1, 2) as went
    where recollection_word.conversation_id = went.conversation_id and recollection_word.chunk = went.chunk and recollection_word.places && went.places;
    delete from recollection_word using gone
    where recollection_word.conversation_id = gone.conversation_id and chunk = gone.place / 512 and places = '{}';
    return null;
end
$$;

do $$
begin
    if has_wall() then
        call open_wall();
    end if;
end
$$;
