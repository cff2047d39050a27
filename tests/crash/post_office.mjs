// The mail server of the staff rounds: a real one that keeps what it accepted, is now and then slow to say so, refuses for now, or
// hangs up after it has accepted; so that a kill falls between what it knows and what Bursary knows.
import { headersOf, MailServer, partsOf } from '../journeys/support/mail_server.mjs';
import { random } from './options.mjs';

export class PostOffice {
  accepted = new Map(); // recipients, once for each time, by the message's id
  links = new Map(); // the newest link to log in with, by address
  calm = false; // takes everything at once

  static async start() {
    const office = new PostOffice();
    // Without TLS and a password: other tests have those, and here the time belongs to what comes after the text.
    office.server = await MailServer.start({ disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true, onData: (stream, session, done) => office.receive(stream, session, done) });
    return office;
  }
  words() {
    return ['--smtp', `smtp://localhost:${this.server.port}`, '--smtp-plain', '--mail-from', 'apply@example.org', '--mail-retry', '1'];
  }
  stop() {
    return this.server.stop();
  }

  receive(stream, session, done) {
    const pieces = [];
    stream.on('data', (piece) => pieces.push(piece));
    // Comes only after the final dot: a text that broke off was not accepted.
    stream.on('end', () => {
      const mood = this.calm ? 1 : random();
      if (mood < 0.03) return done(Object.assign(new Error('come again later'), { responseCode: 451 }));
      this.keep(Buffer.concat(pieces).toString('utf8'), session.envelope.rcptTo[0].address);
      if (mood < 0.05) for (const connection of this.server.server.connections) connection._socket.destroy();
      else if (mood < 0.4) setTimeout(done, 100 * random());
      else done();
    });
  }

  keep(text, recipient) {
    const [, id] = /^<(\d+)\./.exec(headersOf(text).get('message-id'));
    this.accepted.set(id, [...(this.accepted.get(id) ?? []), recipient]);
    const link = /\/log-in\/link\/[\w-]+/.exec(partsOf(text)[0].text)?.[0];
    if (link) this.links.set(recipient, link);
  }
}
