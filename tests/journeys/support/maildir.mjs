// The mail that a server without a mail server keeps in its data folder.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 10_000; // ms until a message must have left

// Quoted-printable and base64 undone, so that a test reads what a person reads.
function plainPart(text) {
  const part = text.split(/\r?\n--=_[0-9a-f]+/).find((one) => one.includes('text/plain')) ?? text;
  const body = part.replace(/^[\s\S]*?\r?\n\r?\n/, '');
  if (/Content-Transfer-Encoding: base64/i.test(part)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function messages(server) {
  const folder = join(server.data, 'mail', 'new');
  if (!existsSync(folder)) return []; // the first message makes it
  return readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), 'latin1'));
}

// The plain part of the newest message to `address` that says `about`, once there are `many` of these.
export async function mailTo(server, address, many = 1, about = /(?:)/) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
    const all = messages(server).filter((text) => text.includes(`To: ${address}`) && about.test(plainPart(text)));
    if (all.length >= many) {
      const newest = all.sort((a, b) => Date.parse(/^Date: (.*)$/m.exec(a)[1]) - Date.parse(/^Date: (.*)$/m.exec(b)[1])).at(-1);
      return plainPart(newest);
    }
  }
  throw new Error(`no message ${many} to ${address} within ${PATIENCE} ms`);
}

export const codeIn = (mail) => /^[^a-z]*([0-9A-Z]{6})[^a-z]*$/m.exec(mail)[1];
// A server on a port that was given to it names another in its mail: the path is what counts.
export const linkIn = (mail, server) => server.address + /\/log-in\/link\/[A-Za-z0-9_-]+/.exec(mail)[0];
