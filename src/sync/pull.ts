import { isSame, toHex } from '#crypto/bytes.ts';
import {
  beginFullPull,
  finishPull,
  incompleteNews,
  listHeld,
  type ReceivedRecord,
  receiveSlice,
} from '#data/replica.ts';
import { inOneTransaction } from '#data/records.ts';
import { addNews } from '#data/syncQueries.ts';
import type { SyncState } from '#data/syncTables.ts';
import { fromBase64url } from '#lib/id.ts';
import type { PullPage, RecordFrame } from '#shared/protocol.ts';
import { activeState, DONE, type Engine, type Step, stored } from './engine.ts';
import type { Answer } from './net.ts';
import { refreshRing } from './rings.ts';
import { hasUnknownEpoch, type Keys, keysOf, openFrame, openManifest } from './sealing.ts';
import { err, ok } from '#lib/result.ts';
import { isWithinDay } from '#lib/day.ts';

/* Pulling and checking against the manifest (docs/sync-design.md §5, §6). */

/** Merged together, and opened together: so that no task blocks the screen of a slow phone for long. */
const SLICE = 200;
const OPENED_AT_ONCE = 25;
/** More pages than the largest account has: a server that never comes to its head is left alone. */
const MAX_PAGES = 200;
const FULL_PULLS_A_DAY = 3;
/** No account was ever written so often; above it a `seq` would soon be no whole number any more. */
const MOST_HEAD = 2 ** 48;

/** Takes in everything that is newer than `cursor`, and checks it at head. */
export async function pullAll(engine: Engine): Promise<Step> {
  // A seq that cannot be, or a record twice: then the manifest is not believed either.
  let isOdd = false;
  /** Of a phone that knows nothing of the server yet: what has come so far. */
  let come: Set<string> | null = null;
  /** The page that follows: it comes while this one is opened and stored. */
  let ahead: Ahead | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const active = await activeState(engine);
    if (!active.ok) return active;
    const state = active.value;
    // Also when nothing seems new: behind the same head may stand another manifest, after a server was set back.
    const isAhead = ahead?.since === state.cursor && isSame(ahead.cid, state.credential.cid);
    const answer = await (ahead && isAhead ? ahead : askFor(engine, state, state.cursor)).answer;
    ahead = null;
    if (!answer.ok) return answer;
    const next = nextSince(answer.value, state.cursor);
    if (next !== null) ahead = askFor(engine, state, next);
    // Reading a large page took its time already.
    await engine.pause();
    if (state.pass === 1 && state.cursor === 0) come = new Set();
    const taken = await takePage(engine, state, answer.value, come);
    if (!taken.ok) return taken;
    isOdd ||= taken.value.isOdd;
    if (taken.value.reachesHead) {
      const checked = await checkAtHead(engine, answer.value, isOdd);
      if (!checked.ok) return checked;
      if (checked.value === 'Believed') return DONE;
      isOdd = false;
    }
  }
  return err({ type: 'BadAnswer' });
}

interface Ahead {
  readonly since: number;
  readonly cid: Uint8Array;
  readonly answer: Promise<Answer<PullPage>>;
}

function askFor({ net }: Engine, { credential }: SyncState, since: number): Ahead {
  return { since, cid: credential.cid, answer: net.pull(credential, since) };
}

/** Where the page after this one begins; `null` when this one reaches head, or cannot be right. */
function nextSince({ head, manifest, records }: PullPage, since: number): number | null {
  const last = records.at(-1)?.seq ?? since;
  return manifest === null && last > since && last < head ? last : null;
}

interface Taken {
  readonly reachesHead: boolean;
  readonly isOdd: boolean;
}

async function takePage(
  engine: Engine,
  state: SyncState,
  page: PullPage,
  come: Set<string> | null,
): Promise<Step<Taken>> {
  if (page.head > MOST_HEAD) return err({ type: 'BadAnswer' });
  // The server has less than this phone knows of: an older copy of its database, perhaps.
  if (page.head < state.cursor) return ok({ reachesHead: true, isOdd: true });
  const frames = fittingFrames(page, state.cursor);
  const isOdd = frames.length !== page.records.length;
  const last = page.records.at(-1);
  // The manifest comes with the page that reaches head: without it a record that is missing at the end would never show.
  const reachesHead = page.manifest !== null || (last?.seq ?? state.cursor) >= page.head;
  if (frames.length === 0 && !reachesHead) return err({ type: 'BadAnswer' });

  let keys = keysOf(state.ring);
  const sealed = page.manifest
    ? [...frames.map(({ env }) => env), page.manifest]
    : frames.map(({ env }) => env);
  if (hasUnknownEpoch(keys, sealed)) {
    const look = await refreshRing(engine);
    if (!look.ok) return look;
    // What this app cannot open may be all there is: it must not be taken for broken and written over.
    if (look.value === 'TooNew') return err({ type: 'AppTooOld' });
    const active = await activeState(engine);
    if (!active.ok) return active;
    keys = keysOf(active.value.ring);
  }
  await engine.pause();
  for (let from = 0; from < frames.length; from += SLICE) {
    const slice = frames.slice(from, from + SLICE);
    const isLast = from + SLICE >= frames.length;
    const cursor = isLast && reachesHead ? page.head : (slice.at(-1)?.seq ?? state.cursor);
    const opened = await openSlice(engine, keys, slice);
    // Rewritten while it was pulled: then it comes again, and is known.
    const isFirst = come !== null && opened.every(({ rid }) => !come.has(rid));
    for (const { rid } of opened) come?.add(rid);
    const received = stored(await receiveSlice(engine.db, opened, cursor, isFirst));
    if (!received.ok) return received;
    await engine.pause();
  }
  if (frames.length === 0 && page.head > state.cursor) {
    const moved = stored(await receiveSlice(engine.db, [], page.head));
    if (!moved.ok) return moved;
  }
  return ok({ reachesHead, isOdd });
}

