// A mail server on this machine: smtp-server with STARTTLS, a password and a certificate made for the occasion.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { freePort } from './server.mjs';

const user = 'bursary';
const password = 'open sesame';
const REFUSALS = { later: { code: 451, word: 'greylisted' }, never: { code: 554, word: 'not wanted' } };

export class MailServer {
  mails = []; // {from, to: [...], text, user, secure, utf8} in order of arrival
  conversations = 0;
  refused = []; // the same, of texts that were answered with 'later' or 'never'
  // What happens next: a number to answer with at RCPT; after the final dot 'later' (451), 'never' (554) or 'cut' (nothing is said; taken).
  next = [];

  static async start(options = {}) {
    const server = new MailServer();
    server.folder = mkdtempSync(join(tmpdir(), 'bursary-mail-'));
    server.options = options;
    server.certificate = join(server.folder, 'certificate.pem');
    server.key = join(server.folder, 'key.pem');
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', server.key, '-out', server.certificate], { stdio: 'ignore' });
    server.passwordFile = join(server.folder, 'password');
    writeFileSync(server.passwordFile, `${password}\n`, { mode: 0o600 });
    server.port = await freePort();
    await server.up();
    return server;
  }

  // What `bursary serve` is told to use it.
  words({ trusted = true } = {}) {
    return ['--smtp', `smtp://localhost:${this.port}`, '--smtp-user', user, '--smtp-password-file', this.passwordFile, '--mail-from', 'apply@example.org', '--mail-retry', '1',
      ...(trusted ? ['--smtp-ca', this.certificate] : [])];
  }

  async up() {
    this.server = new SMTPServer({
      key: readFileSync(this.key),
      cert: readFileSync(this.certificate),
      authMethods: ['PLAIN'],
      closeTimeout: 200,
      logger: false,
      onConnect: (session, done) => { ++this.conversations; done(); },
      onAuth: (auth, session, done) => (auth.username === user && auth.password === password ? done(null, { user }) : done(new Error('wrong password'))),
      onRcptTo: (address, session, done) => {
        const code = this.next[0];
        if (typeof code !== 'number') return done();
        this.next.shift();
        return done(Object.assign(new Error(`not for <${address.address}>`), { responseCode: code }));
      },
      onData: (stream, session, done) => {
        const pieces = [];
        stream.on('data', (piece) => pieces.push(piece));
        stream.on('end', () => {
          const { envelope } = session;
          const then = typeof this.next[0] === 'string' ? this.next.shift() : '';
          (REFUSALS[then] ? this.refused : this.mails).push({ from: envelope.mailFrom.address, to: envelope.rcptTo.map((to) => to.address), text: Buffer.concat(pieces).toString('utf8'),
            user: session.user, secure: session.secure, utf8: envelope.smtpUtf8 === true });
          if (then === 'cut') for (const connection of this.server.connections) connection._socket.destroy();
          else if (REFUSALS[then]) done(Object.assign(new Error(REFUSALS[then].word), { responseCode: REFUSALS[then].code }));
          else done();
        });
      },
      ...this.options,
    });
    this.server.on('error', () => {}); // a client that hangs up
    await new Promise((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }
  async down() {
    await new Promise((resolve) => this.server.close(resolve));
  }
  async stop() {
    await this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Headers by lower-case name, unfolded.
export function headersOf(text) {
  const headers = new Map();
  for (const line of text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    headers.set(name, headers.has(name) ? `${headers.get(name)}\n${line}` : line.slice(line.indexOf(':') + 1).trim());
  }
  return headers;
}

// Each part's headers and its text, decoded.
export function partsOf(text) {
  const boundary = /boundary="([^"]+)"/.exec(headersOf(text).get('content-type'))[1];
  return text.split(`--${boundary}`).slice(1, -1).map((part) => {
    const whole = part.replace(/^\r\n/, '');
    const headers = headersOf(whole);
    const body = whole.slice(whole.indexOf('\r\n\r\n') + 4);
    const bytes = headers.get('content-transfer-encoding') === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
    return { type: headers.get('content-type'), text: bytes.toString('utf8') };
  });
}
