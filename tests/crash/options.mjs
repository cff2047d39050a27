// What the command line says, and chance that can be repeated.

export function option(name, fallback) {
  const found = process.argv.find((word) => word.startsWith(`--${name}=`));
  return found ? Number(found.split('=')[1]) : fallback;
}

// The same seed kills at the same moments, as far as the machine does.
let seed = option('seed', 1);
export function random() {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
}
export const upTo = (many) => Math.floor(random() * many); // 0 … many − 1
export const oneOf = (all) => all[upTo(all.length)];