async function openSlice(
  engine: Engine,
  keys: Keys,
  frames: readonly RecordFrame[],
): Promise<ReceivedRecord[]> {
  const opened: ReceivedRecord[] = [];
  for (let from = 0; from < frames.length; from += OPENED_AT_ONCE) {
    opened.push(...frames.slice(from, from + OPENED_AT_ONCE).map((frame) => openFrame(keys, frame)));
    await engine.pause();
  }
  return opened;
}

/** In order of seq, above `since`, not above head, and no record twice. */
function fittingFrames({ head, records }: PullPage, since: number): RecordFrame[] {
  const seen = new Set<string>();
  let latest = since;
  return records.filter(({ rid, seq }) => {
    const name = toHex(rid);
    if (seq <= latest || seq > head || seen.has(name)) return false;
    seen.add(name);
    latest = seq;
    return true;
  });
}

/** Compares what was received with the manifest. `PullAgain`: a pull from 0 begins. It never blocks and never deletes. */
async function checkAtHead(
  engine: Engine,
  page: PullPage,
  isOdd: boolean,
): Promise<Step<'Believed' | 'PullAgain'>> {
  const active = await activeState(engine);
  if (!active.ok) return active;
  const state = active.value;
  const manifest = page.manifest && openManifest(keysOf(state.ring), page.manifest, page.head);
  const isEmptyCopy = page.head === 0 && page.manifest === null && state.count === 0;
  const isRight =
    !isOdd &&
    (isEmptyCopy ||
      (manifest !== null &&
        manifest.ep >= state.manifestEpoch &&
        manifest.count === state.count &&
        isSame(manifest.x, state.x)));
  if (isRight) {
    return believe(engine, { wrong: null, manifestEpoch: manifest?.ep ?? state.manifestEpoch }, false);
  }

  const wrong = { head: page.head, x: page.manifest ? toHex(page.manifest.slice(-16)) : '' };
  // A server that fell behind what was pulled already, also in the middle of a full pull: from 0 again.
  const isBehind = page.head < state.cursor;
  if (state.fullPull && !isBehind) {
    return believe(engine, { wrong, pushDue: state.ring.role === 'owner' }, true);
  }
  const recent = state.fullPulls.filter((at) => isWithinDay(engine.db.now(), at));
  const isKnown = !isBehind && state.wrong?.head === wrong.head && state.wrong.x === wrong.x;
  if (isKnown || recent.length >= FULL_PULLS_A_DAY) {
    // Everything was pulled for this already. With a head below `cursor` nothing can be pushed either.
    return isBehind ? err({ type: 'Busy' }) : believe(engine, {}, false);
  }
  const begun = await beginFullPull(engine.db, { wrong, fullPulls: [...recent, engine.db.now()] });
  return begun.ok ? ok('PullAgain') : stored(begun);
}

async function believe(
  engine: Engine,
  patch: Partial<SyncState>,
  isStillWrong: boolean,
): Promise<Step<'Believed'>> {
  const active = await activeState(engine);
  if (!active.ok) return active;
  const finished = stored(await finishPull(engine.db, patch));
  if (!finished.ok) return finished;
  if (isStillWrong || finished.value > 0) {
    const news = incompleteNews(active.value);
    const told = stored(await inOneTransaction(engine.db, () => addNews(engine.db, news)));
    if (!told.ok) return told;
  }
  return ok('Believed');
}

/** What could not be opened before: after a new ring or a new version of the app it may be. */
export async function retryHeld(engine: Engine): Promise<Step> {
  const active = await activeState(engine);
  if (!active.ok) return active;
  const held = await listHeld(engine.db);
  const keys = keysOf(active.value.ring);
  const opened: ReceivedRecord[] = [];
  for (const { rid, seq, env } of held) {
    const bytes = fromBase64url(rid);
    const frame = bytes && openFrame(keys, { rid: bytes, seq, env });
    if (frame?.kind === 'Record') opened.push(frame);
  }
  if (opened.length === 0) return DONE;
  const received = stored(await receiveSlice(engine.db, opened, active.value.cursor));
  return received.ok ? DONE : received;
}
