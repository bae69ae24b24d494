-- Where the database refuses a value, what came with it is stored in several transactions, each with blocks of its own.
alter table gateway.reading_block add column part integer not null default 0;
comment on column gateway.reading_block.part is 'of blocks with the same batch the one with the higher part is the later';
