// For comparison while typing: case and accents off. The server's rule is base/text.h fold(); this one is near enough to narrow a list that is in view.

export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().trim();
