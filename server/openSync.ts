import { accessSync, constants, mkdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LIMITS } from '#shared/protocol.ts';
import { createByteBudget } from './api/byteBudget.ts';
import { type Api, createApi } from './api/createApi.ts';
import { createDeletions } from './api/deletions.ts';
import { SETTLING, sweep } from './api/sweep.ts';
import { createTurns } from './api/turns.ts';
import type { DatabasePlace, PhotoPlace, SyncConfig } from './config.ts';
import type { BlobStore } from './store/blobStore.ts';
import { createFolderBlobs } from './store/folder.ts';
import { createPostgresStore } from './store/postgres.ts';
import { createS3Blobs } from './store/s3.ts';
import { createSqliteStore } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Between two looks for deletions that could not be finished. */
const RESUME_EVERY = 10 * MINUTE;
/** Milliseconds that the start waits for deletions a crash has left; the rest goes on while the server serves. */
const RESUME_PATIENCE = 5000;
/** Below the 30 seconds of silence after which a connection is closed. */
const DELETION_PATIENCE = 10_000;
const S3_PATIENCE = 20_000;

export interface OpenSync {
  /** To be mounted at /v1. */
  readonly api: Api;
  /** Only where the database is a file of ours. */
  readonly backUp: ((file: string) => Promise<void>) | null;
  /** Ends the work in the background and closes the store. Call it when no request is under way any more. */
  readonly close: () => Promise<void>;
}

export interface SyncWorld {
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** The database file in a data folder. */
export function databaseFile(dataFolder: string): string {
  return join(dataFolder, 'mitra.sqlite');
}

/** Opens what the configuration names and starts the work in the background. Rejects in words for the operator. */
export async function openSync(config: SyncConfig, { now, log }: SyncWorld): Promise<OpenSync> {
  if (config.database.type === 'sqlite' || config.photos.type === 'folder') makeFolder(config.dataFolder);
  const store = await openStore(config.database, config.dataFolder);
  let blobs: BlobStore;
  try {
    blobs = await openBlobs(config.photos, config.dataFolder);
  } catch (error) {
    await store.close();
    throw error;
  }

  const inTurn = createTurns();
  const deletions = createDeletions({ store, blobs, inTurn, now, log });
  await Promise.race([deletions.resume(), setTimeout(RESUME_PATIENCE, undefined, { ref: false })]);

  const stopping = new AbortController();
  let sweeping: Promise<void> = Promise.resolve();
  const sweepNow = (): void => {
    sweeping = sweep({ store, blobs, deletions, inTurn, now, log, stopped: stopping.signal });
  };
  sweepNow();
  const timers = [
    // The first sweep that removes accounts too: a server that is started every day needs one as well.
    globalThis.setTimeout(sweepNow, SETTLING + MINUTE),
    setInterval(sweepNow, DAY),
    setInterval(() => void deletions.resume(), RESUME_EVERY),
  ];
  for (const timer of timers) timer.unref();

  const { quotas, enrolCode, origin, proxies } = config;
  const api = createApi({
    store,
    blobs,
    deletions,
    inTurn,
    memory: createByteBudget(memoryForBodies()),
    quotas,
    rates: LIMITS,
    now,
    log,
    enrolCode,
    origin,
    proxies,
    deletionPatience: DELETION_PATIENCE,
  });

  async function close(): Promise<void> {
    for (const timer of timers) clearInterval(timer);
    stopping.abort();
    await deletions.stop();
    await sweeping;
    await store.close();
  }

  return { api, backUp: store.backup ?? null, close };
}

/** Made when missing, for nobody else to look into. Throws in plain words when it cannot be written. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Error(
      `The data folder ${folder} cannot be written (${code}). Give it to the user who runs this server, or name another one: DATA_DIR=/var/lib/mitra`,
    );
  }
}

function openStore(place: DatabasePlace, dataFolder: string): Promise<Store> {
  return place.type === 'postgres'
    ? createPostgresStore({ url: place.url })
    : createSqliteStore({ file: databaseFile(dataFolder) });
}

async function openBlobs(place: PhotoPlace, dataFolder: string): Promise<BlobStore> {
  if (place.type === 'folder') return createFolderBlobs({ folder: join(dataFolder, 'photos') });
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, style } = place;
  const blobs = createS3Blobs({
    endpoint,
    bucket,
    region,
    accessKeyId,
    secretAccessKey,
    style,
    patience: S3_PATIENCE,
  });
  await blobs.checkBucket().catch((error: Error) => {
    throw new Error(
      `${error.message} Is bucket ${bucket} at ${endpoint}, and are S3_REGION, S3_STYLE and the keys right?`,
    );
  });
  return blobs;
}

/** A quarter of what this machine, or its container, has; at least enough for 24 phones that send a photo each. */
function memoryForBodies(): number {
  const constrained = process.constrainedMemory();
  const all = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.max(all / 4, 64 * 1024 * 1024);
}
