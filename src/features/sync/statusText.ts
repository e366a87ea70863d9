import type { TFunction } from 'i18next';
import { formatDay } from '#i18n/format.ts';
import type { Language } from '#i18n/languages.ts';
import { dayOf } from '#lib/day.ts';
import { agoOf, type Status } from './status.ts';

/** The words of the line; empty when there is nothing to say. */
export function statusText(t: TFunction<'app'>, status: Status, now: number, language: Language): string {
  switch (status.type) {
    case 'off':
      return '';
    case 'withdrawing':
      return status.isOnline ? t(($) => $.sync.status.withdrawing) : t(($) => $.sync.status.withdrawingLater);
    case 'problem':
      return t(($) => $.sync.status.problem);
    case 'saving':
      return t(($) => $.sync.status.saving);
    case 'starting':
      return t(($) => $.sync.status.starting);
    case 'soon':
      return t(($) => $.sync.status.soon);
    case 'nothingChosen':
      return t(($) => $.sync.consent.nothing);
    case 'waiting':
      return status.entries > 0
        ? t(($) => $.sync.status.waitingEntries, { count: status.entries })
        : t(($) => $.sync.status.waiting);
    case 'photosLeft':
      return status.needsWifi
        ? t(($) => $.sync.status.wifi, { count: status.photos })
        : t(($) => $.sync.status.photosLeft, { count: status.photos });
    case 'photosToCome':
      return t(($) => $.sync.status.photosToCome, { count: status.photos });
    case 'saved':
      return savedText(t, status.at, now, language);
    case 'read':
      return readText(t, status.at, now, language);
  }
}

function savedText(t: TFunction<'app'>, at: number, now: number, language: Language): string {
  const ago = agoOf(at, now);
  switch (ago.unit) {
    case 'now':
      return t(($) => $.sync.status.now);
    case 'minutes':
      return t(($) => $.sync.status.minutes, { count: ago.count });
    case 'hours':
      return t(($) => $.sync.status.hours, { count: ago.count });
    case 'day':
      return t(($) => $.sync.status.day, { day: formatDay(dayOf(at), language) });
  }
}

function readText(t: TFunction<'app'>, at: number | null, now: number, language: Language): string {
  if (at === null) return t(($) => $.sync.status.readNever);
  if (agoOf(at, now).unit !== 'day') return t(($) => $.sync.status.readNow);
  return t(($) => $.sync.status.readOn, { day: formatDay(dayOf(at), language) });
}
