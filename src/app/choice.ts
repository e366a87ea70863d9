import { type Country, isCountry, isLanguage, type Language } from '#i18n/languages.ts';

export const WORKER_STAGES = ['before', 'there', 'family', 'trainer'] as const;
export type WorkerStage = (typeof WORKER_STAGES)[number];

/** What the worker chose at the start. It says nothing about who the worker is. */
export interface Choice {
  language: Language;
  country: Country;
  stage: WorkerStage | null;
}

const KEY = 'mitra.choice';

/** The last choice on this phone; `null` when there is none, or when storage is blocked. */
export function readChoice(): Choice | null {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Choice> | null;
    if (!value || !isLanguage(value.language) || !isCountry(value.country)) return null;
    const stage = WORKER_STAGES.find((known) => known === value.stage) ?? null;
    return { language: value.language, country: value.country, stage };
  } catch {
    return null;
  }
}

/** Keeps the choice for the next start. A phone that blocks storage asks again, and that is all. */
export function rememberChoice(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Blocked or full storage: the address still carries language and country.
  }
}
