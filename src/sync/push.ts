import {
  finishPush,
  planPush,
  type PushPlan,
  readUnsent,
  setAside,
  sumsAfter,
  type UnsentRecord,
} from '#data/outbox.ts';
import { nameText, type RecordName } from '#data/records.ts';
import { isEmpty } from '#data/recordState.ts';
import { patchSyncState } from '#data/syncQueries.ts';
import type { SyncMeta, SyncState } from '#data/syncTables.ts';
import { base64url, fromBase64url } from '#lib/id.ts';
import { encodePushBody, LIMITS } from '#shared/protocol.ts';
import { activeState, DONE, type Engine, type Step, stored } from './engine.ts';
import { keysOf, sealManifest, sealRecord } from './sealing.ts';
import { err, ok } from '#lib/result.ts';
import { isWithinDay } from '#lib/day.ts';

/* Pushing what the server lacks, each time with a manifest (docs/sync-design.md §5, §6). */

const PUSH_BYTES = 900_000;
/** A push that took longer is halved the next time. */
const SLOW = 30_000;

type Item = { readonly name: RecordName } | { readonly forget: SyncMeta };

interface Batch {
  readonly items: number;
  readonly sent: readonly UnsentRecord[];
  readonly changes: readonly SyncMeta[];
  readonly frames: readonly { readonly rid: Uint8Array; readonly env: Uint8Array }[];
}

/** Pushes until nothing is left that can be pushed. `HeadMoved`: pull first, then again. */
export async function pushAll(engine: Engine): Promise<Step> {
  const active = await activeState(engine);
  if (!active.ok) return active;
  const first = active.value;
  if (first.ring.role === 'reader') return DONE;
  let isDue = first.pushDue && first.cursor > 0;
  const plan = await planPush(engine.db);
  let queue = itemsOf(engine, first, plan);
  let hasMadeRoom = false;
  while (queue.length > 0 || isDue) {
    const now = await activeState(engine);
    if (!now.ok) return now;
    const state = now.value;
    const batch = await fillBatch(engine, state, queue, plan.untouchable);
    if (!batch.ok) return batch;
    if (batch.value.frames.length > 0 || isDue) {
      const pushed = await push(engine, state, batch.value);
      if (!pushed.ok) return pushed;
      // Smaller, or without the one that is refused: the same records again.
      if (!pushed.value) continue;
      isDue = false;
      hasMadeRoom ||= batch.value.changes.some(({ collection, live }) => collection !== 'choice' && !live);
    }
    queue = queue.slice(batch.value.items);
    await engine.pause();
  }
  if (first.full === null || !hasMadeRoom) return DONE;
  const room = stored(await patchSyncState(engine.db, { full: null }));
  return room.ok ? pushAll(engine) : room;
}

/** While the server is full only what makes room, or takes none, is tried. */
function itemsOf(engine: Engine, { full }: SyncState, plan: PushPlan): Item[] {
  const isFull = isWithinDay(engine.db.now(), full?.at ?? null);
  const unsent = isFull ? plan.unsent.filter(({ isDeleted }) => isDeleted) : plan.unsent;
  return [...plan.forgets.map((forget) => ({ forget })), ...unsent.map((name) => ({ name }))];
}

/** Seals as many of the items as a push may carry, each for its place after `cursor`. */
async function fillBatch(
  engine: Engine,
  state: SyncState,
  queue: readonly Item[],
  untouchable: ReadonlySet<string>,
): Promise<Step<Batch>> {
  const keys = keysOf(state.ring);
  const items = queue.slice(0, Math.min(engine.pushSize, LIMITS.pushRecords));
  const names = items.flatMap((item) => ('name' in item ? [item.name] : []));
  const unsent = new Map((await readUnsent(engine.db, names)).map((record) => [nameText(record), record]));
  const sent: UnsentRecord[] = [];
  const changes: SyncMeta[] = [];
  const frames: { rid: Uint8Array; env: Uint8Array }[] = [];
  let bytes = 0;
  let taken = 0;
  for (const item of items) {
    const seq = state.cursor + frames.length + 1;
    if ('forget' in item) {
      const rid = fromBase64url(item.forget.rid);
      if (rid) {
        changes.push({ ...item.forget, seq, contribution: null, live: false, pass: state.pass });
        frames.push({ rid, env: new Uint8Array(0) });
      }
    } else {
      const record = unsent.get(nameText(item.name));
      const sealed = record && sealRecord(keys, record, record.state, seq, engine.db.randomBytes);
      if (record && !sealed) {
        const aside = stored(await setAside(engine.db, record));
        if (!aside.ok) return aside;
      }
      if (record && sealed && !untouchable.has(base64url(sealed.rid))) {
        if (bytes + sealed.env.length > PUSH_BYTES) break;
        bytes += sealed.env.length;
        sent.push(record);
        frames.push({ rid: sealed.rid, env: sealed.env });
        changes.push({
          rid: base64url(sealed.rid),
          collection: record.collection,
          id: record.id,
          seq,
          contribution: sealed.contribution,
          live: record.collection !== 'choice' && !isEmpty(record.state),
          pass: state.pass,
        });
      }
    }
    taken += 1;
  }
  return ok({ items: taken, sent, changes, frames });
}

/** One push. `false`: it was refused as a whole, and the next one is smaller. */
async function push(engine: Engine, state: SyncState, batch: Batch): Promise<Step<boolean>> {
  const keys = keysOf(state.ring);
  const { sent, changes, frames } = batch;
  const head = state.cursor + frames.length;
  const sums = await sumsAfter(engine.db, changes);
  if (sums === null) return err({ type: 'Ended' });
  const at = Math.max(0, engine.db.now() + engine.db.clockOffset);
  const manifest = sealManifest(keys, { head, ...sums, at }, engine.db.randomBytes);
  const began = engine.db.now();
  const body = encodePushBody({ manifest, records: frames });
  const answer = await engine.net.push(state.credential, state.cursor, body);
  if (answer.ok) {
    if (engine.db.now() - began > SLOW) engine.pushSize = Math.max(1, Math.floor(frames.length / 2));
    else growPush(engine);
    if (answer.value.head !== head) return err({ type: 'BadAnswer' });
    const finished = stored(await finishPush(engine.db, changes, sent, { head, epoch: keys.epoch }));
    return finished.ok ? ok(true) : finished;
  }
  const { error } = answer;
  switch (error.type) {
    case 'BadRequest':
    case 'TooLarge':
    case 'Malformed': {
      if (frames.length > 1) {
        engine.pushSize = Math.max(1, Math.floor(frames.length / 2));
        return ok(false);
      }
      const [alone] = sent;
      if (alone === undefined) return answer;
      // A server that refuses a push without any record too has something else than this record: nothing is set aside.
      const without = await push(engine, state, { items: 0, sent: [], changes: [], frames: [] });
      if (!without.ok) return without;
      const aside = stored(await setAside(engine.db, alone));
      return aside.ok ? ok(false) : aside;
    }
    case 'QuotaExceeded': {
      const full = { which: error.which ?? 'bytes', at: engine.db.now() };
      const noted = stored(await patchSyncState(engine.db, { full }));
      return noted.ok ? answer : noted;
    }
    default:
      if (error.type !== 'HeadMoved') engine.pushSize = Math.max(1, Math.floor(engine.pushSize / 2));
      return answer;
  }
}

/** A push went well: the next may be larger again. */
function growPush(engine: Engine): void {
  engine.pushSize = Math.min(LIMITS.pushRecords, engine.pushSize * 2);
}
