// The real binary on a port of its own, with a data folder of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Running } from './process.mjs';

export const binary = process.env.BURSARY_BINARY ?? 'build/release/bursary';

export class Server {
  // `demo`: how many rehearsal applications are there; `words`: more options of `bursary serve`.
  static async start({ demo = 0, words = [] } = {}) {
    const server = new Server();
    server.data = mkdtempSync(join(tmpdir(), 'bursary-journey-'));
    server.words = words;
    if (demo > 0) execFileSync(binary, ['demo', '--data', server.data, '--count', String(demo)], { stdio: 'pipe' });
    await server.run('127.0.0.1:0');
    return server;
  }

  async run(listen) {
    const words = ['serve', '--data', this.data, '--listen', listen, '--staff-link', ...this.words];
    this.running = await Running.start(binary, words, /^staff link.*\n/m);
    this.staffLink = /^staff link.* (\S+)$/m.exec(this.log)[1];
    this.address = /^serving .* at (http\S+)$/m.exec(this.log)[1];
    this.port = Number(new URL(this.address).port);
  }
  // All that it said since it runs.
  get log() { return this.running.said; }

  // As a power cut; start again on the same port with resume().
  kill() { return this.running.end('SIGKILL'); }
  async resume() { await this.run(`127.0.0.1:${this.port}`); }
  // Ends it and keeps its data.
  pause() { return this.running.end(); }
  async stop() {
    const code = await this.pause();
    rmSync(this.data, { recursive: true, force: true });
    return code;
  }
}

// A port of this machine that nobody listens on.
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}
