-- Full text, written by the index job just after the commit. Contentless would forbid deletion, so the text is kept once more.
create virtual table application_text using fts5 (
  body,
  tokenize = "unicode61 remove_diacritics 2",
  detail = full
);
