-- Full text, written by the index job just after the commit; rowid is application.queue_id. Contentless would forbid
-- deletion (SQLite 3.40), so the text is kept once more. `facets` holds words such as "cke" (country) and "aalignment"
-- (area), so that the index itself intersects a word with a filter.
create virtual table application_text using fts5 (
  body,
  facets,
  tokenize = "unicode61 remove_diacritics 2",
  detail = full
);
