-- Telegram ---------------------------------------------------------------------------------------------------------------------

create table telegram_update (
    id          bigint generated always as identity primary key,
    bot         text        not null,
    rule        text        not null,
    reason      text,
    raw         text        not null,
    hash        bytea       not null,
    received_at timestamptz not null default now(),
    unique (bot, hash)
);
comment on table telegram_update is 'what Telegram told a bot that is no message, or could not be accepted as one';
comment on column telegram_update.rule is 'why it is here: what kind it is, unreadable, or failed; what failed is tried again when a hub starts, the rest is kept for 30 days';
