// The real binary on a port of its own, with a data folder of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const binary = process.env.BURSARY_BINARY ?? 'build/release/bursary';

export class Server {
  static async start(options = {}) {
    const server = new Server();
    server.data = options.data ?? mkdtempSync(join(tmpdir(), 'bursary-journey-'));
    server.words = options.words ?? [];
    await server.run('127.0.0.1:0');
    return server;
  }

  async run(listen) {
    const words = ['serve', '--data', this.data, '--listen', listen, '--staff-link', ...this.words];
    this.process = spawn(binary, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.log = '';
    this.process.stderr.on('data', (chunk) => { this.log += chunk; });
    let said = '';
    await new Promise((resolve, reject) => {
      this.process.stdout.on('data', (chunk) => {
        said += chunk;
        const link = /staff link[^:]*: (\S+)/.exec(said);
        if (!link) return;
        this.staffLink = link[1];
        this.address = /at (http\S+)/.exec(said)[1];
        this.port = Number(new URL(this.address).port);
        resolve();
      });
      this.ended.then((code) => reject(new Error(`the server ended with ${code}: ${said}${this.log}`)));
    });
  }

  signal(name) { this.process.kill(name); }
  // As a power cut; start again on the same port with resume().
  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }
  async resume() { await this.run(`127.0.0.1:${this.port}`); }
  // Ends it and keeps its data, for a command that needs the folder to itself.
  async pause() {
    this.process.kill('SIGTERM');
    return this.ended;
  }
  async stop() {
    const code = await this.pause();
    rmSync(this.data, { recursive: true, force: true });
    return code;
  }
}
