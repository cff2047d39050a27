// What is in the store, however it is kept, read past the product. A query returns rows of numbers or texts; an id is asked for
// as a text, for it does not fit into a number.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

class Sqlite {
  dialect = 'sqlite';
  constructor(data) {
    this.path = join(data, 'bursary.db');
  }
  rows(sql) {
    const database = new DatabaseSync(this.path, { readOnly: true });
    try {
      return database.prepare(sql).all().map((row) => Object.values(row));
    } finally {
      database.close();
    }
  }
}

class Postgres {
  dialect = 'postgres';
  constructor(url) {
    this.url = url;
  }
  rows(sql) {
    const text = execFileSync('psql', ['-X', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-c', sql, this.url], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return text.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }
}

export const openStore = (data, url) => (url ? new Postgres(url) : new Sqlite(data));
