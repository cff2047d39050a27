// The real binary over one store, to be killed and started again. Each start takes another port.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Running } from '../journeys/support/process.mjs';

export const binary = process.env.BURSARY_BINARY ?? 'build/release/bursary';
const run = promisify(execFile);

export class Server {
  // `url`: of PostgreSQL, or nothing for SQLite in the data folder; `words`: more options of `bursary serve`.
  constructor(data, url, words = []) {
    this.data = data;
    this.store = ['--data', data, ...(url ? ['--database', url] : [])];
    this.words = words;
  }

  async start() {
    const words = ['serve', ...this.store, '--listen', '127.0.0.1:0', '--no-defence', '--no-request-log', '--log-level', 'off', ...this.words];
    this.running = await Running.start(binary, words, /^serving .*\n/m);
    this.address = /^serving .* at (http\S+)$/m.exec(this.running.said)[1];
    this.port = Number(new URL(this.address).port);
  }
  async kill() {
    const code = await this.running.end('SIGKILL');
    if (code !== null) throw new Error(`the server had ended with ${code}: ${this.running.said}`);
  }
  get(path) {
    return fetch(`${this.address}${path}`);
  }

  // A one-time link for staff, as whoever sits at the machine makes it. It ends the one before.
  async makeStaffLink() {
    const { stdout } = await run(binary, ['staff', 'link', ...this.store], { timeout: 60_000 });
    return /\/staff\/link\/[\w-]+/.exec(stdout)[0];
  }
}
