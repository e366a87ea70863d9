/** A calendar day as `YYYY-MM-DD` text, Gregorian, without a time zone. */
export type Day = string;

export const MS_PER_DAY = 86_400_000;
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Yes when the value is a day that exists: `2026-02-30` does not. Never throws. */
export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && utcDayNumber(value) !== null;
}

/** The local calendar day of a moment in milliseconds. Never throws for a real date. */
export function dayOf(ms: number): Day {
  const date = new Date(ms);
  return dayText(date.getFullYear(), date.getMonth() + 1, date.getDate());
}

/** The day `count` days later, or earlier when negative. Throws when `day` is not a day. */
export function addDays(day: Day, count: number): Day {
  const date = new Date((dayNumber(day) + count) * MS_PER_DAY);
  return dayText(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** Whole days from `from` to `to`, negative when `to` is earlier. Throws when one is not a day. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

function dayNumber(day: Day): number {
  const number = utcDayNumber(day);
  if (number === null) {
    throw new TypeError('Not a day in the form YYYY-MM-DD');
  }
  return number;
}

/** Days are counted in UTC: there a day always has 24 hours. */
function utcDayNumber(day: string): number | null {
  const match = DAY_PATTERN.exec(day);
  if (match === null) {
    return null;
  }
  const ms = Date.parse(`${day}T00:00:00Z`);
  // Some engines roll 30 February over into March instead of refusing it.
  return new Date(ms).getUTCDate() === Number(match[3]) ? ms / MS_PER_DAY : null;
}

function dayText(year: number, month: number, date: number): Day {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** Within a day, by a clock that may have been set back or forward since; `then` in ms, `null` for never. */
export function isWithinDay(now: number, then: number | null): boolean {
  return then !== null && Math.abs(now - then) < MS_PER_DAY;
}
