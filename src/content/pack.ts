import type { Country, Language } from '#i18n/languages.ts';

/*
 * What the content compiler writes and the app reads: one pack per language and country.
 * All texts are finished: figures stand in them with their units, in the reader's language.
 */

export type Stage = 'before' | 'arrival' | 'working' | 'trouble' | 'return';

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

interface Fact {
  id: string;
  /** The language the text really is in: English where a translation is missing. */
  textLanguage: Language;
  /** The translation is of an earlier English text. */
  older: boolean;
  singleSource: boolean;
  /** Places in the pack's list of sources: many facts rest on the same page. */
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
  picture: string;
  title: string;
  sentence: string;
  steps: string[];
  exceptions: string[];
  figures: Figure[];
  laws: LawRef[];
  /** Ids of contacts of this pack, the first to call first. */
  contacts: string[];
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
  checklist: ChecklistItem[];
  situations: Situation[];
  sources: Source[];
  /** No native reader has checked some of these texts yet. */
  machineDraft: boolean;
}

/** The day of the next check has passed: the fact may have changed. `today` is `YYYY-MM-DD`. */
export function isOverdue(fact: { due: string }, today: string): boolean {
  return fact.due < today;
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
