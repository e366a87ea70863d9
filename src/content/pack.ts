import type { Country, Language } from '#i18n/languages.ts';
import { STAGES, type Stage } from '#i18n/paths.ts';
import { addDays } from '#lib/day.ts';

/*
 * What the content compiler writes and the app reads: one pack per language and country.
 * All texts are finished: figures stand in them with their units, in the reader's language.
 */

/** Kinds of work whose rules differ. */
export const WORK = ['factory', 'farm', 'construction', 'domestic', 'fishing', 'seasonal'] as const;
export type Work = (typeof WORK)[number];

export type PhoneKind = 'voice' | 'sms' | 'whatsapp';

export interface HoursSpan {
  days: 'mon-fri' | 'mon-sat' | 'mon-sun';
  from: string;
  to: string;
}

export interface Phone {
  /** As printed where the worker stands, in 0-9. */
  display: string;
  /** What the phone dials from there; `null` when it works inside Cambodia only. */
  dial: string | null;
  kinds: PhoneKind[];
  /** With the country code and without the plus, as wa.me takes it; `null` when not known. */
  whatsapp: string | null;
  free: 'yes' | 'no' | 'unknown';
  hours: 'always' | 'unknown' | HoursSpan[];
  khmer: 'yes' | 'interpreter' | 'unconfirmed' | 'no';
  languages: string[];
  /** Only one source: shown with the label, below the others. */
  verifyFirst: boolean;
  part?: string;
}

export interface Source {
  title: string;
  url: string;
  /** When the page was published or read: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  date: string;
}

/** A text of the content, in the language it really is in. */
interface Text {
  id: string;
  /** English where a translation is missing. */
  textLanguage: Language;
  /** The translation is of an earlier English text. */
  older: boolean;
}

export interface Fact extends Text {
  singleSource: boolean;
  /** Places in the country's list of sources: many facts rest on the same page. */
  sources: number[];
  checkedOn: string;
  due: string;
}

export interface Contact extends Fact {
  category: string;
  rank: number;
  verifyFirst: boolean;
  /** The office's own name, as its door shows it, with the language it is in. */
  official: { language: string; name: string } | null;
  name: string;
  use: string;
  note?: string;
  phones: Phone[];
  website?: string;
  address?: string;
}

export interface LawRef {
  /** In the reader's language. */
  name: string;
  plain: string;
  /** As an officer of the country knows it. */
  official: string;
  article: string;
  language: string;
}

/** A rate that stands by itself, such as a minimum wage, with the day from which it applies. */
export interface Figure {
  text: string;
  from: string;
}

export interface Right extends Fact {
  topic: string;
  stages: Stage[];
  /** Only for these kinds of work; empty: for all. */
  work: Work[];
  /** Only for those who have, or have not, valid papers. */
  papers?: 'with' | 'without';
  /** Life, body or freedom is at stake. */
  danger: boolean;
  picture: string;
  title: string;
  sentence: string;
  steps: string[];
  exceptions: string[];
  figures: Figure[];
  laws: LawRef[];
  /** Ids of contacts of this pack, the first to call first. */
  contacts: string[];
  /** Id of the card to show. */
  card?: string;
  /** Ids of the instruments on which it rests. */
  instruments: string[];
  /** What is new, and from which day. */
  change?: { text: string; from: string };
}

/** What to do when something has happened: from the first call to the last deadline. */
export interface Path extends Fact {
  picture: string;
  danger: boolean;
  title: string;
  first: string;
  steps: string[];
  /** What to keep as proof. */
  proof: string[];
  next: string[];
  deadlines: string[];
  exceptions: string[];
  laws: LawRef[];
  contacts: string[];
  rights: string[];
  cards: string[];
}

export const LISTENERS = [
  'police',
  'doctor',
  'employer',
  'labour',
  'immigration',
  'bank',
  'neighbour',
  'anyone',
] as const;
/** To whom a card is shown. */
export type Listener = (typeof LISTENERS)[number];

/** A sentence that a worker shows to somebody. */
export interface Card extends Text {
  to: Listener[];
  picture: string;
  danger: boolean;
  sentence: string;
  /** The same sentence for the one who reads it. */
  host: { language: Language; sentence: string };
  laws: LawRef[];
  /** What the worker adds by hand. */
  blank?: 'phone' | 'blood-group' | 'words' | 'money' | 'day';
}

export type InstrumentState = 'adopted' | 'ratified' | 'signed' | 'not-ratified' | 'denounced' | 'not-member';

/** What governments have promised each other. */
export interface Instrument extends Fact {
  body: 'asean' | 'ilo' | 'un' | 'other';
  name: string;
  official: string;
  year: number;
  /** A treaty binds the states that ratified it; a declaration binds nobody. */
  binding: boolean;
  says: string[];
  limit: string;
  /** A country that is missing is one whose answer is not known. */
  status: Partial<Record<Country, { is: InstrumentState; year?: number | undefined }>>;
}

export interface ChecklistItem extends Fact {
  stage: Stage;
  title: string;
  why: string;
  how: string;
  otherwise: string;
  right?: string;
  contacts: string[];
}

export interface Situation extends Fact {
  asOf: string;
  stages: Stage[];
  title: string;
  body: string;
  contacts: string[];
}

export interface Pack {
  language: Language;
  country: Country;
  contacts: Contact[];
  /** Cambodian contacts as they are dialled from this country; empty in the Cambodian pack. */
  homeContacts: Contact[];
  rights: Right[];
  paths: Path[];
  /** None for Cambodia: there the worker speaks the language. */
  cards: Card[];
  checklist: ChecklistItem[];
  situations: Situation[];
  instruments: Instrument[];
  /** Comes in a file of its own: it is the same in every language. */
  sources: Source[];
  /** No native reader has checked some of these texts yet. */
  machineDraft: boolean;
}

/** The day of the next check has passed: the fact may have changed. `today` is `YYYY-MM-DD`. */
export function isOverdue(fact: { due: string }, today: string): boolean {
  return fact.due < today;
}

/** Days before and after a change during which it is announced. */
const NEWS = { before: 30, after: 90 };

/** Whether a change is announced on a day. Days are `YYYY-MM-DD`. */
export function isNews(change: { from: string }, today: string): boolean {
  return addDays(change.from, -NEWS.before) <= today && today <= addDays(change.from, NEWS.after);
}

/** The stages for which a country has a checklist. */
export function stagesOf(pack: Pack): Stage[] {
  return STAGES.filter((stage) => pack.checklist.some((item) => item.stage === stage));
}

/** Everything of a pack that rests on sources and has a day of its next check. */
export function factsOf(pack: Pack): (Contact | Instrument | Right | Path | ChecklistItem | Situation)[] {
  return [
    ...pack.contacts,
    ...pack.homeContacts,
    ...pack.instruments,
    ...pack.rights,
    ...pack.paths,
    ...pack.checklist,
    ...pack.situations,
  ];
}

/** The sources of a fact, as they are shown with it. */
export function sourcesOf(pack: Pack, fact: { sources: number[] }): Source[] {
  return fact.sources.flatMap((index) => pack.sources[index] ?? []);
}

/** The contacts with these ids, in this order, from the country's own and Cambodia's. */
export function contactsById(pack: Pack, ids: string[]): Contact[] {
  const all = [...pack.contacts, ...pack.homeContacts];
  return ids.flatMap((id) => all.find((contact) => contact.id === id) ?? []);
}
