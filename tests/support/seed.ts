import type { Page } from 'playwright';
import type { Route } from './routes.ts';

/** Puts fictional entries on the phone before a personal screen is drawn. */
export async function seed(_page: Page, _route: Route): Promise<void> {
  // TODO: fill with the builders of tests/support/builders.ts, when the personal screens exist.
}
