// How long a text is, as the server counts (base/text.h): both read tests/support/text_fixtures.json.

// 'en' has the rules of the root locale; 'und' would give those of the browser's own language.
const words = new Intl.Segmenter('en', { granularity: 'word' });
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

export const unify = (text: string): string => text.replace(/\r\n?/g, '\n');
// Unicode white space; String.trim() also takes U+FEFF and leaves U+0085.
export const trim = (text: string): string => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');

export function countWords(text: string): number {
  let count = 0;
  for (const segment of words.segment(text)) if (segment.isWordLike) count++;
  return count;
}

export function countCharacters(text: string): number {
  // Plain ASCII needs no rules but that CR LF is one.
  if (/^[\x00-\x7f]*$/.test(text)) return text.replaceAll('\r\n', '\n').length;
  let count = 0;
  for (const _ of characters.segment(text)) count++;
  return count;
}
