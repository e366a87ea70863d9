import { describe, expect, test } from 'vitest';
import { LIMITS } from '#shared/protocol.ts';
import { checkNode } from './checkNode.ts';
import { helpText, readCommand } from './commands.ts';
import { type Config, readConfig, SETTINGS } from './config.ts';

const S3 = {
  S3_ENDPOINT: 'https://s3.example.org/',
  S3_BUCKET: 'mitra-photos',
  S3_ACCESS_KEY_ID: 'key-word',
  S3_SECRET_ACCESS_KEY: 'secret-word',
};

function configOf(env: Record<string, string>): Config {
  const read = readConfig(env, '/srv/mitra');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const read = readConfig(env, '/srv/mitra');
  return read.ok ? [] : read.problems;
}

describe('the settings', () => {
  test('need not be set', () => {
    expect(configOf({ PATH: '/usr/bin', PORT: '' })).toEqual({
      port: 4173,
      host: null,
      dist: null,
      logRequests: true,
      sync: {
        dataFolder: '/srv/mitra/data',
        database: { type: 'sqlite' },
        photos: { type: 'folder' },
        enrolCode: null,
        origin: null,
        proxies: 0,
        quotas: {
          records: LIMITS.records,
          bytes: LIMITS.bytes,
          blobs: LIMITS.blobs,
          blobBytes: LIMITS.blobBytes,
          firstDay: LIMITS.firstDay,
        },
      },
    });
  });

  test('are taken as they are written', () => {
    const { sync, ...rest } = configOf({
      ...S3,
      PORT: '8080',
      LISTEN: '127.0.0.1',
      DIST: 'app',
      LOG: 'off',
      DATA_DIR: '/var/lib/mitra',
      DATABASE_URL: 'postgresql://mitra:word@db.example/mitra',
      S3_REGION: 'eu-central-1',
      S3_STYLE: 'host',
      ENROL_CODE: ' sunday class ',
      ORIGIN: 'https://mitra.example/',
      PROXIES: '2',
      MAX_PHOTOS: '10',
    });
    expect(rest).toEqual({ port: 8080, host: '127.0.0.1', dist: '/srv/mitra/app', logRequests: false });
    expect(sync).toMatchObject({
      dataFolder: '/var/lib/mitra',
      database: { type: 'postgres', url: 'postgresql://mitra:word@db.example/mitra' },
      photos: {
        type: 's3',
        endpoint: 'https://s3.example.org',
        bucket: 'mitra-photos',
        region: 'eu-central-1',
        accessKeyId: 'key-word',
        secretAccessKey: 'secret-word',
        style: 'host',
      },
      enrolCode: 'sunday class',
      origin: 'https://mitra.example',
      proxies: 2,
      quotas: { blobs: 10, records: LIMITS.records },
    });
    expect(configOf({ SYNC: 'off' }).sync).toBeNull();
  });

  test('that are wrong are all named at once, each with an example, and no secret among them', () => {
    const problems = problemsOf({
      PORT: '80a',
      SYNC: 'maybe',
      DATABASE_URL: 'mysql://mitra:secret-word@db/mitra',
      S3_ENDPOINT: 'ftp://s3',
      S3_SECRET_ACCESS_KEY: 'secret-word',
      S3_BUKET: 'photos',
      ENROL_CODE: 'secret-word'.repeat(30),
      ORIGIN: 'https://mitra.example/app',
      PROXIES: '-1',
      MAX_PHOTOS: '0',
    });
    const named = new Set(problems.map((problem) => problem.split(' ')[0]));
    expect(named).toEqual(
      new Set([
        'DATABASE_URL',
        'ENROL_CODE',
        'MAX_PHOTOS',
        'ORIGIN',
        'PORT',
        'PROXIES',
        'S3_ACCESS_KEY_ID',
        'S3_BUCKET',
        'S3_BUKET',
        'S3_ENDPOINT',
        'SYNC',
      ]),
    );
    expect(problems.join('\n')).not.toContain('secret-word');
    expect(problems).toContain(
      'PORT must be a whole number from 0 to 65535, and is "80a". Example: PORT=8080',
    );
    for (const problem of problems) expect(problem).toMatch(/Example: [A-Z]|There are: S3_ENDPOINT/);
  });

  test.each([
    [{ DATABASE_URL: 'sqlite:///tmp/mitra.sqlite' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://' }, 'DATABASE_URL'],
    [{ S3_REGION: 'eu-central-1' }, 'S3_ENDPOINT'],
    [{ ...S3, S3_BUCKET: '' }, 'S3_BUCKET'],
    [{ ORIGIN: 'mitra.example' }, 'ORIGIN'],
    [{ ORIGIN: 'https://mitra.example/?a=b' }, 'ORIGIN'],
    [{ PORT: '65536' }, 'PORT'],
    [{ LOG: 'all' }, 'LOG'],
    [{ MAX_RECORDS: '1.5' }, 'MAX_RECORDS'],
  ])('%j is refused', (env, name) => {
    expect(problemsOf(env as Record<string, string>).map((problem) => problem.split(' ')[0])).toEqual([name]);
  });
});

describe('the command', () => {
  test('is understood, or refused', () => {
    expect(readCommand([])).toEqual({ type: 'serve' });
    expect(readCommand(['--help'])).toEqual({ type: 'help' });
    expect(readCommand(['-h'])).toEqual({ type: 'help' });
    expect(readCommand(['--version'])).toEqual({ type: 'version' });
    expect(readCommand(['backup', 'monday.sqlite'])).toEqual({ type: 'backup', file: 'monday.sqlite' });
    for (const wrong of [['backup'], ['backup', 'a', 'b'], ['backup', '--force'], ['--port=80'], ['serve']]) {
      expect(readCommand(wrong).type, wrong.join(' ')).toBe('unknown');
    }
  });

  test('--help names every setting with what holds without it and an example', () => {
    const help = helpText();
    for (const [name, { usual, example }] of Object.entries(SETTINGS)) {
      expect(help).toContain(`  ${name} `);
      expect(help).toContain(`without it: ${usual}   example: ${name}=${example}`);
    }
  });

  test('runs on a Node that can keep and copy the database, and says so otherwise', () => {
    expect(checkNode('22.16.0')).toBeNull();
    expect(checkNode('24.0.0')).toBeNull();
    for (const old of ['18.20.4', '20.20.2', '22.15.1']) {
      expect(checkNode(old)).toBe(
        `Mitra needs Node 22.16 or newer; this is ${old}. Get one from https://nodejs.org`,
      );
    }
  });
});
