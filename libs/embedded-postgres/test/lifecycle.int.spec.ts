import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '../src';
import { query, Workbench } from './workbench';

const bench = new Workbench();
afterEach(() => bench.stop());
afterAll(() => bench.clear());

const newFolder = async () => join(await bench.folder(), 'postgres');

/** Making a database is the slow part: tests that need no fresh one share this. */
let dataDir: string;
beforeAll(async () => {
  dataDir = await newFolder();
});

const NEW_TABLE = ['drop table if exists kept', 'create table kept (n int)'];

describe('a PostgreSQL of its own', () => {
  it('when started in a new folder, then it is a PostgreSQL 18 in UTF-8 that takes the contrib extensions', async () => {
    const { url } = await bench.start({ dataDir });

    expect(await query(url, "select split_part(version(), ' ', 2) as version")).toEqual([
      { version: expect.stringMatching(/^18\./) as string },
    ]);
    expect(
      await query(
        url,
        `select pg_encoding_to_char(encoding) as encoding, datlocale as locale
           from pg_database where datname = current_database()`,
      ),
    ).toEqual([{ encoding: 'UTF8', locale: 'C.UTF-8' }]);
    expect(
      await query(
        url,
        'create extension pg_trgm',
        `select array_length(show_trgm('Żółw'), 1) as trigrams, lower('ŻÓŁW ЯБЛОКО') as lower`,
      ),
    ).toEqual([{ trigrams: 5, lower: 'żółw яблоко' }]);
  });

  it('given settings, when started, then they hold, except where they would make it unsafe or public', async () => {
    const { url } = await bench.start({
      dataDir,
      settings: { work_mem: '7MB', fsync: false, listen_addresses: '*', unix_socket_directories: '/tmp' },
    });

    expect(
      await query(
        url,
        `select current_setting('work_mem') as work_mem, current_setting('fsync') as fsync,
                current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
                current_setting('data_checksums') as checksums`,
      ),
    ).toEqual([{ work_mem: '7MB', fsync: 'on', addresses: '127.0.0.1', sockets: '', checksums: 'on' }]);
  });

  it('given two data folders, when started, then each has its own random password, in a file only for its owner', async () => {
    const [first, second] = await Promise.all([
      bench.start({ dataDir: await newFolder() }),
      bench.start({ dataDir: await newFolder() }),
    ]);

    const passwordFile = join(first.data, '../password');
    expect(new URL(first.url).password).toHaveLength(32);
    expect(new URL(first.url).password).not.toBe(new URL(second.url).password);
    expect(await readFile(passwordFile, 'utf8')).toBe(new URL(first.url).password);
    expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
    const forged = Object.assign(new URL(first.url), { password: new URL(second.url).password });
    await expect(query(forged.href, 'select')).rejects.toThrow('password authentication failed');
  });

  it('given libpq’s variables of another server, then none of them reaches this one', async () => {
    const { url } = await bench.start({ dataDir });
    const elsewhere = {
      PGSSLMODE: 'require',
      PGSSLNEGOTIATION: 'direct',
      PGHOST: '192.0.2.1',
      PGPORT: '1',
      PGUSER: 'somebody',
      PGPASSWORD: 'else',
      PGDATABASE: 'another',
      PGOPTIONS: '-c default_transaction_read_only=on',
      PGAPPNAME: 'another',
      PGCLIENTENCODING: 'LATIN1',
      PGCLIENT_ENCODING: 'LATIN1',
      PGREPLICATION: 'database',
    };
    Object.assign(process.env, elsewhere);
    try {
      const shown = `select current_user as user, current_setting('default_transaction_read_only') as read_only,
        current_setting('client_encoding') as encoding, current_setting('application_name') as application`;
      expect(await query(url, ...NEW_TABLE, shown)).toEqual([
        { user: 'postgres', read_only: 'off', encoding: 'UTF8', application: 'tempore' },
      ]);
    } finally {
      for (const name of Object.keys(elsewhere)) Reflect.deleteProperty(process.env, name);
    }
  });

  it('given rows, when stopped and started again, then they are there, at the same address', async () => {
    const first = await bench.start({ dataDir });
    await query(first.url, ...NEW_TABLE, 'insert into kept values (1)');
    await first.stop();

    const second = await bench.start({ dataDir });

    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('given a folder without the wanted database, when started, then the database is made', async () => {
    await (await bench.start({ dataDir, database: 'one' })).stop();

    const { url } = await bench.start({ dataDir, database: 'an "other" one' });

    expect(await query(url, 'select current_database() as name')).toEqual([{ name: 'an "other" one' }]);
    expect(await query(url, `select count(*)::int as n from pg_database where datname = 'one'`)).toEqual([{ n: 1 }]);
  });

  it('when stopped twice at once and once more, then it ends once, cleanly, and says it was asked to', async () => {
    const server = await bench.start({ dataDir });

    await Promise.all([server.stop(), server.stop()]);
    await server.stop();

    expect(await server.exited).toMatchObject({ code: 0, signal: null, stopped: true });
    expect((await server.exited).logTail).toContain('database system is shut down');
  });

  it('given the remembered port was taken meanwhile, when started, then it takes another one', async () => {
    const first = await bench.start({ dataDir });
    await first.stop();
    const other = createServer().listen(first.port, '127.0.0.1');
    await once(other, 'listening');
    try {
      const second = await bench.start({ dataDir });

      expect(second.port).not.toBe(first.port);
      expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      other.close();
    }
  });
});

describe('what does not start says why', () => {
  it('given a wrong setting, then the error carries the end of the server log, and the folder is free again', async () => {
    await expect(bench.start({ dataDir, settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /exit code 1[^]*invalid value for parameter "shared_buffers": "plenty"/,
    );
    expect(await query((await bench.start({ dataDir })).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('given a wanted port that somebody has, then the error names it', async () => {
    const { port } = await bench.start({ dataDir });

    await expect(bench.start({ dataDir: await newFolder(), port })).rejects.toThrow(
      new RegExp(`Address already in use[^]*port ${port}`),
    );
  });

  it('given a folder that a living supervisor has, then another one is refused and the server lives on', async () => {
    const { url } = await bench.start({ dataDir });

    const refusal = `The data folder ${dataDir} is in use`;
    await Promise.all([
      expect(startPostgres({ dataDir })).rejects.toThrow(refusal),
      expect(bench.startInChild({ dataDir })).rejects.toThrow(refusal),
    ]);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.each([
    [{ port: 70_000 }, 'port must be a whole number from 0 (any free one) to 65535, not 70000.'],
    [{ database: '' }, 'database must be a name.'],
    [{ settings: { '-x': 1 } }, 'settings: -x is no name of a PostgreSQL parameter.'],
    [{ dataDir: '' }, 'dataDir must name a folder.'],
  ])('given %j, then the error names the option', async (wrong, message) => {
    await expect(startPostgres({ dataDir: '/nonexistent', ...wrong })).rejects.toThrow(message);
  });

  it('given a database without its password file, then it is called damaged and nothing is made anew', async () => {
    const { data, stop } = await bench.start({ dataDir });
    await stop();
    const passwordFile = join(data, '../password');
    const password = await readFile(passwordFile);
    await rm(passwordFile);

    await expect(startPostgres({ dataDir })).rejects.toThrow(`The database of ${dataDir} is damaged`);

    await writeFile(passwordFile, password);
    await (await startPostgres({ dataDir })).stop();
  });
});
