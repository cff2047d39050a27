// A program that runs beside a test.
import { spawn } from 'node:child_process';

const PATIENCE = 60_000; // ms until it must have said that it is ready

export class Running {
  said = ''; // on both of its outputs

  // Returns when what it says matches `ready`.
  static async start(program, words, ready, environment = {}) {
    const running = new Running();
    running.process = spawn(program, words, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.ended = new Promise((resolve) => { running.process.once('close', resolve); });
    const late = setTimeout(() => running.end('SIGKILL'), PATIENCE);
    try {
      await new Promise((resolve, reject) => {
        running.process.once('error', reject);
        for (const output of [running.process.stdout, running.process.stderr]) {
          output.on('data', (chunk) => {
            running.said += chunk;
            if (ready.test(running.said)) resolve();
          });
        }
        running.ended.then((code) => reject(new Error(`${program} ended with ${code}: ${running.said}`)));
      });
    } finally {
      clearTimeout(late);
    }
    return running;
  }

  // Gives its exit code; null when the signal ended it.
  end(signal = 'SIGTERM') {
    this.process.kill(signal);
    return this.ended;
  }
}
