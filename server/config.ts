import { isAbsolute, resolve } from 'node:path';
import { LIMITS } from '#shared/protocol.ts';
import type { Quotas } from '#server/store/store.ts';

export type DatabasePlace = { readonly type: 'sqlite' } | { readonly type: 'postgres'; readonly url: string };

export type PhotoPlace =
  | { readonly type: 'folder' }
  | {
      readonly type: 's3';
      readonly endpoint: string;
      readonly bucket: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly style: 'path' | 'host';
    };

export interface SyncConfig {
  /** Where the database and the photos lie, unless they lie elsewhere. */
  readonly dataFolder: string;
  readonly database: DatabasePlace;
  readonly photos: PhotoPlace;
  readonly enrolCode: string | null;
  readonly origin: string | null;
  readonly proxies: number;
  readonly quotas: Quotas;
}

export interface Config {
  readonly port: number;
  /** `null` listens on every address of this machine. */
  readonly host: string | null;
  /** `null` looks beside the server. */
  readonly dist: string | null;
  /** Whether one line is written for each request to /v1. */
  readonly logRequests: boolean;
  /** `null` hands out the app and nothing else. */
  readonly sync: SyncConfig | null;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  /** Every problem at once, each with the name of the setting and an example; never with its value where that is secret. */
  | { readonly ok: false; readonly problems: readonly string[] };

interface Setting {
  readonly says: string;
  readonly usual: string;
  readonly example: string;
}

/** Every setting there is. `--help` prints this table, and a problem quotes its example. */
export const SETTINGS = {
  PORT: { says: 'port to listen on', usual: '4173', example: '8080' },
  LISTEN: { says: 'address to listen on', usual: 'every address of this machine', example: '127.0.0.1' },
  DIST: { says: 'folder with the built app', usual: 'dist beside the server', example: '/srv/mitra/dist' },
  SYNC: { says: 'off hands out the app and keeps nothing', usual: 'on', example: 'off' },
  DATA_DIR: {
    says: 'folder for the database and the photos; made when missing',
    usual: 'data in the current folder',
    example: '/var/lib/mitra',
  },
  DATABASE_URL: {
    says: 'PostgreSQL instead of the database in DATA_DIR',
    usual: 'none',
    example: 'postgres://mitra:password@db.example:5432/mitra',
  },
  S3_ENDPOINT: {
    says: 'photos in a store that speaks S3 instead of DATA_DIR; needs the next four',
    usual: 'none',
    example: 'https://s3.example.org',
  },
  S3_BUCKET: { says: 'its bucket, without versioning', usual: 'none', example: 'mitra-photos' },
  S3_REGION: { says: 'its region', usual: 'us-east-1', example: 'eu-central-1' },
  S3_ACCESS_KEY_ID: { says: 'its key', usual: 'none', example: 'the key of your provider' },
  S3_SECRET_ACCESS_KEY: { says: 'its secret', usual: 'none', example: 'the secret of your provider' },
  S3_STYLE: {
    says: 'host where it wants bucket.endpoint instead of endpoint/bucket',
    usual: 'path',
    example: 'host',
  },
  ENROL_CODE: {
    says: 'a word that a worker must type to open an account',
    usual: 'none: anybody may',
    example: 'sunday-class-4',
  },
  ORIGIN: {
    says: 'address of the app as browsers see it, behind a proxy that changes Host',
    usual: 'the Host header',
    example: 'https://mitra.example',
  },
  PROXIES: { says: 'number of proxies in front, for X-Forwarded-For', usual: '0', example: '1' },
  LOG: {
    says: 'requests writes a line for each request to /v1; off only for trouble',
    usual: 'requests',
    example: 'off',
  },
  MAX_RECORDS: { says: 'entries of one account', usual: String(LIMITS.records), example: '20000' },
  MAX_RECORD_BYTES: { says: 'bytes of its entries', usual: String(LIMITS.bytes), example: '33554432' },
  MAX_PHOTOS: { says: 'photos and recordings of one account', usual: String(LIMITS.blobs), example: '300' },
  MAX_PHOTO_BYTES: { says: 'bytes of its photos', usual: String(LIMITS.blobBytes), example: '104857600' },
  MAX_PHOTO_BYTES_FIRST_DAY: {
    says: 'bytes of its photos in its first 24 hours',
    usual: String(LIMITS.firstDay),
    example: '62914560',
  },
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof SETTINGS;

const S3_SETTINGS = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/** Reads all settings once, at the door. An empty one counts as not set. `folder` is where the server runs. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, folder: string): ConfigResult {
  const problems: string[] = [];
  const value = (name: SettingName): string | null => env[name]?.trim() || null;
  const complain = (name: SettingName, what: string): void => {
    problems.push(`${name} ${what} Example: ${name}=${quote(SETTINGS[name].example)}`);
  };

  function number(name: SettingName, usual: number, least: number, most: number): number {
    const text = value(name);
    if (text === null) return usual;
    const read = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (read >= least && read <= most) return read;
    complain(name, `must be a whole number from ${least} to ${most}, and is "${text}".`);
    return usual;
  }

  function choice<Word extends string>(name: SettingName, words: readonly [Word, ...Word[]]): Word {
    const text = value(name);
    const word = words.find((one) => one === text);
    if (text !== null && word === undefined)
      complain(name, `must be ${words.join(' or ')}, and is "${text}".`);
    return word ?? words[0];
  }

  function path(name: SettingName): string | null {
    const text = value(name);
    return text === null || isAbsolute(text) ? text : resolve(folder, text);
  }

  const quota = (name: SettingName, usual: number): number =>
    number(name, usual, 1, Number.MAX_SAFE_INTEGER - 1);

  const sync: SyncConfig = {
    dataFolder: path('DATA_DIR') ?? resolve(folder, 'data'),
    database: readDatabase(value, complain),
    photos: readPhotos(value, complain, choice('S3_STYLE', ['path', 'host'])),
    enrolCode: value('ENROL_CODE'),
    origin: readOrigin(value, complain),
    proxies: number('PROXIES', 0, 0, 10),
    quotas: {
      records: quota('MAX_RECORDS', LIMITS.records),
      bytes: quota('MAX_RECORD_BYTES', LIMITS.bytes),
      blobs: quota('MAX_PHOTOS', LIMITS.blobs),
      blobBytes: quota('MAX_PHOTO_BYTES', LIMITS.blobBytes),
      firstDay: quota('MAX_PHOTO_BYTES_FIRST_DAY', LIMITS.firstDay),
    },
  };
  if ((sync.enrolCode ?? '').length > 200) complain('ENROL_CODE', 'may have at most 200 characters.');
  for (const name of Object.keys(env)) {
    // A misspelt one would quietly put the photos somewhere else.
    if (name.startsWith('S3_') && !(name in SETTINGS)) {
      problems.push(`${name} is not a setting. There are: ${namesOf('S3_').join(', ')}.`);
    }
  }
  const config: Config = {
    port: number('PORT', 4173, 0, 65_535),
    host: value('LISTEN'),
    dist: path('DIST'),
    logRequests: choice('LOG', ['requests', 'off']) === 'requests',
    sync: choice('SYNC', ['on', 'off']) === 'on' ? sync : null,
  };
  return problems.length === 0 ? { ok: true, config } : { ok: false, problems };
}

type Read = (name: SettingName) => string | null;
type Complain = (name: SettingName, what: string) => void;

function readDatabase(value: Read, complain: Complain): DatabasePlace {
  const url = value('DATABASE_URL');
  if (url === null) return { type: 'sqlite' };
  // Without the value: it holds a password.
  if (!/^postgres(ql)?:\/\/./.test(url) || !URL.canParse(url)) {
    complain('DATABASE_URL', 'must be an address that begins with postgres:// (leave it out for SQLite).');
  }
  return { type: 'postgres', url };
}

function readPhotos(value: Read, complain: Complain, style: 'path' | 'host'): PhotoPlace {
  const given = S3_SETTINGS.filter((name) => value(name) !== null);
  if (given.length === 0) {
    if (value('S3_REGION') !== null) complain('S3_ENDPOINT', 'is missing, and S3_REGION is set.');
    return { type: 'folder' };
  }
  for (const name of S3_SETTINGS) {
    if (value(name) === null) complain(name, `is missing, and ${given.join(', ')} is set.`);
  }
  const endpoint = value('S3_ENDPOINT') ?? '';
  if (endpoint !== '' && !isWebAddress(endpoint)) {
    complain('S3_ENDPOINT', 'must be an address that begins with https:// (or http://).');
  }
  return {
    type: 's3',
    endpoint: endpoint.replace(/\/+$/, ''),
    bucket: value('S3_BUCKET') ?? '',
    region: value('S3_REGION') ?? SETTINGS.S3_REGION.usual,
    accessKeyId: value('S3_ACCESS_KEY_ID') ?? '',
    secretAccessKey: value('S3_SECRET_ACCESS_KEY') ?? '',
    style,
  };
}

function readOrigin(value: Read, complain: Complain): string | null {
  const text = value('ORIGIN');
  if (text === null) return null;
  const origin = isWebAddress(text) ? new URL(text).origin : null;
  if (origin === null || new URL(text).href !== `${origin}/`) {
    complain('ORIGIN', 'must be https://, a name, and nothing behind it.');
  }
  return origin;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function namesOf(beginning: string): string[] {
  return Object.keys(SETTINGS).filter((name) => name.startsWith(beginning));
}

function quote(text: string): string {
  return text.includes(' ') ? `"${text}"` : text;
}
